"""Objects as rows of a table: of JSON, and of Parquet."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tfplay.errors import InputError
from tfplay.text.files import MAX_BYTES, MAX_LINES, parse_json
from tfplay.text.formats.rows import is_json_lines, json_objects
from tfplay.text.report import BadRow
from tfplay.text.words import normalize

MAX_KEYS = 200

_BATCH_ROWS = 1000
"""Rows of a Parquet file that are read at once."""

Record = tuple[str, dict[str, Any]]
"""An object and its place in the file, for errors."""


def json_records(name: str, ending: str, text: str) -> Iterator[Record | BadRow]:
    """The objects of a `.jsonl`, one a line; or of a `.json`, in a list or in an object's list."""
    if ending == ".jsonl" or is_json_lines(text):
        for row in json_objects(name, text):
            yield row if isinstance(row, BadRow) else (f"{name}, line {row[0]}", row[1])
        return
    if (count := text.count("{")) > MAX_LINES:
        raise InputError(f"{name} has {count:,} objects; the most is {MAX_LINES:,}.")
    for number, value in enumerate(_longest_list(name, parse_json(name, text)), start=1):
        where = f"{name}, object {number}"
        if isinstance(value, dict):
            yield where, value
        else:
            yield BadRow(where, " is not a JSON object.", "without a JSON object")


def _longest_list(name: str, value: Any) -> list[Any]:
    """The rows of a JSON file: its list, or the longest list that its object has."""
    lists = value.values() if isinstance(value, dict) else [value]
    longest = max((each for each in lists if isinstance(each, list)), key=len, default=None)
    if longest is None:
        raise InputError(f"{name} has no list of objects, such as [{{...}}, {{...}}].")
    return longest


def parquet_records(path: Path) -> Iterator[Record]:
    """The rows of a Parquet file; what is a structure within is an object.

    Raises:
        InputError: It is no Parquet file, is damaged, or has too much in it.
    """
    import pyarrow as arrow
    from pyarrow.parquet import ParquetFile

    name = path.name
    try:
        with ParquetFile(path) as file:
            texts = [leaf.path for leaf in file.schema if leaf.physical_type == "BYTE_ARRAY"]
            rows = file.metadata.num_rows
        if rows > MAX_LINES:
            raise InputError(f"{name} has {rows:,} rows; the most is {MAX_LINES:,}.")
        # As dictionaries, values that stand many times in few bytes do not grow before we count.
        with ParquetFile(path, read_dictionary=texts) as file:
            room = MAX_BYTES
            number = 0
            for batch in file.iter_batches(_BATCH_ROWS):
                room -= _text_bytes(batch)
                if room < 0:
                    raise InputError(f"{name} holds more than {MAX_BYTES // 1024**2} MB of text.")
                for record in batch.to_pylist():
                    number += 1
                    yield f"{name}, row {number}", record
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(f"{name} is not a whole Parquet file: cut short or damaged.") from error


def _text_bytes(batch: Any) -> int:
    """Bytes of a batch, each value counted as often as it stands there."""
    import pyarrow as arrow
    from pyarrow import compute

    columns, total = list(batch.columns), 0
    while columns:
        column = columns.pop()
        if arrow.types.is_struct(column.type):
            columns += column.flatten()
        elif arrow.types.is_list(column.type) or arrow.types.is_large_list(column.type):
            columns.append(column.flatten())
        elif arrow.types.is_dictionary(column.type):
            lengths = compute.binary_length(column.dictionary)
            total += compute.sum(lengths.take(column.indices)).as_py() or 0
        else:
            total += column.nbytes
    return total


def as_table(
    name: str, records: Iterable[Record | BadRow]
) -> tuple[list[str], list[tuple[str, list[str]] | BadRow]]:
    """Objects as rows: a column for each key, also of an object within ("translation.en").

    Returns:
        The names of the columns, and the rows; what an object does not have is empty.
    """
    flats: list[tuple[str, dict[str, str]] | BadRow] = []
    names: dict[str, None] = {}
    for record in records:
        if isinstance(record, BadRow):
            flats.append(record)
            continue
        flat = dict(_flat(record[1]))
        names |= dict.fromkeys(flat)
        if len(names) > MAX_KEYS:
            raise InputError(f"{name} has more than {MAX_KEYS} different keys in its objects.")
        flats.append((record[0], flat))
    rows = [
        flat if isinstance(flat, BadRow) else (flat[0], [flat[1].get(key, "") for key in names])
        for flat in flats
    ]
    return list(names), rows


def _flat(record: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Keys and values as text; lists are left out, `null` is nothing."""
    cells = []
    for key, value in record.items():
        name = prefix + normalize(key)
        if isinstance(value, dict) and not prefix:
            cells += _flat(value, f"{name}.")
        elif value is None or value != value:  # NaN, which pandas writes for nothing
            cells.append((name, ""))
        elif isinstance(value, str):
            cells.append((name, normalize(value)))
        elif isinstance(value, int | float):
            cells.append((name, json.dumps(value)))
    return cells
