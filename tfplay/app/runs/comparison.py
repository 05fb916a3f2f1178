"""Runs over each other: their curves, the settings in which they differ, all of it as CSV."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from tfplay import figures
from tfplay.app.frame.state import choose_one, kept_number, kept_toggle
from tfplay.app.recipe.fields import FIELDS
from tfplay.app.run_panel.measures import MEASURES, run_figures
from tfplay.app.widgets.chart import show_chart
from tfplay.app.widgets.csv_button import csv_button
from tfplay.store import Run, differing_settings, name_runs, run_settings, setting_text

QUANTITIES = {
    "validation_loss": ("Validation loss", "validation loss (nats)"),
    "loss": ("Training loss", "training loss (nats)"),
    "validation_accuracy": ("Validation accuracy", "validation accuracy"),
    "accuracy": ("Training accuracy", "training accuracy"),
    "gradient_norm": ("Gradient norm", "gradient norm (before clipping)"),
    "tokens_per_second": ("Tokens per second", "tokens per second"),
    "learning_rate": ("Learning rate", "learning rate"),
}
"""What each line of metrics may have: its name, and how an axis calls it."""

AXES = {"step": "Steps", "tokens": "Tokens", "seconds": "Seconds"}


def compared_runs(runs: Sequence[Run]) -> None:
    """The chosen runs side by side."""
    names = name_runs(runs)
    metrics = {names[run.id]: [_flat(row) for row in run.metrics()] for run in runs}
    _curves(metrics)
    settings = [run_settings(run) for run in runs]
    if len(runs) > 1:
        _differences(list(names.values()), settings)
    with st.container(horizontal=True):
        table = [
            {"run": run.id, "name": names[run.id], **_result(run), **own}
            for run, own in zip(runs, settings, strict=True)
        ]
        looks = {"icon": ":material/download:", "type": "tertiary"}
        csv_button("Table as CSV", table, "runs.csv", **looks)
        curves = [{"run": name, **row} for name, rows in metrics.items() for row in rows]
        csv_button("Curves as CSV", curves, "curves.csv", **looks)


def _curves(metrics: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    rows = [row for rows in metrics.values() for row in rows]
    measured = {key for row in rows for key, value in row.items() if value is not None}
    scores = {key: (_score_title(key), _score_title(key)) for key in _scores(rows)}
    offered = {key: each for key, each in (QUANTITIES | scores).items() if key in measured}
    if not offered:
        st.caption("Nothing was measured yet.")
        return
    quantity = choose_one(
        *("Quantity", list(offered), next(iter(offered)), "quantity", st.pills, "quantity"),
        format_func=lambda key: offered[key][0],
        label_visibility="collapsed",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        axis = choose_one("Over", list(AXES), "step", "axis", link="over", format_func=AXES.get)
        limits = {"low": 0.0, "high": 0.99, "usual": 0.0, "step": 0.01}
        smoothing = kept_number("Smoothing", **limits, name="smoothing", key="smoothing", width=200)
        logarithmic = kept_toggle("Logarithmic", False, "logarithmic", "logarithmic")
    title = offered[quantity][1]
    chart = figures.comparison_chart(metrics, quantity, title, axis, smoothing, logarithmic)
    show_chart(chart, key="comparison", alt=f"{offered[quantity][0]} of the chosen runs")


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A line of metrics without inner tables; a speed of 0 was not known yet."""
    flat = {key: value for key, value in row.items() if not isinstance(value, dict)}
    flat["tokens_per_second"] = row.get("tokens_per_second") or None
    return flat | {f"scores.{name}": value for name, value in (row.get("scores") or {}).items()}


def _scores(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row if key.startswith("scores.")))


def _score_title(key: str) -> str:
    name = key.removeprefix("scores.")
    return MEASURES[name].title if name in MEASURES else name


def _differences(names: Sequence[str], settings: Sequence[Mapping[str, Any]]) -> None:
    differing = {
        name: [setting_text(own[name]) for own in settings] for name in differing_settings(settings)
    }
    if not differing:
        st.caption("Their recipes are the same.")
        return
    rows = [
        {"Setting": _setting_title(setting)} | dict(zip(names, values, strict=True))
        for setting, values in differing.items()
    ]
    st.markdown("**What differs**")
    pinned = st.column_config.TextColumn(pinned=True, width=150)
    st.dataframe(rows, column_config={"Setting": pinned}, hide_index=True, height="content")


def _setting_title(name: str) -> str:
    """What the form calls it, if it has a field for it."""
    return FIELDS[name].label if name in FIELDS else name.replace("_", " ").capitalize()


def _result(run: Run) -> dict[str, Any]:
    status = run.status()
    known = run_figures(run, status)
    measured = {key: known.get(key) for key in ("steps", "seconds", *MEASURES)}
    return {"state": status.state, "parameters": run.config.parameters, **measured}
