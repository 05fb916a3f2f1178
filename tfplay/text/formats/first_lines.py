"""What stands above a table and is no row of it: remarks, and what Anki says of its columns."""

import html
from itertools import takewhile
from typing import NamedTuple

import regex

_ANKI = regex.compile(
    r"#(separator|html|columns|tags|if matches|(?:guid|notetype|deck|tags) column|notetype|deck)"
    r":(.*)"
)
_ANKI_SEPARATORS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "space": " ",
    "pipe": "|",
    "colon": ":",
}
_OTHER_COLUMNS = ("guid column", "notetype column", "deck column", "tags column")
_TAG = regex.compile(r"<[^<>]*>")


class FirstLines(NamedTuple):
    """What the first lines of a file say.

    Attributes:
        rest: The text with as many lines, those said things in being blank.
        num_remarks: Lines that say nothing about the table.
        separator: What stands between its columns; `None` if that is not said.
        names: The columns' names; none if they are not said.
        others: The places of columns that hold no text of a card: ids, decks and tags.
        is_html: Whether the texts are HTML.
    """

    rest: str
    num_remarks: int = 0
    separator: str | None = None
    names: tuple[str, ...] = ()
    others: frozenset[int] = frozenset()
    is_html: bool = False

    def cells(self, cells: list[str]) -> list[str]:
        """The cells of a row that hold text, as plain text."""
        kept = [cell for place, cell in enumerate(cells) if place not in self.others]
        return [_plain(cell) for cell in kept] if self.is_html else kept


def split_first_lines(text: str) -> FirstLines:
    r"""Reads the lines before a table that begin with "#".

    Remarks have a space after the sign and no tab ("# made in 2020"); what Anki exports says
    "#separator:tab", "#html:true", "#columns:Front\tBack" and where its other columns stand.

    Example:
        >>> split_first_lines("#separator:Semicolon\nHello;नमस्ते").separator
        ';'
    """
    lines = list(takewhile(_is_said, text.split("\n")))
    if not lines:
        return FirstLines(text)
    said = dict(found.groups() for line in lines if (found := _ANKI.fullmatch(line)))
    rest = "\n" * len(lines) + text[sum(len(line) + 1 for line in lines) :]
    wanted = said.get("separator", "").strip()
    separator = _ANKI_SEPARATORS.get(wanted.lower(), wanted if len(wanted) == 1 else None)
    others = {int(said[name]) - 1 for name in _OTHER_COLUMNS if said.get(name, "").isdecimal()}
    first = FirstLines(rest, len(lines) - len(said), separator, (), frozenset(others))
    names = said["columns"].split(separator or "\t") if "columns" in said else []
    return first._replace(
        names=tuple(first.cells(names)), is_html=said.get("html", "").strip() == "true"
    )


def _is_said(line: str) -> bool:
    return bool(_ANKI.fullmatch(line)) or (line.startswith("# ") and "\t" not in line)


def _plain(cell: str) -> str:
    return html.unescape(_TAG.sub(" ", cell)).replace("\xa0", " ").strip()
