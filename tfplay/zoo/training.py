"""Making a shipped model from its recipe."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tfplay.errors import InputError
from tfplay.jobs.training import train_run
from tfplay.recipes import Recipe, default_recipe
from tfplay.store import SHIPPED, Run, Status, create_run
from tfplay.store.files import draft, write_json
from tfplay.store.weights import save_model
from tfplay.tasks import TASKS
from tfplay.text.corpora import CORPORA
from tfplay.text.files import read_json
from tfplay.zoo.card import model_card
from tfplay.zoo.entries import USABLE_WINDOW, ZooModel
from tfplay.zoo.evaluation import evaluate_model, not_at_hand
from tfplay.zoo.tatoeba import MISSING
from tfplay.zoo.trust import make_trust

SEED = 0
"""The seed of the examples to train on, which are the same on every machine."""

KEPT = ("tokenizer.json", "model.keras", "metrics.jsonl", "status.json")


def make_recipe(entry: ZooModel) -> Recipe:
    """The recipe of the model's training."""
    corpus = CORPORA[entry.corpus]
    data_name = corpus.name + TASKS[corpus.task].about.formats[0]
    changes = dict(entry.changes)
    proposed = default_recipe(corpus.task, data_name)
    recipe = replace(proposed, preset=changes.pop("preset", proposed.preset))
    return recipe.with_changes(changes)


def write_examples(entry: ZooModel, folder: Path) -> Path:
    """Writes the examples that the model learns from, always the same, and returns the file."""
    corpus = CORPORA[entry.corpus]
    path = folder / make_recipe(entry).data_name
    TASKS[corpus.task].write(path, corpus.examples("training", entry.examples, SEED))
    return path


def train_model(
    entry: ZooModel,
    on_status: Callable[[Status], Any] = lambda status: None,
    folder: Path | None = None,
) -> dict[str, Any]:
    """Trains a shipped model, measures it and puts it in its place, whole or not at all.

    Args:
        entry: The model.
        on_status: Called as it goes on, a few times a second at most.
        folder: Where it is put, also in place of a former model; `None` is where TFPlay looks.

    Returns:
        The training's result, and the model's figures.

    Raises:
        InputError: Something else than a model is there, or what its figures are measured on is
            not on this machine.
    """
    if not_at_hand(entry):
        raise InputError(MISSING)
    path = folder or SHIPPED / entry.name
    if path.exists() and not (path / "config.json").exists():
        raise InputError(f"{path} exists and is no model; name a new folder.")
    recipe = make_recipe(entry)
    with TemporaryDirectory() as place:
        run = create_run(recipe, write_examples(entry, Path(place)), Path(place, "run"))
        with run.hold():
            result = train_run(run, on_status)
        save_model(run.model.load().model, run.path / "model.keras", dtype="float16")
        figures = evaluate_model(entry, run.model.load())
        _publish(entry, run, result, figures, path)
    make_trust(entry, path, _examples(entry))
    return {"model": entry.name, "path": str(path), "seconds": result["seconds"], **figures}


def trust_model(entry: ZooModel) -> dict[str, Any]:
    """Learns anew when a shipped model's answers can be trusted; it is not trained again.

    Returns:
        What was measured; see `make_trust`.
    """
    return make_trust(entry, SHIPPED / entry.name, _examples(entry))


def _examples(entry: ZooModel) -> Any:
    """What the model learns from, as its task reads it."""
    with TemporaryDirectory() as place:
        return TASKS[CORPORA[entry.corpus].task].read(write_examples(entry, Path(place)))


def _publish(
    entry: ZooModel, run: Run, result: dict[str, Any], figures: dict[str, float], path: Path
) -> None:
    with draft(path) as place:
        place.mkdir()
        for name in KEPT:
            if (run.path / name).exists():  # images have no tokenizer
                shutil.copyfile(run.path / name, place / name)
        if entry.with_snapshots:
            shutil.copytree(run.path / "snapshots", place / "snapshots")
        config = read_json(run.path / "config.json")
        config |= {"title": entry.title, "examples": list(entry.tries)}
        if USABLE_WINDOW.name in figures:
            config["window"] = figures[USABLE_WINDOW.name]
        write_json(place / "config.json", config)
        write_json(place / "figures.json", figures)
        card = model_card(entry, run, result, figures)
        (place / "README.md").write_text(card, encoding="utf-8")
