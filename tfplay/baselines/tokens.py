"""Tokens without a network: those that follow each other often, and the most frequent one."""

from collections.abc import Sequence

import numpy as np

from tfplay import explain
from tfplay.tasks import IGNORED, TASKS, TrainedModel
from tfplay.tasks.batches import Encoded, collate
from tfplay.tasks.scores import perplexity

MOST_CHARACTERS = 5_000_000
"""Of the training text that are counted; more take more than seconds."""
MOST_LINES = 20_000
_LONGEST_GRAM = 5
_LARGEST_CODE = 2**62
"""What an n-gram is counted by is a number below this."""


def ngram_scores(
    trained: TrainedModel, training: str, judged: str, limit: int | None
) -> dict[str, float]:
    """Perplexity of interpolated n-grams of the model's own tokens, in its windows.

    Args:
        trained: A language model, whose tokenizer and context are used.
        training: The text whose n-grams are counted, at most its first five million characters.
        judged: The text that is predicted.
        limit: The most windows of it; `None` is all.
    """
    size = trained.tokenizer.vocabulary_size
    longest = max(
        order for order in range(2, _LONGEST_GRAM + 1) if order == 2 or size**order < _LARGEST_CODE
    )
    counted, predicted = (
        [_arrays(window) for window in TASKS[trained.task].encode_all(text, trained.input_format)]
        for text in (training[:MOST_CHARACTERS], judged)
    )
    ngrams = explain.NGrams(counted, size, longest)
    losses = [ngrams.losses(*window, longest) for window in predicted[:limit]]
    return {"perplexity": perplexity(float(np.mean(np.concatenate(losses, axis=1))))}


def frequency_scores(
    trained: TrainedModel, training: Sequence[str], judged: Sequence[str]
) -> dict[str, float]:
    """Accuracy of guessing the same token behind every mask: the one that masks most often hide.

    Args:
        trained: A model that fills in masked words.
        training: Lines whose tokens are counted, at most the first 20,000.
        judged: Lines with masks at the places where the model is judged too.
    """
    task = TASKS[trained.task]
    hidden, wanted = (
        np.concatenate([line.labels for line in task.encode_all(lines, trained.input_format)])
        for lines in (training[:MOST_LINES], judged)
    )
    guess = np.bincount(hidden[hidden != IGNORED]).argmax()
    return {"accuracy": float(np.mean(wanted[wanted != IGNORED] == guess))}


def _arrays(window: Encoded) -> tuple[np.ndarray, np.ndarray]:
    batch = collate([window], window.length, pad_id=0)
    return batch.inputs["token_ids"], batch.labels
