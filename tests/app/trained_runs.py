"""Real runs, trained for a few steps, for the tests of the app and its pages."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from tfplay.store import Run, create_run, default_recipe, home, list_runs

PAIRS = "\n".join(f"number {n} is here\t{n} संख्या यहाँ है" for n in range(100, 200))
TEXT = "the cat sat on the mat and the dog sat on the cat\n" * 60
DATA = {"translation": ("pairs.tsv", PAIRS), "language-model": ("text.txt", TEXT)}
CHANGES = {
    "steps": 5,
    "batch_size": 4,
    "evaluate_every": 3,
    "num_heads": 2,
    "hidden_dim": 22,
    "max_sequence_length": 48,
    "vocabulary_size": 320,
}


@cache
def _trained_home(folder: Path) -> Path:
    """A place with one run of each task; it is trained once for all tests of this process."""
    from tfplay.jobs.training import train_run

    place = folder / "trained-home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TFPLAY_HOME", str(place))
        for task, (name, content) in DATA.items():
            data_path = folder / name
            data_path.write_text(content, encoding="utf-8")
            run = create_run(default_recipe(task, name, "tiny").with_changes(CHANGES), data_path)
            with run.hold():
                train_run(run)
    return place


@pytest.fixture
def trained_runs(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Run]:
    """A run of each task, by the task's name, to look at and use; all tests share them."""
    monkeypatch.setenv("TFPLAY_HOME", str(_trained_home(tmp_path_factory.getbasetemp())))
    return {run.recipe.task: run for run in list_runs()}


@pytest.fixture
def own_runs(
    trained_runs: dict[str, Run], tfplay_home: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Run]:
    """Copies of the same, for a test that changes them."""
    shutil.copytree(home(), tfplay_home)
    monkeypatch.setenv("TFPLAY_HOME", str(tfplay_home))
    return {run.recipe.task: run for run in list_runs()}
