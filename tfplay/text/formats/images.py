"""Small grey pictures with a label each, in MNIST's usual format: data for a classifier."""

import math
import os
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path

import numpy as np

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text.examples import LabelledImage
from tfplay.text.files import read_utf8, require_ending
from tfplay.text.formats.column_names import place_of_role
from tfplay.text.formats.columns import counts_columns
from tfplay.text.formats.labelled import require_classes
from tfplay.text.formats.rows import csv_rows, delimiter_of, write_csv_rows
from tfplay.text.report import BadRow, Report
from tfplay.text.words import normalize

_WHITES = (1, 16, 255)
_LOOKED_AT = 100
_FEW_PIXELS = 9
"""This many first pixels of a picture could be 0, 1, 2, ... by chance."""


def read_images(path: str | os.PathLike, report: Report | None = None) -> list[LabelledImage]:
    """Reads square grey pictures, one a row.

    Args:
        path: A `.csv` file, plain or gzipped (`.gz` at the end): the label, then a column for each
            pixel, row by row from the top left. A first row of column names, also of numbers from
            0 as pandas writes them, is skipped; the label may also be where they name it, or in the
            last column if the first is always the same.
            The largest value of the file says what white is: 1 if none is larger than that, else
            16 (the digits of scikit-learn), else 255 (MNIST).
        report: Records where the label is and how many rows were left out, and why.

    Returns:
        Pictures of one size and at least two classes; pixels (N, N, 1) float32 from 0 to 1.

    Raises:
        InputError: If the file is missing, empty, not text, too big or damaged, half of its rows
            are no square pictures of the same size as the first or have no label, or all labels
            are equal.

    Example:
        >>> read_images("mnist_test.csv.gz")[0].pixels.shape
        (28, 28, 1)
    """
    name = Path(path).name
    report = Report() if report is None else report
    require_ending(path, (".csv",))
    text = read_utf8(path, report)
    stream = csv_rows(name, text, delimiter_of(name, text))
    some, place = _label_place(list(islice(stream, _LOOKED_AT)))  # all at once would not fit
    first = next((row for row in some if not isinstance(row, BadRow)), None)
    num_pixels = _square(f"{name}, line {first[0]}", len(first[1]) - 1) if first else 0
    parse = partial(_picture, name, place, num_pixels)
    parsed = report.parse_all(name, chain(some, stream), parse)
    report.columns = {"label": f"column {place % (num_pixels + 1) + 1}"}
    if not parsed:
        raise InputError(f"{name} has no picture.")
    labels = [label for label, _ in parsed]
    require_classes(name, labels)
    size = math.isqrt(num_pixels)
    values = np.stack([pixels for _, pixels in parsed]).reshape(-1, size, size, 1)
    values /= _white(name, values.max())
    return [LabelledImage(pixels, label) for pixels, label in zip(values, labels, strict=True)]


def write_images(path: str | os.PathLike, images: Iterable[LabelledImage]) -> None:
    """Writes a `.csv` file that `read_images` reads; the pictures are square and of one size."""
    require_ending(path, (".csv",))
    write_csv_rows(Path(path), ([image.label, *map(str, image.pixels.ravel())] for image in images))


def _label_place(
    rows: list[tuple[int, list[str]] | BadRow],
) -> tuple[list[tuple[int, list[str]] | BadRow], int]:
    """The first rows without one that names the columns, and where the label is; -1 is the end."""
    whole = [row for row in rows if not isinstance(row, BadRow)]
    if whole and _names_columns(whole[0][1]):
        named = place_of_role(whole[0][1], "label")
        rows = [row for row in rows if row is not whole[0]]
        whole = whole[1:]
        if named is not None:
            return rows, named
    firsts = {cells[0] for _, cells in whole}
    lasts = {cells[-1] for _, cells in whole}
    return rows, -1 if len(firsts) == 1 < len(lasts) and len(whole) > 2 else 0


def _names_columns(cells: Sequence[str]) -> bool:
    is_counted = len(cells) > _FEW_PIXELS and counts_columns(cells)
    return is_counted or (len(cells) > 1 and not any(map(_is_number, cells[1:])))


def _picture(
    name: str, place: int, num_pixels: int, row: tuple[int, list[str]]
) -> tuple[str, np.ndarray]:
    """The label and the pixels (num_pixels,)."""
    where, cells = f"{name}, line {row[0]}", list(row[1])
    label = normalize(cells.pop(place) if -1 <= place < len(cells) else "").strip()
    if not label:
        raise BadRow(where, " has no label.", "without a label")
    return label, _values(where, cells, num_pixels)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _square(where: str, num_pixels: int) -> int:
    """The number of pixels, if they make a square picture."""
    if num_pixels < 1 or math.isqrt(num_pixels) ** 2 != num_pixels:
        raise InputError(
            f"{where} has {num_pixels} pixels after its label, which make no square picture."
        )
    return num_pixels


def _values(where: str, cells: Sequence[str], num_pixels: int) -> np.ndarray:
    """(num_pixels,) float32: the values as they stand in the file."""
    if len(cells) != num_pixels:
        raise BadRow(
            where,
            f" has {len(cells)} pixels after its label, but the first has {num_pixels}.",
            "of another size",
        )
    try:
        values = np.array(cells, dtype=np.float32)
    except ValueError as error:
        wrong = next(cell for cell in cells if not _is_number(cell))
        raise BadRow(
            where,
            f" has a pixel that is no number: {quoted(wrong)}.",
            "with a pixel that is no number",
        ) from error
    if not (values >= 0).all() or np.isinf(values).any():
        raise BadRow(
            where,
            " has a pixel that is below 0 or no finite number.",
            "with a pixel below 0 or not finite",
        )
    return values


def _white(name: str, largest: float) -> int:
    for white in _WHITES:
        if largest <= white:
            return white
    raise InputError(f"{name} has a pixel of {largest:g}; 255 is the largest there can be.")
