"""Making a shipped model from its recipe."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tfplay.errors import InputError
from tfplay.experiments.context import measure_context, measures_path
from tfplay.jobs.training import train_run
from tfplay.recipes import Recipe, Start, default_recipe
from tfplay.store import SHIPPED, Model, Run, Status, create_run
from tfplay.store.files import draft, write_json
from tfplay.store.model import MODEL, WEIGHTS
from tfplay.store.weights import save_model, save_small_weights
from tfplay.tasks import TASKS
from tfplay.text.files import read_json
from tfplay.zoo.card import model_card
from tfplay.zoo.corpora import ZOO_CORPORA
from tfplay.zoo.encoder import small_encoder
from tfplay.zoo.entries import USABLE_WINDOW
from tfplay.zoo.entry import TATOEBA, Addition, ZooModel
from tfplay.zoo.evaluation import evaluate_model, measured_sentences, not_at_hand, spoken
from tfplay.zoo.tatoeba import MISSING, tatoeba_pairs
from tfplay.zoo.trust import make_trust

SEED = 0
"""The seed of the examples to train on, which are the same on every machine."""

KEPT = ("tokenizer.json", "model.keras", "model.npz", "metrics.jsonl", "status.json")


def make_recipe(entry: ZooModel) -> Recipe:
    """The recipe of the model's training."""
    corpus = ZOO_CORPORA[entry.corpus]
    data_name = corpus.name + TASKS[corpus.task].about.formats[0]
    changes = dict(entry.changes)
    start = None
    if entry.encoder:
        start = Start(entry.encoder.name, entry.encoder.config.to_json())
    proposed = default_recipe(corpus.task, data_name, start=start)
    recipe = replace(proposed, preset=changes.pop("preset", proposed.preset))
    return recipe.with_changes(changes)


def write_examples(entry: ZooModel, folder: Path) -> Path:
    """Writes the examples that the model learns from, always the same, and returns the file."""
    corpus = ZOO_CORPORA[entry.corpus]
    path = folder / make_recipe(entry).data_name
    examples = corpus.examples("training", entry.examples, SEED)
    for addition in entry.additions:
        examples += _added(addition) * addition.times
    if entry.additions:
        measured = {spoken(sentence) for sentence in measured_sentences()}
        examples = [pair for pair in examples if spoken(pair.source) not in measured]
    TASKS[corpus.task].write(path, examples)
    return path


def _added(addition: Addition) -> list[Any]:
    """What an addition brings, each example once."""
    if addition.corpus == TATOEBA:
        return tatoeba_pairs(held_out=False)
    return ZOO_CORPORA[addition.corpus].examples("training", addition.examples, SEED)


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
        InputError: Something else than a model is there, or what it learns from or what its figures
            are measured on is not on this machine.
    """
    if not_at_hand(entry):
        raise InputError(MISSING)
    path = folder or SHIPPED / entry.name
    if path.exists() and not (path / "config.json").exists():
        raise InputError(f"{path} exists and is no model; name a new folder.")
    recipe = make_recipe(entry)
    with TemporaryDirectory() as place:
        data = write_examples(entry, Path(place))
        if entry.encoder:
            recipe = _starting_from(small_encoder(entry, SEED, Path(place, "encoder")), recipe)
        run = create_run(recipe, data, Path(place, "run"))
        with run.hold():
            result = train_run(run, on_status)
        if entry.encoder:
            _make_weights_small(run)
        else:
            save_model(run.model.load().model, run.path / MODEL, dtype="float16")
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


def measure_snapshots(entry: ZooModel) -> dict[str, Any]:
    """Measures what each snapshot of a shipped model predicts, which its page shows at once.

    Returns:
        The file that was written, and the mean loss after each step.
    """
    model = Run(SHIPPED / entry.name).model
    recipe = make_recipe(entry)
    data = TASKS[recipe.task].prepare(_examples(entry), **recipe.data_settings())
    measured = measure_context(model, data)
    path = measures_path(model)
    path.parent.mkdir(exist_ok=True)
    write_json(path, measured.to_json())
    return {"path": str(path), "losses": measured.means}


def _examples(entry: ZooModel) -> Any:
    """What the model learns from, as its task reads it."""
    with TemporaryDirectory() as place:
        return TASKS[ZOO_CORPORA[entry.corpus].task].read(write_examples(entry, Path(place)))


def _starting_from(encoder: Model, recipe: Recipe) -> Recipe:
    """The recipe with the small encoder as it lies here to start from."""
    assert recipe.start
    return replace(recipe, start=replace(recipe.start, model=str(encoder.path)))


def _make_weights_small(run: Run) -> None:
    """Replaces the weights by those of 8 bits, so that what is shipped is what is measured."""
    save_small_weights(run.model.load().model, run.path / WEIGHTS)
    (run.path / MODEL).unlink()


def _publish(
    entry: ZooModel, run: Run, result: dict[str, Any], figures: dict[str, float], path: Path
) -> None:
    with draft(path) as place:
        place.mkdir()
        for name in KEPT:
            if (run.path / name).exists():  # images have no tokenizer; weights are of one kind
                shutil.copyfile(run.path / name, place / name)
        if entry.with_snapshots:
            shutil.copytree(run.path / "snapshots", place / "snapshots")
        config = read_json(run.path / "config.json")
        config |= {"title": entry.title, "examples": list(entry.tries)}
        config["recipe"] = make_recipe(entry).to_json()  # without folders of this machine
        if USABLE_WINDOW.name in figures:
            config["window"] = figures[USABLE_WINDOW.name]
        write_json(place / "config.json", config)
        write_json(place / "figures.json", figures)
        card = model_card(entry, run, result, figures)
        (place / "README.md").write_text(card, encoding="utf-8")
