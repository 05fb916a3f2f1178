"""Words with a tag each: what a tagger of names and other spans is trained on."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import regex

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text.examples import TaggedSentence
from tfplay.text.files import read_prose, require_ending
from tfplay.text.formats.columns import spread
from tfplay.text.formats.grid import HEADER, Columns, check_roles
from tfplay.text.formats.labelled import require_few_classes
from tfplay.text.formats.rows import write_plain_lines
from tfplay.text.report import BadRow, Report

ENDINGS = (".conll", ".conllu", ".txt", ".tsv", ".bio", ".iob", ".iob2", ".bioes", ".ner")
ROLES = ("word", "tag")

_SPAN_TAG = regex.compile(r"O|[BIESLUM]-.+")
_TOKEN_NUMBER = regex.compile(r"\d+([-.]\d+)?")
_IOB = {"E": "I", "L": "I", "M": "I", "S": "B", "U": "B"}
"""The last, a middle and the only word of a span in BIOES, BILOU and BMES, as IOB2 writes them."""
_WORD_NAMES = {"word", "words", "token", "tokens", "form"}
_TAG_NAMES = {"tag", "tags", "pos", "upos", "ner", "ner_tag", "ner_tags", "label", "entity"}
"""Names of columns in a first line."""

Line = tuple[str, list[str]]
"""A line: its place in the file, and its cells."""


class _Places(NamedTuple):
    word: int
    tag: int
    has_spans: bool
    is_conllu: bool


def read_conll(
    path: str | os.PathLike, columns: Columns | None = None, report: Report | None = None
) -> list[TaggedSentence]:
    """Reads tagged sentences: a word a line, and a blank line between sentences.

    Args:
        path: A `.conll`, `.conllu`, `.txt` or `.tsv` file in UTF-8, plain or gzipped (`.gz` at
            the end), or one named after its tags (`.bio`, `.iob`, ...). Columns have a tab or
            spaces between; the word is the first, or the second if the first only numbers the
            words, and the tag the last, or the other way round if only the first has tags. Of
            CoNLL-U's ten, the word is the second and the tag the fourth; its lines for several
            words or for none ("3-4", "4.1") are skipped. A tag is "O", or "B-" or "I-" and the kind
            of span; or, if no word has such a tag, anything. Lines of "-DOCSTART-", comments and a
            first line that names the columns ("Token") are skipped.
        columns: The columns by their numbers: `{"word": 1, "tag": 4}`. "header" may be "yes" or
            "no".
        report: Records which columns were taken and how many sentences were left out, and why.

    Returns:
        At least one sentence, words NFC-normalised. Tags of spans are IOB2, in which "B-" begins
        every span; IOB1, in which it only parts two neighbours of one kind (Ramshaw and Marcus,
        1995, arXiv cmp-lg/9505040), BIOES and BILOU are understood too.

    Raises:
        InputError: If the file is missing, empty, not text, too big or damaged, half of its
            sentences have a line without a tag or with an unknown one, or no word is in a span.

    Example:
        >>> read_conll("wikigold.conll.txt")[0].words[:3]
        ('010', 'is', 'the')
    """
    name = Path(path).name
    report = Report() if report is None else report
    require_ending(path, ENDINGS)
    check_roles(ROLES, columns)
    rows = list(_sentences(name, read_prose(path, report)))
    _drop_header(rows, columns or {})
    places = _places([line for row in rows for line in row], columns or {})
    if places.is_conllu:
        rows = _only_words(rows)
    sentences = report.parse_all(name, rows, partial(_tagged, places))
    report.columns = {"word": _column_name(places.word), "tag": _column_name(places.tag)}
    tags = {tag for sentence in sentences for tag in sentence.tags}
    if tags <= {"O"}:
        raise InputError(f"{name} tags no word as part of a span; there must be some B- or I-.")
    require_few_classes(name, "tag", len(tags))
    return sentences


def write_conll(path: str | os.PathLike, sentences: Iterable[TaggedSentence]) -> None:
    """Writes a `.conll` file that `read_conll` reads; words have no tabs and line breaks."""
    require_ending(path, (".conll",))
    write_plain_lines(
        Path(path),
        (
            "".join(f"{word}\t{tag}\n" for word, tag in zip(*sentence, strict=True))
            for sentence in sentences
        ),
    )


def to_iob2(tags: Sequence[str]) -> tuple[str, ...]:
    """Tags of the same spans in IOB2, where every span begins with "B-".

    Example:
        >>> to_iob2(["I-PER", "I-PER", "O", "I-LOC"])
        ('B-PER', 'I-PER', 'O', 'B-LOC')
    """
    previous = ["O", *tags]
    return tuple(
        f"B-{tag[2:]}" if tag.startswith("I-") and before[2:] != tag[2:] else tag
        for before, tag in zip(previous, tags, strict=False)
    )


def _sentences(name: str, text: str) -> Iterator[list[Line]]:
    """The lines of each sentence; a new one begins after a blank line."""
    lines: list[Line] = []
    for number, content in enumerate([*text.split("\n"), ""], start=1):
        parts = (cell.strip(" ") for cell in content.split("\t" if "\t" in content else " "))
        cells = [cell for cell in parts if cell]
        if cells and cells[0] != "-DOCSTART-":
            is_comment = cells[0] == "#" or content.startswith("# ")
            is_comment |= len(cells) == 1 and content.startswith("#")  # "#id=1"
            if not is_comment or _SPAN_TAG.fullmatch(cells[-1]):
                lines.append((f"{name}, line {number}", cells))
        elif lines:
            yield lines
            lines = []


def _drop_header(rows: list[list[Line]], columns: Columns) -> None:
    """Takes the first line away if it names the columns."""
    said = columns.get(HEADER)
    if rows and (said == "yes" or (said is None and _names_columns(rows[0][0][1]))):
        rows[0] = rows[0][1:]
        rows[:] = [lines for lines in rows if lines]


def _names_columns(cells: Sequence[str]) -> bool:
    names = {cell.casefold() for cell in cells}
    return bool(names & _WORD_NAMES and names & _TAG_NAMES)


def _only_words(rows: Sequence[list[Line]]) -> list[list[Line]]:
    """The rows without CoNLL-U's lines for several words or for a word that is not written."""
    words = ([line for line in lines if line[1][0].isdecimal()] for lines in rows)
    return [lines for lines in words if lines]


