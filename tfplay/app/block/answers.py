"""What a model answers, whatever it has learned: names and their probabilities at one place."""

from typing import NamedTuple

import numpy as np

from tfplay import decoding, explain
from tfplay.app.block.chosen_block import ChosenBlock
from tfplay.tasks import TASKS

MOST_ANSWERS = 5


class Belief(NamedTuple):
    """How a model divides its belief."""

    names: list[str]
    probabilities: np.ndarray
    """Of the names, the largest first."""
    entropy: float
    """Of all answers there are, in bits."""


def answer_places(chosen: ChosenBlock) -> list[str]:
    """The tokens at each of which the model gives an answer; one name if it gives one for all."""
    if places := TASKS[chosen.trained.task].about.answer_places:
        return list(places)
    is_one = chosen.traced.trace.logits.ndim == 2
    return ["the whole text"] if is_one else chosen.traced.target_tokens


def usual_place(chosen: ChosenBlock) -> int:
    """The place where people look first."""
    trained, found = chosen.trained, chosen.traced
    return TASKS[trained.task].usual_row(trained, found.reading, found.trace.logits[0]) or 0


def answer_at(
    chosen: ChosenBlock, logits: np.ndarray, place: int, temperature: float = 1.0
) -> Belief:
    """softmax(logits / temperature) at a place.

    Args:
        chosen: The block, which knows the model and its sentence.
        logits: As the model gives them, of one sentence.
        place: An index of `answer_places`.
        temperature: Above 0.
    """
    row = logits[0] if logits.ndim == 2 else logits[0, place]
    probabilities = decoding.probabilities(row.astype("float64") / temperature)
    best = np.argsort(-probabilities, kind="stable")[:MOST_ANSWERS]
    trained = chosen.trained
    names = TASKS[trained.task].choice_names(trained, chosen.traced.reading, best)
    return Belief(names, probabilities[best], float(explain.entropy(probabilities)))


def changed_places(true: np.ndarray, changed: np.ndarray) -> tuple[int, int]:
    """At how many places the likeliest answer is another one, and how many places there are."""
    differs = np.atleast_1d(true.argmax(axis=-1) != changed.argmax(axis=-1))
    return int(differs.sum()), differs.size
