"""Text files: read with one clear sentence for each problem, and written whole or not at all."""

import gzip
import json
import os
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import regex

from tfplay.errors import InputError
from tfplay.home import keep_private, make_folder
from tfplay.text.report import Report
from tfplay.text.words import normalize

MAX_BYTES = 200 * 1024**2
MAX_LINES = 5_000_000
"""A small gzip file may hold hundreds of millions of short lines, each an object in memory."""

_BYTE_ORDER_MARKS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}

MOST_HIGH_BYTES = 0.1
"""Share of bytes beyond ASCII that European text has at most; more means another encoding."""
_FEWEST_ZEROS = 0.05
"""Share of zero bytes in UTF-16 at least: spaces, line ends and a to z have one each."""
DRAFT_PREFIX = ".saving-"

SECONDS_OF_READING = 1.0
SECONDS_BETWEEN_TRIES = 0.01

_CONTROL = regex.compile(r"[\0-\x08\x0e-\x1f]")
# UTF-8's Devanagari when read as Latin-1 or Windows-1252: "हिन्दी" becomes "à¤¹à¤¿à¤¨...".
_GARBLED_DEVANAGARI = regex.compile("à[¤¥].")


def read_text(path: str | os.PathLike, report: Report | None = None) -> str:
    """Reads a plain text file.

    Args:
        path: A `.txt` file, or the same gzipped (`.txt.gz`), encoded as for `read_utf8`.
        report: Records how the file was read.

    Returns:
        The text, NFC-normalised, with Unix line ends and no byte order mark.

    Raises:
        InputError: If the file is missing, empty, not text, too big or damaged.

    Example:
        >>> read_text("input.txt.gz")[:14]
        'First Citizen:'
    """
    require_ending(path, (".txt",))
    text = read_prose(path, report)
    if report is not None:
        report.num_rows = len(text.splitlines())
    return text


def read_json(path: str | os.PathLike, report: Report | None = None) -> Any:
    """Reads a JSON file of any name, gzipped if it ends in `.gz`."""
    return parse_json(Path(path).name, read_utf8(path, report))


def parse_json(name: str, text: str) -> Any:
    """The value of a JSON file's text; raises an `InputError` if it is not JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is cut short or damaged: it is not JSON.") from error


def read_utf8(path: str | os.PathLike, report: Report | None = None) -> str:
    """Reads a text file of any name, gzipped if it ends in `.gz`; line ends become Unix ones.

    It is in UTF-8; or in UTF-16, as Windows writes "Unicode"; or in Windows-1252, a guess that the
    report mentions.

    Args:
        path: The file.
        report: Records any other encoding than UTF-8.

    Raises:
        InputError: If the file is missing, empty, not text, too big or damaged.
    """
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
    text = _decode(name, data, report).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(f"{name} is empty.")
    if (num_lines := text.count("\n")) > MAX_LINES:
        raise InputError(f"{name} has {num_lines:,} lines; the most is {MAX_LINES:,}.")
    return text


def read_prose(path: str | os.PathLike, report: Report | None = None) -> str:
    """Reads a file as `read_utf8`, NFC-normalised; Hindi must not be garbled."""
    text = normalize(read_utf8(path, report))
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


_ADVICE = {
    ".xls": "; open it and save it as CSV",
    ".ods": "; open it and save it as CSV",
    ".doc": "; open it and save it as plain text",
    ".docx": "; open it and save it as plain text",
    ".pdf": "; copy its text into a plain text file",
    ".zip": "; unpack it and take the file in it",
}
"""What to do with files that people have and that hold no plain data."""


def require_ending(path: str | os.PathLike, allowed: tuple[str, ...]) -> str:
    """The ending of a file's name, in small letters and without `.gz`.

    Raises:
        InputError: It is none of those allowed.
    """
    name = Path(path).name
    ending = Path(name.lower().removesuffix(".gz")).suffix
    if ending not in allowed:
        raise InputError(
            f"{name} must end in {', '.join(allowed)}, or one of these and .gz"
            f"{_ADVICE.get(ending, '')}."
        )
    return ending


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A temporary path to write a file or a folder to, which replaces `path` in the end.

    If anything goes wrong, nothing half-written stays behind. Files in `home()` are readable only
    by their owner.

    Raises:
        InputError: It cannot be written, for example to a full disk.

    Example:
        >>> with draft(Path("model.keras")) as path:
        ...     model.save(path)
    """
    try:
        make_folder(path.parent)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=DRAFT_PREFIX) as folder:
            place = Path(folder, path.name)
            yield place
            keep_private(place)
            if path.is_dir():
                _move(path, Path(folder, "former"))
            _move(place, path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}.") from error


