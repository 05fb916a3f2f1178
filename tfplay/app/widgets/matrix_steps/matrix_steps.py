"""A computation as matrices, step by step, on a canvas that can be walked and opened."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from tfplay.app.widgets.component import load_component


class Matrix(NamedTuple):
    """A matrix as it is drawn.

    Attributes:
        name: What people call it.
        values: (rows, columns).
        link: What of it lies behind the result's cell (row, column): its "row" or its "column", the
            same "cell", the cell "under" it of a single row; "result" is the result itself.
        sign: What stands between it and the matrix before.
        row_names: Of tokens; `None` is numbers from 1.
        column_names: The same of the columns.
        frame: First column and number of columns to draw a frame around.
        offset: Added to the column of the linked cell.
    """

    name: str
    values: np.ndarray
    link: str
    sign: str = ""
    row_names: Sequence[str] | None = None
    column_names: Sequence[str] | None = None
    frame: tuple[int, int] | None = None
    offset: int = 0

    def to_json(self) -> dict[str, Any]:
        """As the component reads it: values as the bytes of float32 numbers."""
        values = np.ascontiguousarray(self.values, dtype="<f4")
        finite = np.abs(values[np.isfinite(values)])
        return {
            "name": self.name,
            "values": b64encode(values.tobytes()).decode(),
            "shape": values.shape,
            "link": self.link,
            "sign": self.sign,
            "rowNames": self.row_names and list(self.row_names),
            "columnNames": self.column_names and list(self.column_names),
            "frame": self.frame,
            "offset": self.offset,
            # A few outliers are not to make all others pale.
            "limit": float(np.quantile(finite, 0.99)) or 1.0 if finite.size else 1.0,
        }


class StepName(NamedTuple):
    """A step as the component lists it."""

    part: str
    label: str
    title: str


def matrix_steps(
    steps: Sequence[StepName],
    step: int,
    matrices: Sequence[Matrix],
    cell: tuple[int, int] | None,
    key: str,
    on_step: Callable[[int], None],
    on_cell: Callable[[tuple[int, int]], None],
) -> None:
    """Draws one step of a computation, and all steps as tabs.

    Args:
        steps: All of them, in order.
        step: The one that is drawn.
        matrices: What it reads and its result, from left to right.
        cell: Row and column of the result's cell that is open.
        key: Tells several computations apart.
        on_step: Called with the step that the visitor wants to see.
        on_cell: Called with the cell of the result that the visitor opens.
    """
    data = {
        "steps": [name._asdict() for name in steps],
        "step": step,
        "matrices": [matrix.to_json() for matrix in matrices],
        "cell": cell,
    }
    load_component(__file__)(
        key=key,
        data=data,
        on_step_change=lambda: on_step(st.session_state[key].step),
        on_cell_change=lambda: on_cell(tuple(st.session_state[key].cell)),
    )
