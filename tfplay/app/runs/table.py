"""Runs as a table: sorted by any of its columns; the rows that are chosen are compared."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import streamlit as st

from tfplay.app.frame.address import forget_with_address, write_address
from tfplay.app.frame.visitor import is_mine, my_runs
from tfplay.app.run_panel.measures import MEASURES, run_figures
from tfplay.app.run_panel.view import STATE_BADGES
from tfplay.baselines import best_baseline
from tfplay.errors import InputError
from tfplay.store import Run, difference_labels, list_runs, list_shipped, name_runs
from tfplay.tasks import TASKS

COMPARED_AT_FIRST = 3
CURVE_POINTS = 40
_MEASURES_IN_ORDER = sorted(MEASURES, key=lambda key: key in ("train_loss", "tokens_per_second"))
_CHOSEN, _LINKED, _TABLE = "compared_runs", "linked_runs", "runs_table"
_OPENED = "runs of the address"


def shown_runs(with_shipped: bool = False) -> list[Run]:
    """The visitor's runs, pinned ones first, and those of others that links have named."""
    mine = sorted(my_runs(), key=lambda run: not run.config.is_pinned)
    named = st.session_state.setdefault(_LINKED, [])
    named += [run_id for run_id in _compared_in_address() if run_id not in named]
    shipped = list_shipped()
    shown = {run.id for run in mine}
    linked = [run for run in list_runs() if run.id in named and run.id not in shown]
    linked += [run for run in shipped if with_shipped or run.id in named]
    return [*mine, *linked]


def choose_runs(runs: Sequence[Run]) -> list[Run]:
    """The table; what is chosen in it is kept in the page's address, `?compare=...`.

    Args:
        runs: At least one.

    Returns:
        The chosen runs, in the order of the table.
    """
    ids = [run.id for run in runs]
    before = _compared_in_address() or st.session_state.get(_CHOSEN, _proposed(runs))
    rows = [ids.index(run_id) for run_id in before if run_id in ids]
    # Rows are chosen by their place, so a table of other rows is another table.
    forget_with_address("compare", _OPENED)
    if _OPENED not in st.session_state:  # another address was opened
        st.session_state[_OPENED] = True
        st.session_state[_TABLE] = st.session_state.get(_TABLE, 0) + 1
    version = st.session_state[_TABLE]
    table = st.dataframe(
        _rows(runs),
        column_config=_columns(),
        hide_index=True,
        placeholder="–",
        key=f"runs {version} {crc32(' '.join(ids).encode())}",
        on_select="rerun",
        selection_default={"selection": {"rows": rows}},
        alt="The runs, with what is known of each",
    )
    chosen = [ids[row] for row in sorted(table.selection.rows)]
    _keep(chosen)
    return [run for run in runs if run.id in chosen]


def missing_runs(runs: Sequence[Run]) -> list[str]:
    """Ids of runs that the page's address compares and that are not there."""
    return [run_id for run_id in _compared_in_address() if run_id not in {run.id for run in runs}]


def compare(runs: Sequence[Run]) -> None:
    """Has these chosen in the table, from its next run on."""
    st.session_state[_TABLE] = st.session_state.get(_TABLE, 0) + 1
    _keep([run.id for run in runs])


def _keep(chosen: Sequence[str]) -> None:
    st.session_state[_CHOSEN] = list(chosen)
    write_address("compare", ",".join(chosen) or None)


def _compared_in_address() -> list[str]:
    return [run_id for run_id in st.query_params.get("compare", "").split(",") if run_id]


def _proposed(runs: Sequence[Run]) -> list[str]:
    """The newest that have learned the same."""
    newest = max(runs, key=lambda run: run.created)
    return [run.id for run in runs if run.recipe.task == newest.recipe.task][:COMPARED_AT_FIRST]


def _rows(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """A row for each run; columns that are empty in all of them are left out."""
    names, differences = name_runs(runs), difference_labels(runs)
    rows = [_row(run, names[run.id]) for run in runs]
    if any(run.config.name for run in runs):
        for run, row in zip(runs, rows, strict=True):
            row["What differs"] = differences[run.id] or None
    known = [name for name in rows[0] if any(row[name] is not None for row in rows)]
    return [{name: row[name] for name in known} for row in rows]


def _row(run: Run, name: str) -> dict[str, Any]:
    status = run.status()
    figures = run_figures(run, status)
    mark = "📌 " if run.config.is_pinned else "" if is_mine(run) else "🔗 "
    config = run.config.model or run.recipe
    return {
        "Run": mark + name,
        "State": [STATE_BADGES[status.state][0]],
        "Loss": loss_curve(run),
        **{MEASURES[key].title: figures.get(key) for key in _MEASURES_IN_ORDER},
        "Without a network": best_baseline(run.recipe.task, figures),
        "Parameters": run.config.parameters,
        "Architecture": config.architecture,
        "Started from": run.recipe.start and run.recipe.start.text(),
        "Steps": figures.get("steps"),
        "Seconds": figures.get("seconds"),
        "Task": TASKS[run.recipe.task].about.title,
        "Data": run.recipe.data_name,
        "Made": run.created,
    }


def _columns() -> dict[str, Any]:
    column = st.column_config
    states = [label for label, _, _ in STATE_BADGES.values()]
    colors = [color for _, _, color in STATE_BADGES.values()]
    return {
        "Run": column.TextColumn(width=190, pinned=True, help="What tells it from the others."),
        "State": column.MultiselectColumn(width=110, options=states, color=colors),
        "Loss": column.LineChartColumn(width=110, help="Training loss, from first to last step."),
        **{
            measure.title: column.NumberColumn(format=measure.column_format)
            for measure in MEASURES.values()
        },
        "Parameters": column.NumberColumn(format="localized"),
        "Steps": column.NumberColumn(format="localized"),
        "Seconds": column.NumberColumn(format="%.0f", help="Compilation and validation included."),
        "Made": column.DatetimeColumn(format="distance"),
    }


def loss_curve(run: Run) -> list[float] | None:
    """The training loss in a few points; `None` before there is one."""
    return _losses(run).points


def damaged_metrics(runs: Sequence[Run]) -> list[tuple[Run, str]]:
    """The runs whose metrics are damaged, each with what is wrong with them."""
    return [(run, damage) for run in runs if (damage := _losses(run).damage)]


class _Losses(NamedTuple):
    points: list[float] | None = None
    damage: str | None = None


def _losses(run: Run) -> _Losses:
    path = run.path / "metrics.jsonl"
    return _losses_written(path.parent, path.stat().st_mtime) if path.exists() else _Losses()


@st.cache_data(max_entries=1000, show_spinner=False)
def _losses_written(path: Path, changed: float) -> _Losses:
    try:
        losses = [row["loss"] for row in Run(path).metrics()]
    except InputError as error:
        return _Losses(damage=str(error))
    stride = -(-len(losses) // CURVE_POINTS) or 1
    return _Losses(losses[::stride] or None)
