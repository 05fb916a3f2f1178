"""Real runs, trained for a few steps, for the tests of the app and its pages."""

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from tfplay.recipes import default_recipe
from tfplay.store import Run, Status, create_run, home, list_runs, list_shipped
from tfplay.store.lock import hold

TEXT = "the cat sat on the mat and the dog sat on the cat\n" * 60
WORDS = ("cat", "dog", "cow", "hen", "fox")


def _lines(make_line, count: int = 60) -> str:
    return "\n".join(make_line(number) for number in range(count)) + "\n"


def _pair(number: int) -> str:
    return f"number {number + 100} is here\t{number + 100} संख्या यहाँ है"


def _conversation(number: int) -> str:
    question = {"role": "user", "content": f"say {number}"}
    answer = {"role": "assistant", "content": f"{number} it is"}
    return json.dumps([question, answer])


def _question(number: int) -> str:
    context = f"the {WORDS[number % 5]} lives in house {number}."
    record = {"context": context, "question": "where?", "answer": f"house {number}"}
    return json.dumps(record)


def _picture(number: int) -> str:
    """Eight by eight pixels; a bright line tells the class."""
    pixels = np.random.default_rng(number).random((8, 8)).round(2) / 2
    pixels[number % 2] = 1
    return ",".join([("top", "below")[number % 2], *map(str, pixels.ravel())])


DATA = {
    "translation": (
        "pairs.tsv",
        _lines(_pair),
    ),
    "chat": ("chats.jsonl", _lines(_conversation)),
    "language-model": ("text.txt", TEXT),
    "classification": (
        "reviews.csv",
        _lines(lambda n: f"it was {('bad', 'good')[n % 2]} {n},{('negative', 'positive')[n % 2]}"),
    ),
    "tagging": ("names.conll", _lines(lambda n: f"Ada{n} B-PER\nlives O\nin O\nRome B-LOC\n")),
    "masked-words": ("lines.txt", _lines(lambda n: f"the {WORDS[n % 5]} sees {n} mice")),
    "answers": ("questions.jsonl", _lines(_question)),
    "images": ("pictures.csv", _lines(_picture)),
}
EXAMPLES = {
    "translation": ["number 123 is here", "number 7 is here"],
    "chat": ["say 7", "say 11"],
    "language-model": ["the cat"],
    "classification": ["it was good", "it was bad"],
    "tagging": ["Ada5 lives in Rome"],
    "masked-words": ["the [MASK] sees mice", "the cat [MASK] mice"],
    "answers": [
        {"question": "where?", "context": "the cat lives in house 3."},
        {"question": "in which?", "context": "the dog lives in house 5."},
    ],
    "images": [],
}
PAIRS = DATA["translation"][1]
SMALL = {
    "steps": 5,
    "snapshots": 0,
    "batch_size": 4,
    "evaluate_every": 3,
    "num_heads": 2,
    "hidden_dim": 22,
}
SMALL_TEXT = {"max_sequence_length": 48, "vocabulary_size": 320}


TRAINED = ("translation", "language-model")
"""The others stay as they were before the first step, which is soon done."""


def _trained_home(factory: pytest.TempPathFactory) -> Path:
    """A place with one run of each task; they are made once for all tests, and all look at it."""
    base = factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    place, done = folder / "trained-home", folder / "trained"
    with hold(folder, "trained.lock"):
        if not done.exists():
            _train_each_task(folder, place)
            done.touch()
    return place


def _shipped_place(runs: list[Run]) -> Path:
    """Where the same runs stand as if they had come with TFPlay, for all tests to look at."""
    place = home().with_name("shipped-runs")
    with hold(place.parent, "trained.lock"):
        if not place.exists():
            _ship(runs, place.with_name("being-shipped"))
            place.with_name("being-shipped").rename(place)
    return place


def _train_each_task(folder: Path, place: Path) -> None:
    from tests.training.samples import run_eagerly
    from tfplay.jobs.training import train_run

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TFPLAY_HOME", str(place))
        run_eagerly(patch)
        for task, (name, content) in DATA.items():
            data_path = folder / name
            data_path.write_text(content, encoding="utf-8")
            changes = SMALL if task == "images" else SMALL | SMALL_TEXT
            run = create_run(default_recipe(task, name, "tiny").with_changes(changes), data_path)
            with run.hold():
                (train_run if task in TRAINED else begin_run)(run)
            _keep_snapshots(run)


def begin_run(run: Run) -> None:
    """Leaves what a training leaves, with the first weights."""
    from tfplay.tasks import TASKS
    from tfplay.training import build_for_training

    recipe = run.recipe
    config = recipe.model_config()
    data = TASKS[recipe.task].prepare(
        TASKS[recipe.task].read(run.data_path),
        architecture=config.architecture,
        tokenizer_kind=recipe.tokenizer_kind,
        vocabulary_size=recipe.vocabulary_size,
        max_sequence_length=config.max_sequence_length,
        validation_fraction=recipe.validation_fraction,
        seed=0,
    )
    if data.tokenizer:
        run.save_tokenizer(data.tokenizer)
    config = recipe.model_config(**data.model_changes)
    model = build_for_training(config, recipe.training)
    run.save_model_config(config, model.count_params(), data.labels)
    run.save_model(model)
    run.write_status(Status("done", "Trained for 0 steps.", result={"validation_loss": 1.5}))


def _keep_snapshots(run: Run) -> None:
    """As if the weights had been kept before the first step, on the way and at the end."""
    model = run.model.load().model
    for step, share in ((5, 1.0), (3, 0.5), (0, 0.1)):
        model.set_weights([share * weight for weight in model.get_weights()])
        run.save_snapshot(model, step)


def _ship(runs: list[Run], place: Path) -> None:
    """Copies of the runs as if they had come with TFPlay."""
    for run in runs:
        folder = place / run.recipe.task
        shutil.copytree(run.path, folder, ignore=shutil.ignore_patterns("data"))
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        config |= {"title": f"Shipped {run.recipe.task}", "examples": EXAMPLES[run.recipe.task]}
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
        (folder / "figures.json").write_text('{"accuracy": 0.5}', encoding="utf-8")
        (folder / "README.md").write_text("# Shipped\n\nWhat it cannot do.\n", encoding="utf-8")


@pytest.fixture
def trained_runs(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Run]:
    """A run of each task, by the task's name, to look at and use; all tests share them."""
    monkeypatch.setenv("TFPLAY_HOME", str(_trained_home(tmp_path_factory)))
    return {run.recipe.task: run for run in list_runs()}


@pytest.fixture
def own_runs(
    trained_runs: dict[str, Run], tfplay_home: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Run]:
    """Copies of the same, for a test that changes them."""
    shutil.copytree(home(), tfplay_home)
    monkeypatch.setenv("TFPLAY_HOME", str(tfplay_home))
    return {run.recipe.task: run for run in list_runs()}


@pytest.fixture
def shipped_runs(
    trained_runs: dict[str, Run],
    tfplay_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, Run]:
    """The same as if they had come with TFPlay, by the task's name; no run is the visitor's."""
    _look_for_shipped_in(_shipped_place(list(trained_runs.values())), monkeypatch)
    monkeypatch.setenv("TFPLAY_HOME", str(tfplay_home))
    return {run.recipe.task: run for run in list_shipped()}


@pytest.fixture
def nothing_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if TFPlay came without models."""
    _look_for_shipped_in(tmp_path / "nothing", monkeypatch)


def _look_for_shipped_in(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tfplay.store.run.SHIPPED", place)
    monkeypatch.setattr("tfplay.store.runs.SHIPPED", place)
