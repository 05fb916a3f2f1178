"""Where an answer begins in a passage, whatever units the file counts in."""

from collections.abc import Callable, Iterator
from unicodedata import is_normalized
from unicodedata import normalize as to_form

import numpy as np

from tfplay.text.typed import TypedText

LONGEST = 100_000
"""Characters: far more than any model reads, so that looking for an answer stays quick."""

MOST_OFF = 2
"""Characters by which a start may be wrong for unknown reasons."""


class Passage:
    """A passage and its composed form, prepared once for all of its questions.

    Args:
        text: The passage as it stands in the file.

    Attributes:
        text: The passage as it stands in the file.
        composed: NFC-normalised, as models read it.

    Example:
        >>> Passage("😀 Mia lives in Rome.").find("Rome", said=16)  # counted in UTF-16
        (15, True)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._typed = None if is_normalized("NFC", text) else TypedText(text)
        self.composed = text if self._typed is None else self._typed.composed
        self._ends: dict[str, np.ndarray] = {}

    def find(self, answer: str, said: int) -> tuple[int, bool] | None:
        """Where an answer stands in `composed`.

        Args:
            answer: Composed.
            said: Where it begins, as the file counts.

        Returns:
            Its first character, and whether it had to be looked for; `None` if it stands nowhere,
            or in several places of which none is near.
        """
        counted = self._composed_start(said)
        if self.composed.startswith(answer, counted):
            return counted, False
        near = (counted + sign * off for off in range(1, MOST_OFF + 1) for sign in (-1, 1))
        for start in (*self._other_counts(said), *near):
            if start >= 0 and self.composed.startswith(answer, start):
                return start, True
        start = self.only_place(answer)
        return None if start is None else (start, True)

    def only_place(self, answer: str) -> int | None:
        """Where an answer begins that stands once in `composed`."""
        start = self.composed.find(answer)
        is_only = start >= 0 and self.composed.find(answer, start + 1) < 0
        return start if is_only else None

    def _composed_start(self, start: int) -> int:
        """Where a character of the text stands in `composed`."""
        start = min(start, len(self.text))
        return start if self._typed is None else self._typed.place_composed((start, start))[0]

    def _other_counts(self, said: int) -> Iterator[int]:
        """Where the answer begins in `composed` if it was not counted in characters."""
        line_end = "\r" if "\r\n" in self.text else "\n"
        lengths: dict[str, Callable[[str], int]] = {
            "UTF-16": lambda letter: 1 + (ord(letter) > 0xFFFF),
            "UTF-8": lambda letter: len(letter.encode("utf-8", "surrogatepass")),
            "line ends": lambda letter: 1 if letter != line_end else 2 * (line_end == "\n"),
            "decomposed": lambda letter: len(to_form("NFD", letter)),
        }
        for unit, length in lengths.items():
            if unit not in self._ends:
                self._ends[unit] = np.cumsum([length(letter) for letter in self.text])
            yield self._composed_start(int(np.searchsorted(self._ends[unit], said, side="right")))
        yield said  # counted when the passage was composed already
