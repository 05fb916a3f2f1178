"""Sentence pairs: what a translator is trained on."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from tfplay.errors import InputError
from tfplay.text.examples import Pair
from tfplay.text.files import read_prose, require_ending
from tfplay.text.formats.rows import csv_rows, json_objects, tab_rows, write_plain_lines
from tfplay.text.words import normalize

MAX_LINE_LENGTH = 20_000

_LANGUAGES = {"en": "English", "english": "English", "hi": "Hindi", "hindi": "Hindi"}

# A first line with two of these is a header and not a pair.
_COLUMN_NAMES = {"source", "target", "src", "tgt", *_LANGUAGES}


def read_pairs(path: str | os.PathLike) -> list[Pair]:
    """Reads sentence pairs, one a line; blank lines are skipped.

    Args:
        path: A file in UTF-8, plain or gzipped (`.gz` at the end):

            - `.tsv`, `.txt`: source and target with a tab between; further columns are ignored.
            - `.csv`: the same with a comma between, and quotes around a cell that has a comma.
            - `.jsonl`: an object a line, with strings "source" and "target", or else the first two
              strings it has.

            A first line that is two column names, such as "en" and "hi", is skipped.

    Returns:
        At least one pair; sentences are NFC-normalised, not empty, and have single spaces only.

    Raises:
        InputError: If the file is missing, empty, not text, not UTF-8, too big or damaged, or a
            line is no pair or longer than 20,000 characters.

    Example:
        >>> read_pairs("hin.tsv")[0]
        Pair(source='Wow!', target='वाह!')
    """
    name = Path(path).name
    read_rows = _ROW_READERS[require_ending(path, tuple(_ROW_READERS))]
    text = read_prose(path)
    for line, content in enumerate(text.split("\n"), start=1):
        if len(content) > MAX_LINE_LENGTH:
            raise InputError(
                f"{name}, line {line} has {len(content):,} characters; "
                f"a pair may have {MAX_LINE_LENGTH:,} at most."
            )
    pairs = [_pair(f"{name}, line {line}", cells) for line, cells in read_rows(name, text)]
    if pairs and all(cell.casefold() in _COLUMN_NAMES for cell in pairs[0]):
        del pairs[0]
    if not pairs:
        raise InputError(f"{name} has no sentence pair.")
    return pairs


def header_languages(text: str) -> tuple[str, str] | None:
    """The languages that the first line of a file of pairs names; `None` if it names none."""
    cells = text.partition("\n")[0].replace("\t", ",").split(",")[:2]
    named = [_LANGUAGES.get(cell.strip().casefold()) for cell in cells]
    return (named[0], named[1]) if len(named) == 2 and all(named) else None


def write_pairs(path: str | os.PathLike, pairs: Iterable[Pair]) -> None:
    """Writes a `.tsv` file that `read_pairs` reads; sentences have no tabs and line breaks."""
    require_ending(path, (".tsv",))
    write_plain_lines(Path(path), ("\t".join(pair) for pair in [Pair("source", "target"), *pairs]))


def _jsonl_rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    for line, record in json_objects(name, text):
        if {"source", "target"} <= record.keys():
            record = {"source": record["source"], "target": record["target"]}
        yield line, [normalize(value) for value in record.values() if isinstance(value, str)]


_ROW_READERS = {".tsv": tab_rows, ".txt": tab_rows, ".csv": csv_rows, ".jsonl": _jsonl_rows}


def _pair(where: str, cells: list[str]) -> Pair:
    if len(cells) < 2:
        raise InputError(
            f"{where} needs two columns, a source and a target "
            "(.tsv and .txt: a tab between; .csv: a comma; .jsonl: two strings)."
        )
    pair = Pair(*(" ".join(cell.split()) for cell in cells[:2]))
    for column, sentence in pair._asdict().items():
        if not sentence:
            raise InputError(f"{where} has an empty {column}.")
    return pair
