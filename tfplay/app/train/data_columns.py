"""How a file was read: told, shown, and changed by who knows better."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import streamlit as st

from tfplay.app.frame.layout import plain
from tfplay.app.frame.state import begin_with
from tfplay.app.train.data_input import Amount, Data
from tfplay.errors import InputError
from tfplay.recipes import Recipe
from tfplay.tasks import TASKS, doubts_about
from tfplay.text import Report
from tfplay.text.formats.grid import HEADER, grid_columns, number_of
from tfplay.text.report import counted

PREVIEWED = 3
_BY_ITSELF = "Found by what it holds"
_HEADERS = {"": _BY_ITSELF, "yes": "Names the columns", "no": "Is data"}
_MOST_CONLL_COLUMNS = 12


class _Reading(NamedTuple):
    """What a file gave."""

    text: str
    """How it was read."""
    extent: str
    """How many examples differ, and how long they are; empty of what is no table."""
    preview: list[dict[str, Any]]
    """The first examples; none of what is no table."""
    num_examples: int | None
    """`None` for one long text."""
    doubts: list[str]
    """What makes it doubtful that anything can be learned from it."""


def choose_columns(data: Data, recipe: Recipe) -> Data:
    """Tells how a file of the visitor's was read, and lets its columns be chosen.

    Args:
        data: The file.
        recipe: Whose task reads it, and whose columns are proposed if it was made for this file.

    Returns:
        The data with the columns that the visitor chose. What is wrong with it is told elsewhere.
    """
    roles = TASKS[recipe.task].about.column_roles
    place = st.container()
    if roles:
        with st.expander("Choose the columns", icon=":material/view_column:"):
            data = data._replace(columns=_chosen(data, recipe, roles))
    try:
        reading = _read(recipe.task, data.fingerprint, data.columns, data)
    except InputError:
        return data
    with place:
        st.caption(f":material/check: {plain(reading.text)}")
        if reading.preview:
            st.caption(reading.extent)
            st.dataframe(reading.preview, hide_index=True)
        for doubt in reading.doubts:
            st.warning(plain(doubt), icon=":material/warning:")
    return data._replace(amount=Amount(reading.num_examples))


def _chosen(data: Data, recipe: Recipe, roles: Sequence[str]) -> dict[str, int | str] | None:
    proposed = (recipe.columns or {}) if recipe.data_name == data.name else {}
    is_named = any(isinstance(proposed.get(role), str) for role in roles)
    header = ""
    key = f"{recipe.task} column {data.fingerprint}"
    with st.container(horizontal=True, gap="medium"):
        if recipe.task != "tagging":
            header = st.selectbox(
                "First line",
                list(_HEADERS),
                format_func=_HEADERS.get,
                key=begin_with(f"{key} {HEADER}", proposed.get(HEADER, "yes" if is_named else "")),
            )
        columns, names = _columns(recipe.task, data.fingerprint, header, data)
        chosen: dict[str, int | str] = {HEADER: header}
        for role in roles:
            number = number_of(proposed.get(role), names, len(columns))
            chosen[role] = st.selectbox(
                role.capitalize(),
                range(len(columns) + 1),
                format_func=lambda each: columns[each - 1] if each else _BY_ITSELF,
                key=begin_with(f"{key} {role} {header}", number),
            )
    return {role: column for role, column in chosen.items() if column} or None


@st.cache_data(max_entries=16, show_spinner=False)
def _columns(task: str, fingerprint: str, header: str, _data: Data) -> tuple[list[str], list[str]]:
    """The file's columns as people call them, and their names; none if it cannot be read."""
    if task == "tagging":
        return [f"column {number}" for number in range(1, _MOST_CONLL_COLUMNS + 1)], []
    with TemporaryDirectory() as folder:
        path = Path(folder, _data.name)
        _data.write(path)
        try:
            return grid_columns(path, TASKS[task].about.formats, {HEADER: header} if header else {})
        except InputError:
            return [], []


@st.cache_data(max_entries=16, show_spinner="Reading the data …")
def _read(
    task: str, fingerprint: str, columns: dict[str, int | str] | None, _data: Data
) -> _Reading:
    report = Report()
    with TemporaryDirectory() as folder:
        path = Path(folder, _data.name)
        _data.write(path)
        examples = TASKS[task].read(path, columns, report)
    about = TASKS[task].about
    rows = examples[:PREVIEWED] if about.column_roles else []
    return _Reading(
        report.text(about.unit),
        _extent(about.unit, examples) if rows else "",
        [_shown(each) for each in rows],
        None if isinstance(examples, str) else len(examples),
        doubts_about(task, about.unit, examples),
    )


def _extent(unit: str, examples: Sequence[Any]) -> str:
    """How many of the examples differ, and how long they are."""
    shown = [tuple(_shown(each).values()) for each in examples]
    words = [max(len(text.split()) for text in texts) for texts in shown]
    return (
        f"{len(set(shown)):,} of {counted(len(shown), unit)} are different. Median length: "
        f"{median(words):,.0f} words; the longest has {max(words):,}."
    )


def _shown(example: Any) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else " ".join(value)
        for name, value in example._asdict().items()
    }
