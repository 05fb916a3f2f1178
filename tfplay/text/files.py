"""Texts and sentence pairs from files, with one clear sentence for a file that will not do."""

import csv
import gzip
import io
import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import regex

from tfplay.errors import InputError
from tfplay.text.words import normalize

MAX_BYTES = 200 * 1024**2
MAX_LINE_LENGTH = 20_000

# A first line with two of these is a header and not a pair.
_COLUMN_NAMES = {"source", "target", "src", "tgt", "en", "hi", "english", "hindi"}

# UTF-8's Devanagari when read as Latin-1 or Windows-1252: "हिन्दी" becomes "à¤¹à¤¿à¤¨...".
_GARBLED_DEVANAGARI = regex.compile("à[¤¥].")


class Pair(NamedTuple):
    """A sentence and its translation."""

    source: str
    target: str


def read_text(path: str | os.PathLike) -> str:
    """Reads a plain text file.

    Args:
        path: A `.txt` file in UTF-8, or the same gzipped (`.txt.gz`).

    Returns:
        The text, NFC-normalised, with Unix line ends and no byte order mark.

    Raises:
        InputError: If the file is missing, empty, not text, not UTF-8, too big or damaged.

    Example:
        >>> read_text("input.txt.gz")[:14]
        'First Citizen:'
    """
    _require_ending(path, (".txt",))
    return _read_prose(path)


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
    read_rows = _ROW_READERS[_require_ending(path, tuple(_ROW_READERS))]
    text = _read_prose(path)
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


def read_json(path: str | os.PathLike) -> Any:
    """Reads a JSON file of any name, gzipped if it ends in `.gz`."""
    text = read_utf8(path)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{Path(path).name} is cut short or damaged: it is not JSON.") from error


def read_utf8(path: str | os.PathLike) -> str:
    """Reads a UTF-8 file of any name, gzipped if it ends in `.gz`; line ends become Unix ones."""
    name = Path(path).name
    open_bytes = gzip.open if name.lower().endswith(".gz") else open
    try:
        with open_bytes(path, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)  # a small gzip file may hold a huge text
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{name} is not a whole gzip file: it is cut short or damaged.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} holds more than {MAX_BYTES // 1024**2} MB of text.")
    text = _decode(name, data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(f"{name} is empty.")
    return text


def _decode(name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{name} is UTF-16 text; save it as UTF-8.")
    if b"\0" in data:
        raise InputError(f"{name} is a binary file, not text.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{name}, line {line}: the byte 0x{data[error.start]:02x} is not UTF-8 text; "
            "save the file as UTF-8."
        ) from error


def _require_ending(path: str | os.PathLike, allowed: tuple[str, ...]) -> str:
    name = Path(path).name
    ending = Path(name.lower().removesuffix(".gz")).suffix
    if ending not in allowed:
        raise InputError(f"{name} must end in {', '.join(allowed)}, or one of these and .gz.")
    return ending


def _read_prose(path: str | os.PathLike) -> str:
    text = normalize(read_utf8(path))
    if garbled := _GARBLED_DEVANAGARI.search(text):
        line = text.count("\n", 0, garbled.start()) + 1
        raise InputError(
            f"{Path(path).name}, line {line}: {garbled.group()!r} looks like Hindi read in the "
            "wrong encoding; take the original file and save it as UTF-8."
        )
    return text


def _tab_rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    for line, content in enumerate(text.split("\n"), start=1):
        if content.strip():
            yield line, content.split("\t")


def _csv_rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        for cells in reader:
            if "".join(cells).strip():
                yield reader.line_num, cells
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num} is not CSV: {error}.") from error


def _jsonl_rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            record = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{name}, line {line} is cut short or is not JSON.") from error
        if not isinstance(record, dict):
            raise InputError(f"{name}, line {line} is not a JSON object with two strings.")
        if {"source", "target"} <= record.keys():
            record = {"source": record["source"], "target": record["target"]}
        yield line, [normalize(value) for value in record.values() if isinstance(value, str)]


_ROW_READERS = {".tsv": _tab_rows, ".txt": _tab_rows, ".csv": _csv_rows, ".jsonl": _jsonl_rows}


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
