"""How much a model that was trained further has forgotten of what it could do before."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from tfplay import training
from tfplay.decoding.filters import log_probabilities
from tfplay.store import Model, write_corpus
from tfplay.tasks import IGNORED, TASKS, TrainedModel
from tfplay.tasks.prediction import predict
from tfplay.text.corpora import CORPORA
from tfplay.text.plain_text import PLAIN_TEXT

MOST_EXAMPLES = 200
"""So few take seconds."""
_HELD_OUT = "held-out"
_PREDICTED_TEXT = {"chat": "language-model", "language-model": "language-model"}


class OldExamples(NamedTuple):
    """What a model could do before, in examples that it did not learn from."""

    task: str
    examples: Any
    title: str
    """What they are, in a few words."""


def measure_forgetting(base: Model, model: Any) -> dict[str, Any]:
    """The loss on examples of the base's old kind, of the base and of what became of it.

    The old head answers, on the new body if the new model has another.

    Args:
        base: What the training started from.
        model: What it is now, a Keras model.

    Returns:
        `old_loss_before` and `old_loss_after`, in nats a token (or a class), and `old_data`: on
        what. Empty if nothing is known that it could be measured on.
    """
    old = old_examples(base)
    if old is None:
        return {}
    trained = base.load()
    before = mean_loss(trained, old)
    training.put_body(trained.model, model)
    return {
        "old_loss_before": before,
        "old_loss_after": mean_loss(trained, old),
        "old_data": old.title,
    }


def old_examples(base: Model) -> OldExamples | None:
    """Some that it was validated on, or could have been; else a plain text, if it predicts text."""
    if base.learned_from and base.learned_from.path.is_file():
        settings = base.learned_from.recipe.data_settings()
        data = TASKS[base.task].prepare(
            base.read_data(), **settings, tokenizer=base.load_tokenizer()
        )
        if data.validation:
            few = TASKS[base.task].few(data.validation, MOST_EXAMPLES)
            return OldExamples(base.task, few, "examples that its base was validated on")
    if base.corpus in CORPORA and _HELD_OUT in CORPORA[base.corpus].parts:
        with TemporaryDirectory() as folder:
            path = write_corpus(base.corpus, MOST_EXAMPLES, Path(folder), _HELD_OUT)
            examples = TASKS[base.task].read(path)
        return OldExamples(base.task, examples, f"the held-out part of {base.corpus}")
    if base.task in _PREDICTED_TEXT:
        return OldExamples(_PREDICTED_TEXT[base.task], PLAIN_TEXT, "a plain English text")
    if base.task == "masked-words":
        return OldExamples(base.task, PLAIN_TEXT.splitlines(), "a plain English text")
    return None


def mean_loss(trained: TrainedModel, old: OldExamples) -> float:
    """The mean cross-entropy of all labels that count, in nats."""
    encoded = TASKS[old.task].encode_all(old.examples, trained.input_format)
    encoded = [each for each in encoded if each.length <= trained.context]
    losses = []
    for example, logits in zip(encoded, predict(trained, encoded), strict=True):
        labels, rows = np.atleast_1d(example.labels), np.atleast_2d(logits)
        counted = labels != IGNORED
        likely = log_probabilities(rows[counted])
        losses.append(-likely[np.arange(counted.sum()), labels[counted]])
    return float(np.concatenate(losses).mean())
