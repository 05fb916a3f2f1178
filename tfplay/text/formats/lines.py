"""Texts, one per line: the data of language models and masked words."""

import os
from collections.abc import Iterable
from pathlib import Path

from tfplay.text.files import read_text, require_ending
from tfplay.text.formats.rows import write_plain_lines
from tfplay.text.report import Report


def read_lines(path: str | os.PathLike, report: Report | None = None) -> list[str]:
    """Reads texts, one a line; blank lines are skipped.

    Args:
        path: A file as for `read_text`: `.txt`, or gzipped.
        report: Records how many there are.

    Returns:
        At least one text, NFC-normalised, without space at its ends.

    Raises:
        InputError: For the reasons of `read_text`.

    Example:
        >>> read_lines("names.txt")[:2]
        ['emma', 'olivia']
    """
    report = Report() if report is None else report
    lines = [line.strip() for line in read_text(path, report).split("\n") if line.strip()]
    report.num_rows = len(lines)
    return lines


def write_lines(path: str | os.PathLike, texts: Iterable[str]) -> None:
    """Writes a `.txt` file that `read_lines` reads; the texts have no line breaks."""
    require_ending(path, (".txt",))
    write_plain_lines(Path(path), texts)
