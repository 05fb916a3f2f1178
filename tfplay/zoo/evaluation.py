"""What the shipped models can do, measured on examples they were not trained on."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tfplay.store import SHIPPED, open_model
from tfplay.tasks import TASKS, TrainedModel, cloze_accuracy
from tfplay.text.corpora import CORPORA
from tfplay.zoo.entries import USABLE_WINDOW, ZooModel
from tfplay.zoo.window import measure_recall, usable_window

SEED = 1
"""The seed of the examples that models are evaluated on."""


def evaluate_model(entry: ZooModel, trained: TrainedModel | None = None) -> dict[str, float]:
    """Every figure of a shipped model, by its name.

    Args:
        entry: The model.
        trained: The loaded model, if it is loaded already.

    Raises:
        InputError: It was not trained yet.
    """
    trained = trained or open_model(SHIPPED / entry.name).load()
    corpus = CORPORA[entry.corpus]
    scores = {}  # by part, since several figures may come from one
    figures = {}
    for figure in entry.figures:
        if figure is USABLE_WINDOW:
            figures[figure.name] = usable_window(measure_recall(trained))
            continue
        if figure.part not in scores:
            examples = corpus.examples(figure.part, figure.count, SEED)
            scores[figure.part] = _scores(trained, figure.part, examples)
        figures[figure.name] = scores[figure.part][figure.metric]
    return figures


def _scores(trained: TrainedModel, part: str, examples: list[Any]) -> dict[str, float]:
    if part == "cloze":
        return {"cloze_accuracy": cloze_accuracy(trained, examples)}
    task = TASKS[trained.task]
    with TemporaryDirectory() as folder:  # through a file, as a visitor's examples are read
        path = Path(folder, f"examples{task.about.formats[0]}")
        task.write(path, examples)
        return task.evaluate(trained, task.read(path))


def falls_short(entry: ZooModel, figures: dict[str, float]) -> list[str]:
    """A sentence for each figure that is below what the model must reach."""
    return [
        f"{entry.name}: {figure.name} is {figures[figure.name]:.3f}, below {figure.at_least}."
        for figure in entry.figures
        if figure.at_least is not None and figures[figure.name] < figure.at_least
    ]