def require_free_folder(folder: Path, ours: Collection[str]) -> None:
    """Raises an `InputError` if there is anything in a folder that is not to be replaced.

    Args:
        folder: Where something will be written; it need not be there.
        ours: Names of all files that will be.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; the model is written to a folder.")
    others = {path.name for path in folder.glob("*")} - set(ours)
    if others:
        raise InputError(
            f"{folder} has other files, such as {min(others)}; name a folder that is not there yet."
        )


def _move(place: Path, path: Path) -> None:
    """Moves a file or a folder to where another may be.

    Windows refuses while somebody reads it, which is soon over.
    """
    latest = time.monotonic() + SECONDS_OF_READING
    while True:
        try:
            os.replace(place, path)
            return
        except PermissionError:
            if time.monotonic() > latest:
                raise
        time.sleep(SECONDS_BETWEEN_TRIES)


def _decode(name: str, data: bytes, report: Report | None) -> str:
    encoding = next(
        (encoding for mark, encoding in _BYTE_ORDER_MARKS.items() if data.startswith(mark)),
        "utf-8-sig",
    )
    if encoding == "utf-8-sig" and b"\0" in data:
        return _utf16_without_mark(name, data, report)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8-sig":
            raise InputError(
                f"{name} begins as {encoding.upper()} but is cut short or damaged."
            ) from error
        encoding, text = _decode_other_than_utf8(name, data, error)
    if "\0" in text:
        raise InputError(f"{name} is a binary file, not text.")
    if report is not None and encoding != "utf-8-sig":
        report.notes.append(_ENCODING_NOTES[encoding])
    return text


def _utf16_without_mark(name: str, data: bytes, report: Report | None) -> str:
    """UTF-16 without its mark: many zero bytes, all of them on one side of the letters.

    Raises:
        InputError: It is no text.
    """
    is_big, is_little = b"\0" in data[::2], b"\0" in data[1::2]
    if is_big != is_little and data.count(b"\0") >= _FEWEST_ZEROS * len(data):
        with suppress(UnicodeDecodeError):
            text = data.decode("utf-16-be" if is_big else "utf-16-le")
            if "\n" in text and not _CONTROL.search(text):
                if report is not None:
                    report.notes.append(_ENCODING_NOTES["utf-16"])
                return text
    line = data.count(b"\n", 0, data.index(b"\0")) + 1
    raise InputError(f"{name} is a binary file, not text: line {line} has a zero byte.")


_ENCODING_NOTES = {
    "utf-16": "The file is in UTF-16.",
    "utf-32": "The file is in UTF-32.",
    "cp1252": "The file is not in UTF-8 and was read as Windows-1252: if letters beyond a to z "
    "look wrong, save it as UTF-8.",
    "damaged utf-8": "Bytes that are not UTF-8 stand as \ufffd.",
}


def _decode_other_than_utf8(name: str, data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    """UTF-8 with a few damaged letters; or Windows-1252, if there are few letters beyond ASCII.

    Raises:
        InputError: It may be any other encoding, which bytes alone do not tell.
    """
    repaired = data.decode("utf-8-sig", "replace")
    beyond_ascii = sum(count for letter, count in Counter(repaired).items() if letter > "\x7f")
    if 10 * repaired.count("\ufffd") <= beyond_ascii:
        return "damaged utf-8", repaired
    num_high = len(data.translate(None, bytes(range(128))))
    if num_high <= MOST_HIGH_BYTES * len(data):
        with suppress(UnicodeDecodeError):
            return "cp1252", data.decode("cp1252")
    line = data.count(b"\n", 0, error.start) + 1
    raise InputError(
        f"{name}, line {line}: the byte 0x{data[error.start]:02x} is not UTF-8 text; "
        "save the file as UTF-8."
    ) from error
