"""What a model answers, whatever it has learned: names and their probabilities at one place."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.app.lesson.chosen_block import ChosenBlock

MOST_ANSWERS = 5


class Answer(NamedTuple):
    """How a model divides its belief."""

    names: list[str]
    probabilities: np.ndarray
    """Of the names, the largest first."""
    entropy: float
    """Of all answers there are, in bits."""


def answer_places(chosen: "ChosenBlock") -> list[str]:
    """The tokens at each of which the model gives an answer; one name if it gives one for all."""
    match chosen.trained.model.config.head, chosen.traced.trace.logits.ndim:
        case "span", _:
            return ["where it begins", "where it ends"]
        case _, 2:
            return ["the whole text"]
    return chosen.traced.target_tokens


def usual_place(chosen: "ChosenBlock") -> int:
    """Where people look first: at the masked word, where a reply begins, or at the last token."""
    tokenizer = chosen.trained.tokenizer
    begins_with = {
        "masked-words": tokenizer.mask_id,
        "chat": tokenizer.assistant_id,
        "translation": tokenizer.start_id,
    }
    mark = begins_with.get(chosen.subject.task)
    inputs = chosen.traced.inputs
    token_ids = inputs.get("decoder_token_ids", inputs.get("token_ids"))[0]
    if mark is not None and (token_ids == mark).any():
        return int(np.flatnonzero(token_ids == mark)[-1])
    if chosen.subject.task in ("tagging", "answers"):
        return 0
    return len(answer_places(chosen)) - 1


def answer_at(
    chosen: "ChosenBlock", logits: np.ndarray, place: int, temperature: float = 1.0
) -> Answer:
    """softmax(logits / temperature) at a place.

    Args:
        chosen: The block, which knows the model and its sentence.
        logits: As the model gives them, of one sentence.
        place: An index of `answer_places`.
        temperature: Above 0.
    """
    from tfplay.explain import entropy

    row = logits[0] if logits.ndim == 2 else logits[0, place]
    scaled = row.astype("float64") / temperature
    probabilities = np.exp(scaled - scaled.max())
    probabilities /= probabilities.sum()
    best = np.argsort(-probabilities, kind="stable")[:MOST_ANSWERS]
    trained = chosen.trained
    if trained.model.config.head == "span":
        names = [f"{index + 1}: {chosen.traced.tokens[index]}" for index in best]
    elif trained.labels:
        names = [trained.labels[index] for index in best]
    else:
        names = trained.tokenizer.labels(best)
    return Answer(names, probabilities[best], float(entropy(probabilities)))


def changed_places(true: np.ndarray, changed: np.ndarray) -> tuple[int, int]:
    """At how many places the likeliest answer is another one, and how many places there are."""
    differs = np.atleast_1d(true.argmax(axis=-1) != changed.argmax(axis=-1))
    return int(differs.sum()), differs.size
