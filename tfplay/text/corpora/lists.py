"""The grammars' word lists: TOML files beside them, for people to read and correct."""

import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from tfplay.errors import InputError
from tfplay.text.files import read_utf8

_CORPORA = Path(__file__).parent


class Lists:
    """A file of word lists, or a table in it; a broken list raises an error that names it.

    Args:
        place: The file, and the path to the table: "stories/words.toml", "phrases".
        entries: What the file or the table holds.
    """

    def __init__(self, place: str, entries: dict[str, Any]):
        self._place = place
        self._entries = entries
        self._tables: dict[str, Lists] = {}
        self._asked: set[str] = set()

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words, phrases or patterns: each once, none empty."""
        words = self._filled_words(key, self._get(key))
        self._require_once(key, words)
        return words

    def weighted(self, key: str) -> tuple[str, ...]:
        """A list to draw from: what stands twice comes twice as often, "" is nothing at all."""
        return self._checked_words(key, self._get(key))

    def rows(
        self, key: str, length: int | None = None, may_end_empty: bool = False
    ) -> tuple[tuple[str, ...], ...]:
        """A list of lists of words: each once, no word empty.

        Args:
            key: Name of the list.
            length: How many words each inner list must have; any number by default.
            may_end_empty: Whether the last word of a row may be empty.
        """
        rows = self._checked_list(key, self._get(key))
        for number, row in enumerate(rows, start=1):
            words = self._checked_words(f"{key}[{number}]", row)
            self._require_filled(f"{key}[{number}]", words[:-1] if may_end_empty else words)
            if length and len(row) != length:
                self.reject(f"{key}[{number}]", f"has {len(row)} entries, but {length} are needed")
        self._require_once(key, rows)
        return tuple(map(tuple, rows))

    def filled_slots(self) -> list[dict[str, str]]:
        """The rows of a table that has `slots` and `rows`: each row's words by their slots."""
        slots = self.words("slots")
        return [dict(zip(slots, row, strict=True)) for row in self.rows("rows", len(slots))]

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        numbers = self._checked_list(key, self._get(key))
        if not all(type(number) is int for number in numbers):  # True is an int, too
            self.reject(key, "must hold whole numbers only")
        return tuple(numbers)

    def text(self, key: str) -> str:
        """A single word or sentence."""
        return self._filled_words(key, [self._get(key)])[0]

    def texts(self) -> dict[str, str]:
        """All entries of this table, if each is a single word or sentence."""
        return {key: self.text(key) for key in self._entries}

    def lists(self) -> dict[str, tuple[str, ...]]:
        """All entries of this table, if each is a list of words."""
        return {key: self.words(key) for key in self._entries}

    def table(self, key: str) -> "Lists":
        """A table within this one."""
        entries = self._get(key)
        if not isinstance(entries, dict) or not entries:
            self.reject(key, "must be a table with at least one entry")
        return self._tables.setdefault(key, Lists(f"{self._place}: {key}", entries))

    def tables(self) -> dict[str, "Lists"]:
        """All entries of this table, if each is a table."""
        return {key: self.table(key) for key in self._entries}

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def require_all_used(self) -> None:
        """Raises an InputError for an entry that nobody has asked for: its name may be wrong."""
        for key in self._entries:
            if key not in self._asked:
                self.reject(key, "is used nowhere")
        for table in self._tables.values():
            table.require_all_used()

    def reject(self, key: str, reason: str) -> None:
        """Raises an InputError that names the file, the entry and what is wrong with it."""
        raise InputError(f"tfplay/text/corpora/{self._place}: {key} {reason}.")

    def _get(self, key: str) -> Any:
        if key not in self._entries:
            self.reject(key, "is missing")
        self._asked.add(key)
        return self._entries[key]

    def _checked_list(self, key: str, value: Any) -> list[Any]:
        if not isinstance(value, list):
            self.reject(key, "must be a list in square brackets")
        if not value:
            self.reject(key, "must not be empty")
        return value

    def _checked_words(self, key: str, value: Any) -> tuple[str, ...]:
        words = self._checked_list(key, value)
        for word in words:
            if not isinstance(word, str):
                self.reject(key, f"must hold words in quotation marks only, not {word!r}")
        return tuple(words)

    def _filled_words(self, key: str, value: Any) -> tuple[str, ...]:
        words = self._checked_words(key, value)
        self._require_filled(key, words)
        return words

    def _require_filled(self, key: str, words: Sequence[str]) -> None:
        for number, word in enumerate(words, start=1):
            if not word.strip():
                self.reject(key, f"has an empty word, {word!r}, as number {number}")

    def _require_once(self, key: str, entries: Sequence[Any]) -> None:
        for number, entry in enumerate(entries):
            if entry in entries[:number]:
                self.reject(key, f"has {entry!r} twice")


@cache
def read_lists(file: str) -> Lists:
    """The word lists in a file, which is read once.

    Args:
        file: Its path within the folder of the corpora.

    Raises:
        InputError: The file is missing or no TOML, or, later, a list in it is missing or broken.

    Example:
        >>> read_lists("songs.toml").table("words").words("how")[:2]
        ('blue', 'cold')
    """
    text = read_utf8(_CORPORA / file)
    try:
        return Lists(file, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"tfplay/text/corpora/{file} is not correct TOML: {error}.") from error


def made_by(module: str) -> Callable[[str, int, int], list[Any]]:
    """The function `examples` of a grammar, imported when examples are first asked for.

    So listing the corpora reads no word lists.

    Args:
        module: The module's name within this package.
    """

    def examples(part: str, count: int, seed: int) -> list[Any]:
        return _grammar(module).examples(part, count, seed)

    return examples


@cache
def _grammar(module: str) -> ModuleType:
    """A grammar, which reads all its word lists when it is imported.

    Raises:
        InputError: There is a list in its folder that it does not use.
    """
    grammar = import_module(f"{__package__}.{module}")
    folder = module.partition(".")[0]
    for path in (_CORPORA / folder).glob("*.toml"):
        read_lists(f"{folder}/{path.name}").require_all_used()
    return grammar
