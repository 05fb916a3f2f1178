"""Answers to a few examples, to see how a model changes while it is trained."""

from typing import NamedTuple

MAX_SAMPLE_TOKENS = 40
"""Of a written answer."""


class Sample(NamedTuple):
    """What a model answers to one example."""

    input: str
    """What it was asked."""
    output: str
    """What it answers; of a long answer the beginning."""
    wanted: str | None = None
    """What is right; `None` if many answers are."""
