"""Answers to a few examples, to see how a model changes while it is trained."""

from typing import NamedTuple

MAX_SAMPLE_TOKENS = 40
"""The most tokens of a written answer."""


class Sample(NamedTuple):
    """What a model answers to one example."""

    input: str
    """The question or input."""
    output: str
    """The model's answer; only the beginning of a long one."""
    wanted: str | None = None
    """The right answer; `None` if there are many."""
