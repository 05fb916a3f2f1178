"""What one example of each task is."""

from typing import Literal, NamedTuple, TypedDict

import numpy as np

Speaker = Literal["user", "assistant"]
Role = Literal["system", Speaker]
ROLES: tuple[Role, ...] = ("system", "user", "assistant")


class Pair(NamedTuple):
    """A sentence and its translation."""

    source: str
    target: str


class LabelledText(NamedTuple):
    """A text and the class it belongs to."""

    text: str
    label: str


class TaggedSentence(NamedTuple):
    """Words, and a tag for each: IOB2 where tags mark spans (B-PER, I-PER, O)."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


class Question(NamedTuple):
    """A question whose answer stands word for word in a passage."""

    context: str
    question: str
    answer: str
    start: int
    """Where in `context` the answer begins, in characters."""


class Message(TypedDict):
    """One message of a conversation."""

    role: Role
    content: str


class LabelledImage(NamedTuple):
    """A picture and the class it belongs to."""

    pixels: np.ndarray
    """(height, width, channels) float32, from 0 (black) to 1."""
    label: str
