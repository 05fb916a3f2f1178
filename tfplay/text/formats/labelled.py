"""Texts with a label each: the data of a classifier."""

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text.examples import LabelledText
from tfplay.text.files import require_ending
from tfplay.text.formats.column_names import place_of_role, role_of, roles_of
from tfplay.text.formats.columns import FEW, Kind, Profile
from tfplay.text.formats.grid import Columns, Grid, Row, chosen_place, read_grid
from tfplay.text.formats.rows import write_csv_rows
from tfplay.text.report import BadRow, Report

ENDINGS = (".csv", ".tsv", ".txt", ".jsonl", ".json", ".label", ".xlsx", ".parquet")
ROLES = ("text", "label")

MAX_CLASSES = 1000
"""More labels are no classes: a model would have an output for each but few examples of it."""


def read_labelled(
    path: str | os.PathLike, columns: Columns | None = None, report: Report | None = None
) -> list[LabelledText]:
    """Reads texts and the class each belongs to.

    Args:
        path: A file in UTF-8, plain or gzipped (`.gz` at the end):

            - `.csv`: columns with a comma, a semicolon, a tab or a vertical bar between; a cell in
              quotes may have these and line breaks.
            - `.tsv`, `.txt`: columns with a tab between. Quotes belong to the text, unless they
              stand around cells as a spreadsheet writes them.
            - `.jsonl`: an object a line with a text and a label; `.json`: a list of such objects.
            - `.label`, `.txt`: the label before each text, as in TREC's "DESC:manner How ..." or
              fastText's "__label__good ...".
            - `.xlsx`: the first sheet of a workbook. `.parquet`: a table.

            A first line that names the columns is no example, nor are remarks above it ("# ...").
        columns: The columns by role: `{"text": 2, "label": "sentiment"}`. Others are found by
            the columns' names ("text", "review", "label", "class", "étiquette", ...), or else
            guessed: the label is where few values stand again and again, the text is the longest.
        report: Records which columns were taken and how many rows were left out, and why.

    Returns:
        Examples of at least two classes. Texts and labels are NFC-normalised, not empty, and
        without space at their ends; numbers are taken as they are written.

    Raises:
        InputError: If the file is missing, empty, not text, too big or damaged, half of its rows
            have no text or no label, or there is one class only or far too many.

    Example:
        >>> read_labelled("reviews.csv")[0]
        LabelledText(text='A quiet, funny film.', label='positive')
    """
    report = Report() if report is None else report
    grid = read_grid(path, ENDINGS, ROLES, columns, report)
    places = labelled_columns(grid, columns or {}, report)
    examples = report.parse_all(grid.name, grid.rows, partial(_labelled_text, grid, places))
    if not examples:
        raise InputError(f"{grid.name} has no text with a label.")
    require_classes(grid.name, (example.label for example in examples))
    return examples


def write_labelled(path: str | os.PathLike, examples: Iterable[LabelledText]) -> None:
    """Writes a `.csv` file that `read_labelled` reads."""
    require_ending(path, (".csv",))
    write_csv_rows(Path(path), [LabelledText("text", "label"), *examples])


def require_classes(name: str, labels: Iterable[str]) -> None:
    """Raises an `InputError` if all examples of a file have the same label, or too many have."""
    distinct = set(labels)
    if len(distinct) == 1:
        raise InputError(
            f"{name} has only one label, {distinct.pop()!r}; to tell classes apart there must be "
            "at least two."
        )
    require_few_classes(name, "label", len(distinct))


def require_few_classes(name: str, what: str, count: int) -> None:
    """Raises an `InputError` if there are so many labels, or tags, that they are no classes."""
    if count > MAX_CLASSES:
        raise InputError(
            f"{name} has {count:,} different {what}s; the most is {MAX_CLASSES:,}, for a model has "
            "an output for each and learns it from its examples. Are these ids, or texts?"
        )


