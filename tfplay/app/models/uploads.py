"""What has to do with uploaded files, whatever is in them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tfplay.errors import InputError


@contextmanager
def in_words_without(folder: str) -> Iterator[None]:
    """Has errors name a file alone, and not the temporary folder that it lies in."""
    try:
        yield
    except InputError as error:
        raise InputError(str(error).replace(folder + os.sep, "")) from error
