"""What the views of embeddings share."""

from typing import TYPE_CHECKING, Any

import numpy as np

from tfplay.app.lesson import Subject, Traced

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models import StackTrace


def read_ids(inputs: dict[str, np.ndarray]) -> np.ndarray:
    """The ids (T,) of what a model reads; of an encoder-decoder, of its source."""
    return next(inputs[name] for name in inputs if name.endswith("token_ids"))[0]


def place_of(part: list[int], ids: list[int]) -> int | None:
    """Where in a sequence a part of it begins; `None` if it is no part."""
    starts = range(len(ids) - len(part) + 1)
    return next((at for at in starts if ids[at : at + len(part)] == part), None)


def dimension_names(count: int) -> list[str]:
    """The numbers of the dimensions, only every eighth, as a narrow screen has room for."""
    return [str(number) if number % 8 == 0 else "" for number in range(1, count + 1)]


def first_stack(found: Traced) -> "StackTrace":
    """The blocks that read those tokens."""
    return found.trace.encoder or found.trace.decoder


def other_sentences(subject: Subject) -> dict[str, dict[str, Any]]:
    """Tries that change the sentence in ways that show what order and repetition do."""
    text = subject.text.strip() or "one two three"
    backwards = " ".join(reversed(text.split()))
    return {
        "Say it twice": {subject.text_key: f"{text} {text}"},
        "Backwards": {subject.text_key: backwards},
        "In capitals": {subject.text_key: text.upper()},
    }
