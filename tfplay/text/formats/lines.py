"""Texts, one a line: what language models and masked words are trained on."""

import os
from collections.abc import Iterable
from pathlib import Path

from tfplay.text.files import read_text, require_ending
from tfplay.text.formats.rows import write_plain_lines


def read_lines(path: str | os.PathLike) -> list[str]:
    """Reads texts, one a line; blank lines are skipped.

    Args:
        path: A file as for `read_text`: `.txt`, or gzipped.

    Returns:
        At least one text, NFC-normalised, without space at its ends.

    Raises:
        InputError: As `read_text`.

    Example:
        >>> read_lines("names.txt")[:2]
        ['emma', 'olivia']
    """
    return [line.strip() for line in read_text(path).split("\n") if line.strip()]


def write_lines(path: str | os.PathLike, texts: Iterable[str]) -> None:
    """Writes a `.txt` file that `read_lines` reads; the texts have no line breaks."""
    require_ending(path, (".txt",))
    write_plain_lines(Path(path), texts)
