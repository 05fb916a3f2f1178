"""What makes it doubtful, before a training, that anything can be learned from some data."""

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any

import regex

FEWEST = {
    "translation": 1_000,
    "chat": 200,
    "classification": 200,
    "tagging": 200,
    "masked-words": 1_000,
    "answers": 200,
    "images": 200,
    "language-model": 50_000,
}
"""With fewer examples, or characters of a text, a model that begins at random learns them by heart
before it learns anything else."""

FEWEST_OF_A_CLASS = 10
MOST_CLASSES = 50
_NUMBER = regex.compile(r"[+-]?\d+([.,]\d+)?")


def doubts_about(task: str, unit: str, examples: Sequence[Any]) -> list[str]:
    """Warnings about data, a sentence each; none if there is nothing to warn of.

    Args:
        task: Name of the task.
        unit: What an example is called.
        examples: The result of `Task.read`.

    Example:
        >>> doubts_about("translation", "pair", [Pair("Hello.", "नमस्ते।")] * 450)
        ['450 pairs are few: ...']
    """
    doubts = []
    if len(examples) < FEWEST[task]:
        what = "characters" if isinstance(examples, str) else f"{unit}s"
        doubts.append(
            f"{len(examples):,} {what} are few: a model that begins at random soon knows them by "
            f"heart. With {FEWEST[task]:,} it may learn more than that, or with fewer if it starts "
            "from a published model."
        )
    return doubts + (_doubts_about_classes(examples) if task == "classification" else [])


def _doubts_about_classes(examples: Sequence[Any]) -> list[str]:
    """Whether the labels are classes of which there is enough, and the texts are texts."""
    doubts = []
    counts = Counter(example.label for example in examples)
    if len(counts) > MOST_CLASSES:
        doubts.append(
            f"There are {len(counts):,} different labels, half of them with "
            f"{int(median(counts.values())):,} examples or fewer: are these the classes you mean?"
        )
    elif rare := [label for label, count in counts.items() if count < FEWEST_OF_A_CLASS]:
        doubts.append(
            f"{len(rare)} of {len(counts)} labels have fewer than {FEWEST_OF_A_CLASS} examples, "
            f"such as {rare[0]!r}: too few to learn them from."
        )
    if len(counts) > FEWEST_OF_A_CLASS and all(map(_NUMBER.fullmatch, counts)):
        doubts.append(
            f"All {len(counts):,} labels are numbers: each is learned as a class by itself, and "
            "that 3 lies between 2 and 4 is not."
        )
    if all(_NUMBER.fullmatch(example.text) for example in examples):
        doubts.append("All texts are numbers: is this the column you mean?")
    return doubts
