"""Measuring every snapshot of a model, each once."""

import time
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from tfplay.app.model.model_code import load_model_code
from tfplay.store import Model

Measured = TypeVar("Measured")

PATIENCE = 0.3
"""Seconds after which it is said what is computed: what is remembered comes sooner."""


def over_snapshots(model: Model, measure: Callable[[Model], Measured]) -> dict[int, Measured]:
    """What was measured of each snapshot, by its step; says how far it has come.

    Args:
        model: One with snapshots.
        measure: Is given the model as it was after each, and remembers what it returns.
    """
    load_model_code()
    steps, measured = model.steps(), {}
    place, start = st.empty(), time.monotonic()
    for number, step in enumerate(steps, start=1):
        if time.monotonic() - start > PATIENCE:
            text = f"Snapshot {number} of {len(steps)}, after step {step:,} …"
            place.progress((number - 1) / len(steps), text)
        measured[step] = measure(model.at(step))
    place.empty()
    return measured


def stays_below(steps: dict[int, float], level: float) -> int | None:
    """The first step from which on all values are below a level; `None` if the last is not.

    Args:
        steps: Values by step, in order.
        level: What they are compared with.
    """
    first = None
    for step, value in steps.items():
        if value >= level:
            first = None
        elif first is None:
            first = step
    return first


def stays_above(steps: dict[int, float], level: float) -> int | None:
    """The first step from which on all values are above a level; `None` if the last is not."""
    return stays_below({step: -value for step, value in steps.items()}, -level)
