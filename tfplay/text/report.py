"""How a file was read: which columns were taken, and which rows were left out and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tfplay.errors import InputError

Row = TypeVar("Row")
Example = TypeVar("Example")


def counted(number: int, unit: str) -> str:
    """A number with its unit: "1 row", "2,003 rows"."""
    return f"{number:,} {unit}{'' if number == 1 else 's'}"


class BadRow(InputError):
    """An unusable row; the others may be fine.

    Args:
        where: The file and the line.
        what: What is wrong with this row, to follow `where`.
        reason: The problem in words that fit any number of rows: "without a label".
    """

    def __init__(self, where: str, what: str, reason: str):
        super().__init__(f"{where}{what}")
        self.reason = reason


@dataclass
class Report:
    """What a reader reports about a file in addition to its examples.

    Attributes:
        columns: Which column was taken for what: `{"text": "column 2 'v2'"}`.
        num_rows: Rows that were read, including those left out.
        left_out: How many rows were left out, by the reason.
        first_left_out: What is wrong with the first of them, by the reason.
        notes: What else the visitor should know, a sentence each.
        is_guess: Whether the columns were guessed by what they hold.

    Example:
        >>> report = Report()
        >>> examples = read_labelled("spam.csv", report=report)
        >>> report.text()
        "Text: column 2 'v2'; label: column 1 'v1', ... 5,572 rows read, 1 left out: ..."
    """

    columns: dict[str, str] = field(default_factory=dict)
    num_rows: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    first_left_out: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    is_guess: bool = False

    def parse_all(
        self, name: str, rows: Iterable[Row | BadRow], parse: Callable[[Row], Example]
    ) -> list[Example]:
        """The example in each row; an unusable row is left out and counted.

        Args:
            name: The name of the file.
            rows: The rows; one that could not be read at all is its error.
            parse: Makes a row an example, or raises a `BadRow`.

        Raises:
            InputError: Half of the rows or more are unusable: this is another kind of file.
        """
        examples = []
        for row in rows:
            self.num_rows += 1
            try:
                if isinstance(row, BadRow):
                    raise row
                examples.append(parse(row))
            except BadRow as error:
                self.left_out[error.reason] = self.left_out.get(error.reason, 0) + 1
                self.first_left_out.setdefault(error.reason, str(error))
        bad = self.num_rows - len(examples)
        if bad and 2 * bad >= self.num_rows:
            first = next(iter(self.first_left_out.values()))
            also = f" ({bad:,} of {self.num_rows:,} rows of {name} cannot be used.)"
            raise InputError(first + (also if bad > 1 else ""))
        return examples

    def text(self, unit: str = "row") -> str:
        """The report in a few sentences; `unit` is the singular of what was read."""
        sentences = []
        if self.columns:
            taken = "; ".join(f"{role}: {column}" for role, column in self.columns.items())
            guessed = ", guessed by what they hold" if self.is_guess else ""
            sentences.append(f"{taken[0].upper()}{taken[1:]}{guessed}.")
        sentences.append(f"{counted(self.num_rows, unit)} read{self._left_out_text()}.")
        return " ".join([*sentences, *self.notes])

    def _left_out_text(self) -> str:
        if not self.left_out:
            return ""
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in self.left_out.items())
        first = next(iter(self.first_left_out.values())).removesuffix(".")
        return f", {sum(self.left_out.values()):,} left out: {reasons} (the first: {first})"

    def to_json(self) -> dict[str, Any]:
        """The report as a dictionary for programs."""
        return {
            "columns": self.columns,
            "rows": self.num_rows,
            "left_out": self.left_out,
            "first_left_out": list(self.first_left_out.values()),
            "notes": self.notes,
        }
