"""Fixtures that any test may ask for, and the settings that all tests share."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.jobs.processes import end_jobs

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # TensorFlow reads it once, when imported

# The first example of a property compiles the model, so no single example has a deadline.
settings.register_profile("tfplay", deadline=None)
settings.load_profile("tfplay")


SLOW = (
    *("pages", "jobs", "zoo", "experiments/test_every_experiment.py", "store/test_weights.py"),
    *("store/test_package.py", "training/test_distribution.py", "models/test_saving.py"),
    *("decoding/test_stepper.py", "decoding/test_memory.py", "explain/test_altered.py"),
    "explain/test_leaving_memory.py",
    *("tasks/translation", "tasks/masked_words", "tasks/tagging", "tasks/answers", "app/frame"),
    *("server/test_hostile_clients.py", "chat/test_xray.py", "text/corpora"),
    *("test_command_line.py", "test_commands_on_shipped_models.py", "test_core_on_jax.py"),
    "test_docstring_examples.py",
)
"""Where tests start many processes, load or train models, or draw whole corpora."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what the quick run leaves out."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).as_posix().startswith(SLOW):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real datasets that lies beside the repository; not everyone has it."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("TFPLAY_SHARED_DATA", beside))
    if not folder.is_dir():
        pytest.skip(f"no datasets in {folder}; TFPLAY_SHARED_DATA may name another folder")
    return folder


@pytest.fixture(scope="module", autouse=True)
def lasting_objects_set_aside() -> None:
    """Hides what is imported and cached from the garbage collector.

    Streamlit after each run of a page, and Keras with each weight that it takes away, have all
    objects looked through: seconds, with TensorFlow's and every test module's among them.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def tfplay_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty place for runs, so that no test sees or touches the user's own.

    What still trains there when the test is over ends with it.
    """
    home = tmp_path / "tfplay-home"
    monkeypatch.setenv("TFPLAY_HOME", str(home))
    yield home
    if (home / "supervisor.log").exists():  # a process was started there
        end_jobs(home)
