"""Sentence pairs: the data of a translator."""

import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from tfplay.errors import InputError
from tfplay.text.examples import Pair
from tfplay.text.files import require_ending
from tfplay.text.formats.column_names import known_names, language_name, language_of, place_of_role
from tfplay.text.formats.columns import FEW, Kind, Profile
from tfplay.text.formats.grid import Columns, Grid, Row, chosen_place, read_grid
from tfplay.text.formats.moses import half_ending
from tfplay.text.formats.rows import write_plain_lines
from tfplay.text.report import BadRow, Report

MAX_LINE_LENGTH = 20_000
ENDINGS = (".tsv", ".txt", ".csv", ".jsonl", ".json", ".tmx", ".xlsx", ".parquet")
ROLES = ("source", "target")

_MANY_WORDS = 100
"""More different words than any language uses to write numbers."""


def read_pairs(
    path: str | os.PathLike, columns: Columns | None = None, report: Report | None = None
) -> list[Pair]:
    """Reads sentence pairs, one a line; blank lines are skipped.

    Args:
        path: A file in UTF-8, plain or gzipped (`.gz` at the end):

            - `.tsv`, `.txt`: columns with a tab between. Quotes belong to the text, unless they
              stand around cells as a spreadsheet writes them.
            - `.csv`: columns with a comma, a semicolon, a tab or a vertical bar between; quotes
              around a cell that has one.
            - `.jsonl`: an object a line; what stands in an object within, as
              `{"translation": {"en": ..., "de": ...}}`, is called "translation.en".
            - `.json`: the same objects in a list.
            - `.tmx`: a translation memory; its languages are the columns.
            - `.xlsx`: the first sheet of a workbook. `.parquet`: a table of strings.

            A first line that names the columns is no pair, nor are remarks above it ("# ..."), nor
            what Anki says there of its columns.
        columns: The columns by role: `{"source": 2, "target": "hi"}`. Others are found by the
            columns' names ("source", "en"), or else guessed: the first two that hold sentences.
        report: Records which columns were taken and how many rows were left out, and why.

    Returns:
        At least one pair; sentences are NFC-normalised, not empty, and have single spaces only.

    Raises:
        InputError: If the file is missing, empty, not text, too big or damaged, half of its rows
            are no pairs, or its columns are no sentences.

    Example:
        >>> read_pairs("hin.tsv")[0]
        Pair(source='Wow!', target='वाह!')
    """
    report = Report() if report is None else report
    if language := half_ending(name := Path(path).name):
        raise InputError(
            f"{name} has only the {language_name(language_of(language))} half of each pair; give "
            "the file of their translations with it."
        )
    grid = read_grid(path, ENDINGS, ROLES, columns, report)
    places = pair_columns(grid, columns or {}, report)
    source, target = (language_of(grid.name_of(place)) for place in places)
    if source and target:
        report.notes.append(f"{language_name(source)} to {language_name(target)}.")
    pairs = report.parse_all(grid.name, grid.rows, partial(_pair, grid, places))
    if not pairs:
        raise InputError(f"{grid.name} has no sentence pair.")
    if len(pairs) > 1 and all(pair.source == pair.target for pair in pairs):
        report.notes.append("Source and target are the same in every row.")
    return pairs


def pair_languages(
    path: str | os.PathLike, columns: Columns | None = None
) -> tuple[str, str] | None:
    """The languages that the columns of a file are named after; `None` if there are none.

    Raises:
        InputError: For the reasons of `read_pairs`.
    """
    grid = read_grid(path, ENDINGS, ROLES, columns, Report())
    places = pair_columns(grid, columns or {}, Report())
    source, target = (language_of(grid.name_of(place)) for place in places)
    return (language_name(source), language_name(target)) if source and target else None


def write_pairs(path: str | os.PathLike, pairs: Iterable[Pair]) -> None:
    """Writes a `.tsv` file that `read_pairs` reads; sentences have no tabs and line breaks."""
    require_ending(path, (".tsv",))
    write_plain_lines(Path(path), ("\t".join(pair) for pair in [Pair("source", "target"), *pairs]))


