"""Text files: one clear sentence for a file that will not do; written whole or not at all."""

import gzip
import json
import os
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import regex

from tfplay.errors import InputError
from tfplay.home import keep_private, make_folder
from tfplay.text.words import normalize

MAX_BYTES = 200 * 1024**2

# UTF-8's Devanagari when read as Latin-1 or Windows-1252: "हिन्दी" becomes "à¤¹à¤¿à¤¨...".
_GARBLED_DEVANAGARI = regex.compile("à[¤¥].")


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
    require_ending(path, (".txt",))
    return read_prose(path)


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


def read_prose(path: str | os.PathLike) -> str:
    """Reads a UTF-8 file of any name as `read_utf8`, NFC-normalised; Hindi must not be garbled."""
    text = normalize(read_utf8(path))
    refuse_garbled(Path(path).name, text)
    return text


def refuse_garbled(name: str, text: str) -> None:
    """Raises an `InputError` if there is Hindi in the text of this file in a wrong encoding."""
    if garbled := _GARBLED_DEVANAGARI.search(text):
        line = text.count("\n", 0, garbled.start()) + 1
        raise InputError(
            f"{name}, line {line}: {garbled.group()!r} looks like Hindi read in the "
            "wrong encoding; take the original file and save it as UTF-8."
        )


def require_ending(path: str | os.PathLike, allowed: tuple[str, ...]) -> str:
    """The ending of a file's name, in small letters and without `.gz`.

    Raises:
        InputError: It is none of those allowed.
    """
    name = Path(path).name
    ending = Path(name.lower().removesuffix(".gz")).suffix
    if ending not in allowed:
        raise InputError(f"{name} must end in {', '.join(allowed)}, or one of these and .gz.")
    return ending


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A path to write a file or a folder to, which takes the place of `path` in the end.

    Whatever goes wrong meanwhile, nothing half-written stays behind. What is written to `home()` is
    for nobody else to read.

    Raises:
        InputError: It cannot be written, for example to a full disk.

    Example:
        >>> with draft(Path("model.keras")) as path:
        ...     model.save(path)
    """
    try:
        make_folder(path.parent)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".saving-") as folder:
            place = Path(folder, path.name)
            yield place
            keep_private(place)
            if path.is_dir():
                os.replace(path, Path(folder, "former"))
            os.replace(place, path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}.") from error


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
