"""Small grey pictures with a label each, as MNIST is spread: what an image classifier learns."""

import math
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from tfplay.errors import InputError
from tfplay.text.examples import LabelledImage
from tfplay.text.files import read_utf8, require_ending
from tfplay.text.formats.labelled import require_two_labels
from tfplay.text.formats.rows import csv_rows, write_csv_rows
from tfplay.text.words import normalize

_WHITES = (1, 16, 255)


def read_images(path: str | os.PathLike) -> list[LabelledImage]:
    """Reads square grey pictures, one a row.

    Args:
        path: A `.csv` file, plain or gzipped (`.gz` at the end): the label, then a column for each
            pixel, row by row from the top left. A first row of column names is skipped. The
            largest value of the file says what white is: 1 if none is larger than that, else 16
            (the digits of scikit-learn), else 255 (MNIST).

    Returns:
        Pictures of one size and at least two classes; pixels (N, N, 1) float32 from 0 to 1.

    Raises:
        InputError: If the file is missing, empty, not text, too big or damaged, a row is no
            square picture of the same size as the first or has no label, or all labels are equal.

    Example:
        >>> read_images("mnist_test.csv.gz")[0].pixels.shape
        (28, 28, 1)
    """
    name = Path(path).name
    require_ending(path, (".csv",))
    labels, pictures = [], []
    for line, cells in _without_header(csv_rows(name, read_utf8(path))):
        where = f"{name}, line {line}"
        labels.append(_label(where, cells[0]))
        num_pixels = pictures[0].size if pictures else _square(where, len(cells) - 1)
        pictures.append(_values(where, cells[1:], num_pixels))
    if not pictures:
        raise InputError(f"{name} has no picture.")
    require_two_labels(name, labels)
    size = math.isqrt(num_pixels)
    values = np.stack(pictures).reshape(-1, size, size, 1)
    values /= _white(name, values.max())
    return [LabelledImage(pixels, label) for pixels, label in zip(values, labels, strict=True)]


def write_images(path: str | os.PathLike, images: Iterable[LabelledImage]) -> None:
    """Writes a `.csv` file that `read_images` reads; the pictures are square and of one size."""
    require_ending(path, (".csv",))
    write_csv_rows(Path(path), ([image.label, *map(str, image.pixels.ravel())] for image in images))


def _without_header(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for number, (line, cells) in enumerate(rows):
        if number > 0 or len(cells) < 2 or _is_number(cells[1]):
            yield line, cells


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _label(where: str, cell: str) -> str:
    label = normalize(cell).strip()
    if not label:
        raise InputError(f"{where} has no label in its first column.")
    return label


def _square(where: str, num_pixels: int) -> int:
    """So many pixels, if they make a square picture."""
    if num_pixels < 1 or math.isqrt(num_pixels) ** 2 != num_pixels:
        raise InputError(
            f"{where} has {num_pixels} pixels after its label, which make no square picture."
        )
    return num_pixels


def _values(where: str, cells: list[str], num_pixels: int) -> np.ndarray:
    """(num_pixels,) float32, as they stand in the file."""
    if len(cells) != num_pixels:
        raise InputError(
            f"{where} has {len(cells)} pixels after its label, but the first has {num_pixels}."
        )
    try:
        values = np.array(cells, dtype=np.float32)
    except ValueError as error:
        raise InputError(
            f"{where} has a pixel that is no number: "
            f"{next(cell for cell in cells if not _is_number(cell))!r}."
        ) from error
    if not (values >= 0).all() or np.isinf(values).any():
        raise InputError(f"{where} has a pixel that is below 0 or no finite number.")
    return values


def _white(name: str, largest: float) -> int:
    for white in _WHITES:
        if largest <= white:
            return white
    raise InputError(f"{name} has a pixel of {largest:g}; 255 is the largest there can be.")
