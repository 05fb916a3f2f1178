"""Data sets of others that shipped models learn from or are measured on; none comes with TFPlay."""

import os
from pathlib import Path

from tfplay.errors import InputError

VARIABLE = "TFPLAY_DATA"


def open_data(name: str) -> Path:
    """The folder of a data set, in the folder that the environment names.

    Args:
        name: The data set's folder, such as "wikigold".

    Raises:
        InputError: The environment names no folder, or the data set is not in it.
    """
    place = os.environ.get(VARIABLE)
    if not place:
        raise InputError(
            f"The data set {name!r} does not come with TFPlay: set {VARIABLE} to the folder that "
            "has it."
        )
    folder = Path(place, name)
    if not folder.is_dir():
        raise InputError(f"There is no data set {name!r} in {place}, which {VARIABLE} names.")
    return folder
