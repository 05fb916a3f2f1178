"""What the shipped models can do, measured on examples they were not trained on."""

from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

from tfplay.store import SHIPPED, open_model
from tfplay.tasks import TASKS, TrainedModel, cloze_accuracy
from tfplay.text.corpora import Corpus
from tfplay.text.corpora.phrase_book.contractions import contracted
from tfplay.text.splits import bare
from tfplay.zoo.corpora import ZOO_CORPORA
from tfplay.zoo.entries import USABLE_WINDOW
from tfplay.zoo.entry import EVERYDAY, TATOEBA, Figure, ZooModel
from tfplay.zoo.everyday import SENTENCES, judge
from tfplay.zoo.tatoeba import has_tatoeba, tatoeba_pairs
from tfplay.zoo.window import filled_to, measure_recall, usable_window

SEED = 1
"""The seed of the examples that models are evaluated on."""


def evaluate_model(entry: ZooModel, trained: TrainedModel | None = None) -> dict[str, float]:
    """Every figure of a shipped model whose examples are at hand, by its name.

    Args:
        entry: The model.
        trained: The loaded model, if it is loaded already.

    Raises:
        InputError: It was not trained yet, or the data that it is measured on is not there.
    """
    trained = trained or open_model(SHIPPED / entry.name).load()
    corpus = ZOO_CORPORA[entry.corpus]
    scores = {}  # by part and fill, since several figures may come from one
    figures = {}
    for figure in entry.figures:
        if figure in not_at_hand(entry):
            continue
        if figure is USABLE_WINDOW:
            figures[figure.name] = usable_window(measure_recall(trained))
            continue
        measured = figure.part, figure.fill
        if measured not in scores:
            scores[measured] = _scores(trained, corpus, figure)
        figures[figure.name] = scores[measured][figure.metric]
    return figures


def not_at_hand(entry: ZooModel) -> list[Figure]:
    """The figures that cannot be measured here, since a published corpus is not on this machine."""
    return [figure for figure in entry.figures if figure.part == TATOEBA and not has_tatoeba()]


def measured_sentences() -> list[str]:
    """The English sentences, outside of the corpora, that the translator is measured on."""
    return [*SENTENCES, *(pair.source for pair in tatoeba_pairs(held_out=True))]


def spoken(sentence: str) -> str:
    """The words of a sentence, contracted: equal for all ways to type it."""
    return bare(contracted(sentence))


def _scores(trained: TrainedModel, corpus: Corpus, figure: Figure) -> dict[str, float]:
    """All scores on a part of the corpus, or on what a figure is measured on beside it."""
    if figure.part == EVERYDAY:
        return judge(trained)
    if figure.part == TATOEBA:
        examples = tatoeba_pairs(held_out=True)
    else:
        examples = corpus.examples(figure.part, figure.count, SEED)
    if figure.fill:
        most = round(figure.fill * trained.context)
        examples = [filled_to(trained, example, most) for example in examples]
    if figure.part == "cloze":
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
        if figure.at_least is not None and figures.get(figure.name, inf) < figure.at_least
    ]
