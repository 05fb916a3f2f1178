"""Texts with a label each: what a classifier is trained on."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tfplay.errors import InputError
from tfplay.text.examples import LabelledText
from tfplay.text.files import read_prose, require_ending
from tfplay.text.formats.rows import csv_rows, json_objects, tab_rows, write_csv_rows
from tfplay.text.words import normalize

TEXT_COLUMNS = ("text", "sentence", "review", "comment", "message", "phrase", "content")
LABEL_COLUMNS = ("label", "class", "category", "sentiment", "topic", "intent")


def read_labelled(path: str | os.PathLike) -> list[LabelledText]:
    """Reads texts and the class each belongs to.

    Args:
        path: A file in UTF-8, plain or gzipped (`.gz` at the end):

            - `.csv`: columns with a comma between; a cell in quotes may have commas and line
              breaks. A first row that names a text column ("text", "sentence", "review", ...) and
              a label column ("label", "class", "category", "sentiment", ...) says which are
              meant; without such a row the text is first and the label second.
            - `.tsv`: the same with a tab between; quotes mean nothing.
            - `.jsonl`: an object a line with a text and a label, under the same names.

    Returns:
        Examples of at least two classes. Texts and labels are NFC-normalised, not empty, and
        without space at their ends; a whole number as a label becomes a string.

    Raises:
        InputError: If the file is missing, empty, not text, not UTF-8, too big or damaged, a line
            has no text or no label, or all have the same label.

    Example:
        >>> read_labelled("reviews.csv")[0]
        LabelledText(text='A quiet, funny film.', label='positive')
    """
    name = Path(path).name
    read_rows = _ROW_READERS[require_ending(path, tuple(_ROW_READERS))]
    examples = [
        _labelled_text(f"{name}, line {line}", text, label)
        for line, text, label in read_rows(name, read_prose(path))
    ]
    if not examples:
        raise InputError(f"{name} has no text with a label.")
    require_two_labels(name, (example.label for example in examples))
    return examples


def write_labelled(path: str | os.PathLike, examples: Iterable[LabelledText]) -> None:
    """Writes a `.csv` file that `read_labelled` reads."""
    require_ending(path, (".csv",))
    write_csv_rows(Path(path), [LabelledText("text", "label"), *examples])


def require_two_labels(name: str, labels: Iterable[str]) -> None:
    """Raises an `InputError` if all examples of a file have the same label."""
    distinct = set(labels)
    if len(distinct) == 1:
        raise InputError(
            f"{name} has only one label, {distinct.pop()!r}; to tell classes apart there must be "
            "at least two."
        )


def _tsv_examples(name: str, text: str) -> Iterator[tuple[int, str, str]]:
    return _table_examples(name, tab_rows(name, text))


def _csv_examples(name: str, text: str) -> Iterator[tuple[int, str, str]]:
    return _table_examples(name, csv_rows(name, text))


def _table_examples(
    name: str, rows: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, str, str]]:
    """The line, text and label of each row."""
    columns = None
    for line, cells in rows:
        if columns is None:
            columns = _columns(f"{name}, line {line}", cells)
            if columns:
                continue
            columns = (0, 1)
        if len(cells) <= max(columns):
            raise InputError(
                f"{name}, line {line} has {len(cells)} of at least {max(columns) + 1} columns; "
                "each line needs a text and a label (.tsv: a tab between; .csv: a comma)."
            )
        yield line, cells[columns[0]], cells[columns[1]]


def _columns(where: str, cells: list[str]) -> tuple[int, int] | None:
    """Where text and label stand if this row is a header."""
    names = [cell.strip().casefold() for cell in cells]
    text = next((name for name in TEXT_COLUMNS if name in names), None)
    label = next((name for name in LABEL_COLUMNS if name in names), None)
    if text and label:
        return names.index(text), names.index(label)
    if names[0] in TEXT_COLUMNS + LABEL_COLUMNS:
        missing, known = ("label", LABEL_COLUMNS) if text else ("text", TEXT_COLUMNS)
        raise InputError(f"{where} names no {missing} column; call it one of {', '.join(known)}.")
    return None


def _jsonl_examples(name: str, text: str) -> Iterator[tuple[int, Any, Any]]:
    for line, record in json_objects(name, text):
        found = []
        for kind, known in (("text", TEXT_COLUMNS), ("label", LABEL_COLUMNS)):
            key = next((key for key in known if key in record), None)
            if key is None:
                raise InputError(f"{name}, line {line} has no {kind!r}.")
            found.append(record[key])
        yield line, *found


_ROW_READERS = {".csv": _csv_examples, ".tsv": _tsv_examples, ".jsonl": _jsonl_examples}


def _labelled_text(where: str, text: Any, label: Any) -> LabelledText:
    if not isinstance(text, str):
        raise InputError(f"{where}: the text {text!r} is not a string.")
    if isinstance(label, bool) or not isinstance(label, str | int):
        raise InputError(f"{where}: the label {label!r} is neither a string nor a whole number.")
    example = LabelledText(normalize(text).strip(), normalize(str(label)).strip())
    for column, value in example._asdict().items():
        if not value:
            raise InputError(f"{where} has an empty {column}.")
    return example
