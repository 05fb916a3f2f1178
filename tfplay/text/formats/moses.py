"""Two files of one corpus, line by line: "train.en" and "train.hi", as Moses reads them."""

import os
from pathlib import Path

from tfplay.errors import InputError
from tfplay.text.examples import Pair
from tfplay.text.files import read_prose
from tfplay.text.formats.column_names import language_of
from tfplay.text.formats.rows import write_plain_lines
from tfplay.text.report import counted


def join_halves(source: str | os.PathLike, target: str | os.PathLike, folder: Path) -> Path:
    """Writes two files whose lines translate each other as one that `read_pairs` reads.

    Args:
        source: The sentences, one a line.
        target: Their translations, on the same lines.
        folder: Where the file is written, "train.en-hi.tsv".

    Returns:
        The file. Its columns are named after the languages in the files' endings, if both are.

    Raises:
        InputError: A file cannot be read, or they have not equally many lines.
    """
    halves = [read_prose(path).removesuffix("\n").split("\n") for path in (source, target)]
    names = [Path(path).name.removesuffix(".gz") for path in (source, target)]
    if len(halves[0]) != len(halves[1]):
        told = " and ".join(
            f"{name} has {counted(len(lines), 'line')}"
            for name, lines in zip(names, halves, strict=True)
        )
        raise InputError(f"{told}; each line of one must be the translation of the other's.")
    endings = [Path(name).suffix.removeprefix(".") for name in names]
    are_languages = all(map(language_of, endings)) and endings[0] != endings[1]
    header = Pair(*(endings if are_languages else Pair._fields))
    path = folder / joined_name(source, target)
    rows = (map(_cell, pair) for pair in zip(*halves, strict=True))
    write_plain_lines(path, map("\t".join, [header, *rows]))
    return path


def joined_name(source: str | os.PathLike, target: str | os.PathLike) -> str:
    """The name of the file that two halves become.

    Example:
        >>> joined_name("train.en.gz", "train.hi.gz")
        'train.en-hi.tsv'
    """
    first, second = (Path(Path(path).name.removesuffix(".gz")) for path in (source, target))
    return f"{first.stem}{first.suffix}-{second.suffix.removeprefix('.')}.tsv"


def half_ending(name: str) -> str | None:
    """The language that a file is named after, if it may be a half of a corpus.

    Example:
        >>> half_ending("train.hi.gz"), half_ending("train.tsv")
        ('hi', None)
    """
    ending = Path(name.removesuffix(".gz")).suffix.removeprefix(".")
    return ending if language_of(ending) else None


def _cell(line: str) -> str:
    return " ".join(line.split())
