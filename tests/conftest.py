"""Fixtures that any test may ask for, and the settings that all tests share."""

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
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
    *("explain/test_leaving_memory.py", "showing/test_ours.py"),
    *("tasks/translation", "tasks/masked_words", "tasks/tagging", "tasks/answers", "app/frame"),
    *("server/test_hostile_clients.py", "chat/test_xray.py", "text/corpora"),
    *("test_command_line.py", "test_commands_on_shipped_models.py", "test_core_on_jax.py"),
    *("test_docstring_examples.py", "test_image.py", "test_running.py", "exports"),
    *("checkpoints/test_families.py", "checkpoints/test_export", "decoding/test_blockwise.py"),
    *("checkpoints/sources/test_damaged_files.py", "checkpoints/words/test_published_words.py"),
)
"""Where tests start many processes, load or train models, or draw whole corpora."""

LONGEST = (
    *("browser/test_random_walk.py", "browser/test_accessibility.py", "browser/test_workshop.py"),
    *("browser/test_journey.py", "browser/test_hosting.py", "browser/test_chat.py"),
    *("experiments/test_every_experiment.py", "jobs/test_killed.py", "jobs/test_local.py"),
    *("recipes/test_python.py", "test_core_on_jax.py", "zoo/test_shipped.py"),
)
"""Files that take minutes: begun first, no processor waits for them in the end."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what the quick run leaves out; lets the longest files come first, then the fullest.

    On a busy machine a browser may answer too late, so what needs one is tried twice.
    """
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).as_posix().startswith(SLOW):
            item.add_marker(pytest.mark.slow)
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.flaky(reruns=1))
    sizes = Counter(item.path for item in items)
    longest = {here / name for name in LONGEST}
    items.sort(key=lambda item: (item.path not in longest, -sizes[item.path]))


@pytest.hookimpl(optionalhook=True)  # there may be no pytest-xdist
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One process more than there are processors: a third of them waits for a browser."""
    return psutil.cpu_count(logical=True) + 1 if config.option.numprocesses == "logical" else None


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