def labelled_columns(grid: Grid, columns: Columns, report: Report) -> tuple[int, int]:
    """The places of text and label.

    Raises:
        InputError: There are no two such columns, or one was chosen twice.
    """
    chosen = {role: chosen_place(grid, role, columns[role]) for role in ROLES if role in columns}
    named = {
        role: place
        for role in ROLES
        if (place := place_of_role(grid.names or [], role)) is not None
    }
    if len(set(named.values())) < len(named):
        name = grid.name_of(named.pop("text"))  # "text_label" is the label
        if roles_of(name) >= {*ROLES}:  # "Bewertung" may be either
            named = {}
    found = {role: place for role, place in named.items() if place not in chosen.values()} | chosen
    report.is_guess = len(found) < 2
    held = grid.profiles()
    if "label" not in found:
        found["label"] = _guessed_label(grid, held, found.get("text"))
    if "text" not in found:
        found["text"] = _guessed_text(grid, held, found["label"])
    places = found["text"], found["label"]
    if places[0] == places[1]:
        raise InputError(
            f"{grid.name}: {grid.describe(places[0])} would be both text and label; "
            "choose two different columns."
        )
    report.columns = {role: grid.describe(found[role]) for role in ROLES}
    if report.is_guess:
        _check_labels(grid, held[places[1]], places[1])
    return places


def _guessed_label(grid: Grid, held: list[Profile], text: int | None) -> int:
    """The column with the fewest different values, at least two, which are repeated."""
    if text is None:
        text = _guessed_text(grid, held, None)
    others = [place for place in range(grid.width) if place != text and held[place].num_filled]
    if not others:
        raise InputError(_too_narrow(grid))

    most = max(held[place].num_filled for place in others)

    def rank(place: int) -> tuple[bool, ...]:
        column = held[place]
        return (
            2 * column.num_filled >= most,
            role_of(grid.name_of(place)) != "id",
            column.num_distinct > 1,
            column.is_repeated,
            not _is_unlikely(column),
            -column.num_distinct,
            column.kind is not Kind.CODES,
        )

    return max(others, key=rank)


def _is_unlikely(column: Profile) -> bool:
    return column.kind in (Kind.DATES, Kind.ADDRESSES, Kind.COORDINATES) or column.words > 6


def _guessed_text(grid: Grid, held: list[Profile], label: int | None) -> int:
    """The column with the longest texts, which are not repeated."""
    others = [place for place in range(grid.width) if place != label and held[place].num_filled]
    if not others:
        raise InputError(_too_narrow(grid))

    most = max(held[place].num_filled for place in others)

    def rank(place: int) -> tuple[bool, bool, bool, bool, float]:
        column = held[place]
        is_new = not column.is_repeated
        is_filled = 2 * column.num_filled >= most
        is_different = column.num_filled >= FEW or column.num_distinct == column.num_filled
        is_likely = is_new and column.is_text and is_filled
        return is_likely, is_new, column.is_text, is_different, column.letters

    return max(others, key=rank)


def _too_narrow(grid: Grid) -> str:
    first = next((row for row in grid.rows if not isinstance(row, BadRow)), (grid.name, []))
    if grid.is_json:
        found = ", ".join(quoted(name) for name in grid.names[:8]) or "none"
        return (
            f"{grid.name} has no text with a label: each object needs two values that are strings "
            f"or numbers, and no lists. It has: {found}."
        )
    return (
        f"{first[0]} has {len(first[1])} of at least 2 columns; each line needs a text and a label "
        "(.tsv: a tab between; .csv: a comma)."
        if grid.rows
        else f"{grid.name} has no text with a label."
    )


def _check_labels(grid: Grid, column: Profile, place: int) -> None:
    """Refuses a guessed column whose values are nearly all different, or sentences."""
    are_many = column.num_filled >= FEW and 2 * column.num_distinct > column.num_filled
    are_sentences = column.num_distinct > 2 and column.sentences > 0.5 and column.words >= 2
    if are_many or (are_sentences and not column.is_repeated):
        raise InputError(
            f"{grid.name} has no column of labels: {grid.describe(place)} has "
            f"{column.num_distinct:,} different values in {column.num_filled:,} rows "
            f"({quoted(min(column.values, key=len))}); a class needs several examples. If a column "
            "is meant all the same, choose it as the label."
        )


def _labelled_text(grid: Grid, places: tuple[int, int], row: Row) -> LabelledText:
    where, cells = row
    if not all(place < len(cells) and cells[place].strip() for place in places):
        named = [place_of_role(grid.names_in(row), role) for role in ROLES]
        places = places if None in named else tuple(named)
    if len(cells) <= max(places):
        raise BadRow(
            where,
            f" has {len(cells)} of at least {max(places) + 1} columns; "
            "each line needs a text and a label (.tsv: a tab between; .csv: a comma).",
            "with too few columns",
        )
    example = LabelledText(*(cells[place].strip() for place in places))
    for column, value in example._asdict().items():
        if not value:
            raise BadRow(where, f" has an empty {column}.", f"without a {column}")
    return example
