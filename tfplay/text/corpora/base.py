"""What every corpus written for this project has: a description, and its grammar."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tfplay.errors import InputError

_PLAIN_TEXT = {"language-model": "masked-words", "masked-words": "language-model"}


@dataclass(frozen=True)
class Corpus:
    """Examples made by a grammar: unlimited, licence-free, and equal wherever they are made.

    Attributes:
        name: The name on the command line.
        title: The title that people read.
        task: Name of the task it is for.
        explanation: Its content, in a sentence or two.
        generate: Makes (part, count, seed) -> distinct examples.
        parts: The parts that can be drawn. "training" shares no example with any other part.
        languages: Source and target language, if it is for translation.

    Example:
        >>> CORPORA["english-hindi"].examples("held-out", count=2, seed=0)
    """

    name: str
    title: str
    task: str
    explanation: str
    generate: Callable[[str, int, int], list[Any]]
    parts: tuple[str, ...] = ("training", "held-out")
    languages: tuple[str, str] | None = None

    def examples(self, part: str, count: int, seed: int) -> list[Any]:
        """Distinct examples of one part, in an order that the seed draws.

        The same arguments give the same examples on every machine.

        Args:
            part: One of `parts`.
            count: How many examples; fewer come back if the grammar has no more.
            seed: The seed of the draw.

        Raises:
            InputError: There is no such part.
        """
        if part not in self.parts:
            raise InputError(
                f"The corpus {self.name!r} has no part {part!r}; it has {', '.join(self.parts)}."
            )
        return self.generate(part, count, seed)


def fitting_tasks(task: str) -> tuple[str, ...]:
    """The tasks that can learn from this task's data: plain text serves two."""
    return (task, _PLAIN_TEXT[task]) if task in _PLAIN_TEXT else (task,)