def _places(lines: Sequence[Line], columns: Columns) -> _Places:
    """Where word and tag stand; -1 is the last column."""
    some = [cells for _, cells in spread(lines)]
    word, tag = 0, -1
    is_numbered = bool(some) and all(_TOKEN_NUMBER.fullmatch(cells[0]) for cells in some)
    is_conllu = is_numbered and all(len(cells) == 10 for cells in some)
    if is_conllu:
        word, tag = 1, 3
    elif is_numbered and all(len(cells) > 2 for cells in some):
        word = 1
    elif 2 * _num_spans(some, -1) < len(some) and 10 * _num_spans(some, 0) > 9 * len(some):
        word, tag = -1, 0
    word, tag = (
        place if chosen is None else _number(role, chosen) - 1
        for role, place, chosen in (
            ("word", word, columns.get("word")),
            ("tag", tag, columns.get("tag")),
        )
    )
    if word == tag:
        raise InputError(f"Column {word + 1} would be both word and tag; choose two columns.")
    tags = [cells[tag] for cells in some if tag < len(cells) and len(cells) > 1]
    is_repeated = 2 * len(set(tags)) <= len(tags) and _are_as_wide(some)
    is_plain = is_conllu or "tag" in columns or is_repeated
    is_plain = is_plain and len(set(tags)) > 1
    has_spans = not is_plain or any(map(_SPAN_TAG.fullmatch, tags))
    return _Places(word, tag, has_spans, is_conllu)


def _are_as_wide(some: Sequence[Sequence[str]]) -> bool:
    """Whether nearly all lines have the same number of columns; lines of prose do not."""
    widths = Counter(map(len, some))
    return max(widths.values(), default=0) >= 0.9 * len(some)


def _number(role: str, column: int | str) -> int:
    if not isinstance(column, int) or column < 1:
        raise InputError(f"The {role} is in column {quoted(column)}; it must be a number from 1.")
    return column


def _num_spans(some: Sequence[Sequence[str]], place: int) -> int:
    return sum(bool(_SPAN_TAG.fullmatch(cells[place])) for cells in some)


def _column_name(place: int) -> str:
    return "the last column" if place == -1 else f"column {place + 1}"


def _tagged(places: _Places, lines: list[Line]) -> TaggedSentence:
    words, tags = [], []
    for where, cells in lines:
        if len(cells) < 2 or max(places.word, places.tag) >= len(cells):
            raise BadRow(
                where,
                f" has one column, {cells[0]!r}; it needs a word and a tag."
                if len(cells) == 1
                else f" has {len(cells)} columns; the word is in column {places.word + 1} and the "
                f"tag in {_column_name(places.tag)}.",
                "with a line of too few columns",
            )
        tag = cells[places.tag]
        if places.has_spans and not _SPAN_TAG.fullmatch(tag):
            raise BadRow(
                where,
                f" has the tag {quoted(tag)}; it must be O, or B- or I- and the kind of span, as "
                "in B-PER.",
                "with an unknown tag",
            )
        if places.has_spans and tag[0] in _IOB:
            tag = _IOB[tag[0]] + tag[1:]
        words.append(cells[places.word])
        tags.append(tag)
    return TaggedSentence(tuple(words), to_iob2(tags) if places.has_spans else tuple(tags))
