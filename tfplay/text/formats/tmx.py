"""Translation memories (TMX 1.4), as translators' programs write them."""

from collections.abc import Mapping

from tfplay.errors import InputError
from tfplay.text.formats.markup import read_markup

_CODES = {"bpt", "ept", "ph", "it", "ut"}
"""Elements within a segment that hold a program's formatting codes, and no words."""
_MOST_LANGUAGES = 50


def tmx_rows(name: str, text: str) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The units of a translation memory as rows, a column for each language.

    Args:
        name: The name of the file.
        text: Its text.

    Returns:
        The languages as the file writes them ("en-US"), and the rows.

    Raises:
        InputError: It is no XML, or has no unit.
    """
    memory = _Memory(name)
    read_markup(name, text, memory.start, memory.end, memory.add)
    if not memory.units:
        raise InputError(f"{name} has no <tu> with segments, as a translation memory has.")
    languages = list(memory.languages)
    return languages, [
        (f"{name}, unit {number}", [unit.get(language, "") for language in languages])
        for number, unit in enumerate(memory.units, start=1)
    ]


class _Memory:
    """What has been read of a translation memory."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.languages: dict[str, None] = {}
        self.units: list[dict[str, str]] = []
        self.language = ""
        self.pieces: list[str] | None = None
        """The text of the segment that is being read; `None` outside of one."""
        self.code_depth = 0

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        if element == "tu":
            self.units.append({})
        elif element == "tuv":
            self.language = attributes.get("xml:lang", attributes.get("lang", ""))
        elif element == "seg":
            self.pieces = []
        elif element in _CODES:
            self.code_depth += 1

    def end(self, element: str) -> None:
        if element == "seg" and self.units and self.pieces is not None:
            self.languages.setdefault(self.language)
            if len(self.languages) > _MOST_LANGUAGES:
                raise InputError(f"{self.name} has more than {_MOST_LANGUAGES} languages.")
            self.units[-1][self.language] = "".join(self.pieces)
            self.pieces = None
        elif element in _CODES:
            self.code_depth -= 1

    def add(self, text: str) -> None:
        if self.pieces is not None and not self.code_depth:
            self.pieces.append(text)