def pair_columns(grid: Grid, columns: Columns, report: Report) -> tuple[int, int]:
    """The places of source and target.

    Raises:
        InputError: There are no two columns of sentences, or one was chosen twice.
    """
    held = grid.profiles()
    chosen = {role: chosen_place(grid, role, columns[role]) for role in ROLES if role in columns}
    named = _named_places(grid.names or [], [column.kind for column in held])
    found = named | chosen
    report.is_guess = len(found) < 2
    if len(found) < 2:
        found = _guessed_places(grid, held, found)
    places = found["source"], found["target"]
    if places[0] == places[1]:
        raise InputError(
            f"{grid.name}: {grid.describe(places[0])} would be both source and target; "
            "choose two different columns."
        )
    report.columns = {role: grid.describe(found[role]) for role in ROLES}
    _check_sentences(grid, held, places, is_certain=not report.is_guess)
    return places


def _named_places(names: list[str], kinds: Sequence[Kind]) -> dict[str, int]:
    """Source and target by the columns' names: these roles, or else the first two languages."""
    found = {role: place for role in ROLES if (place := place_of_role(names, role)) is not None}
    if len(found) == 2:
        return found
    languages: dict[str, int] = {}
    for place, (name, kind) in enumerate(zip(names, kinds, strict=False)):
        language = language_of(name)
        if language and kind in (Kind.WORDS, Kind.EMPTY):
            languages.setdefault(language, place)
    return dict(zip(ROLES, languages.values(), strict=False)) if len(languages) > 1 else {}


def _guessed_places(grid: Grid, held: list[Profile], found: dict[str, int]) -> dict[str, int]:
    """Places for the roles that no name gives: the first columns that may have them."""
    taken = set(found.values())
    free = [place for place in range(grid.width) if place not in taken]
    fitting = [place for place in free if _holds_sentences(held[place])]
    missing = [role for role in ROLES if role not in found]
    sentences = [place for place in fitting if not _only_describes(held, place, fitting)]
    if len(sentences) >= len(missing):
        fitting = sentences
    if len(fitting) < len(missing):  # numbers may be what is translated, if there is nothing else
        filled = [place for place in free if held[place].num_filled]
        fitting = next((few for few in (free, filled) if len(few) == len(missing)), fitting)
    if len(fitting) < len(missing):
        raise InputError(_no_pairs(grid, held))
    return found | dict(zip(missing, fitting, strict=False))


def _only_describes(held: list[Profile], place: int, fitting: Sequence[int]) -> bool:
    """Whether a column describes longer texts beside it: their language or author, say."""
    column = held[place]
    if column.values and all(map(_is_language, column.values)):
        return True
    longest = max(held[other].words for other in fitting)
    is_short = column.words < 2.5 and column.sentences < 0.5
    is_again = 2 < column.num_filled < FEW and column.num_distinct < column.num_filled
    is_shorter = 2 * column.words <= longest and (column.is_repeated or is_again)
    return is_short and (is_shorter or 8 * column.num_distinct <= column.num_filled)


def _is_language(value: str) -> bool:
    return len(value.split()) == 1 and language_of(value) is not None


def _holds_sentences(column: Profile) -> bool:
    is_remark = _shared_beginning(column.values) > 12 and len(column.values) > 2
    return column.is_text and not is_remark


def _shared_beginning(values: Iterable[str]) -> int:
    """The common beginning of the texts."""
    return len(os.path.commonprefix(list(values)))


def _check_sentences(
    grid: Grid, held: list[Profile], places: tuple[int, int], is_certain: bool
) -> None:
    """Refuses columns that no translator can learn from.

    Args:
        grid: The table.
        held: What its columns hold.
        places: The places of source and target.
        is_certain: Whether names or the visitor chose them: then labels and numbers are accepted.
    """
    for place, other in (places, places[::-1]):
        column, beside = held[place], held[other]
        what = None
        if not column.num_filled and grid.rows:
            what = "nothing"
        elif _are_ids(column, beside):
            what = "ids"
        elif not is_certain and column.kind is Kind.COORDINATES:
            what = "coordinates"
        elif not is_certain and _are_labels(grid, place, column, beside):
            what = f"labels ({', '.join(sorted(column.values)[:4])}), as for text classification"
        elif not is_certain and {column.kind, beside.kind} == {Kind.NUMBERS} and grid.rows:
            what = "numbers"
        if what:
            raise InputError(
                f"{grid.name}: {grid.describe(place)} holds {what} and no sentences to translate"
                f"{_other_choice(grid, held, places)}."
            )


def _are_ids(column: Profile, beside: Profile) -> bool:
    """Whether these are numbers or codes, different in each row, next to sentences."""
    is_key = column.kind in (Kind.NUMBERS, Kind.CODES, Kind.COORDINATES, Kind.ADDRESSES)
    is_distinct = column.num_distinct > 0.9 * column.num_filled
    return is_key and is_distinct and beside.is_text and _are_surely_sentences(beside)


def _are_surely_sentences(column: Profile) -> bool:
    """Whether they cannot be numbers in words: too many different words, or full stops."""
    if column.sentences >= 0.5 and column.words >= 2:
        return True
    words = {word.casefold() for value in column.values for word in value.split()}
    return len(words) > _MANY_WORDS and column.words >= 3


def _are_labels(grid: Grid, place: int, column: Profile, beside: Profile) -> bool:
    """Whether a few short values are repeated, beside longer and different texts."""
    is_short = column.words < 2.5 and column.sentences < 0.5 and 2 * column.words <= beside.words
    is_called = "label" in known_names(grid.name_of(place))
    is_repeated = column.is_repeated and column.num_distinct <= 50 and column.num_filled >= 4
    is_fewer = is_repeated and beside.num_distinct >= 2 * column.num_distinct
    return beside.words >= 3 and is_short and (is_fewer or is_called)


def _other_choice(grid: Grid, held: list[Profile], places: tuple[int, int]) -> str:
    others = [
        place
        for place in range(grid.width)
        if place not in places and _holds_sentences(held[place])
    ]
    if not others:
        return ""
    return f"; choose the columns, of which {grid.describe(others[0])} holds text"


def _no_pairs(grid: Grid, held: list[Profile]) -> str:
    if not grid.rows:
        return f"{grid.name} has no sentence pair."
    if error := next((row for row in grid.rows if isinstance(row, BadRow)), None):
        return str(error)
    if grid.width < 2:
        first = grid.rows[0][0]
        return (
            f"{first} needs two columns, a source and a target "
            "(.tsv and .txt: a tab between; .csv: a comma; .jsonl: two strings)."
        )
    columns = ", ".join(
        f"{grid.describe(place)}: {column.kind.value}" for place, column in enumerate(held[:8])
    )
    return (
        f"{grid.name} has no two columns of sentences ({columns}); if two of them are meant all "
        "the same, choose them as source and target."
    )


def _pair(grid: Grid, places: tuple[int, int], row: Row) -> Pair:
    where, cells = row
    if not all(place < len(cells) and cells[place].strip() for place in places):
        named = _named_places(grid.names_in(row), [Kind.WORDS] * grid.width)
        places = tuple(named[role] for role in ROLES) if named else places
    sentences = []
    for role, place in zip(ROLES, places, strict=True):
        if place >= len(cells):
            raise BadRow(
                where,
                f" needs two columns, a source and a target, but has {len(cells)} "
                f"of at least {max(places) + 1} columns.",
                "with too few columns",
            )
        sentence = " ".join(cells[place].split())
        if not sentence:
            raise BadRow(where, f" has an empty {role}.", f"without a {role}")
        sentences.append(sentence)
    if (length := sum(map(len, sentences))) > MAX_LINE_LENGTH:
        raise BadRow(
            where,
            f" has {length:,} characters; a pair may have {MAX_LINE_LENGTH:,} at most.",
            f"longer than {MAX_LINE_LENGTH:,} characters",
        )
    return Pair(*sentences)
