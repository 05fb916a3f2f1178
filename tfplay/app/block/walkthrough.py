"""The sentence through one block, step by step."""

from typing import Any

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tfplay import explain, figures
from tfplay.app.block.cell import cell_view
from tfplay.app.block.chosen_block import ChosenBlock
from tfplay.app.block.matrices import cell_index, step_matrices
from tfplay.app.block.names import PARTS, WORDS, step_formula, step_symbols
from tfplay.app.block.switches import CELL, SHOWN_HEAD, STEP, answers_view, choose_switches
from tfplay.app.block.tries import block_tries
from tfplay.app.frame.address import begin_linked, keep_linked
from tfplay.app.frame.layout import controls, errors_shown, fragment
from tfplay.app.frame.state import one_of, whole_number
from tfplay.app.lesson import below_picture, exports, source_caption
from tfplay.app.lesson.heads import choose_number
from tfplay.app.widgets.matrix_steps import Matrix, StepName, matrix_steps

FIRST_STEP = ("self_attention", "input")


@fragment
def walkthrough(chosen: ChosenBlock) -> None:
    """Every matrix on the way through the block, the switches that change it, and what it answers.

    Args:
        chosen: The block and its sentence.
    """
    row = controls("walk")
    with row, st.popover("Break something", icon=":material/build_circle:"):
        switches = choose_switches(chosen)
    with errors_shown():
        steps = chosen.steps(switches)
    _walk(chosen, steps, row)
    st.subheader("What the model answers", anchor=False)
    answers_view(chosen, steps, switches)


def _walk(chosen: ChosenBlock, steps: "tuple[explain.BlockStep, ...]", row: DeltaGenerator) -> None:
    """One of the steps, with its words, its matrices, and the cell that is open.

    Args:
        chosen: The block and its sentence.
        steps: As the switches have it.
        row: In which the head is chosen, and the step has its title.
    """
    shown = _find(steps, _wanted_step(steps))
    step, words = steps[shown], WORDS[steps[shown].name]
    with row:
        head = _choose_head(chosen, step)
        st.subheader(words.title, anchor=False, width="content")
    symbols = step_symbols(steps, head)
    matrices = step_matrices(step, symbols[shown], head, chosen.tokens, chosen.sources(step.part))
    cell = _open_cell(matrices[-1])
    matrix_steps(
        [_step_name(each, names[0]) for each, names in zip(steps, symbols, strict=True)],
        shown,
        matrices,
        cell,
        key="matrix steps",
        on_step=lambda index: _show(steps[index]),
        on_cell=lambda place: st.session_state.update({CELL: place}),
    )
    if cell is None:
        st.caption("Press a cell of the result to see the sum behind it.")
    else:
        _cell(step, symbols[shown], head, cell, matrices)
    st.markdown(words.text)
    formula = step_formula(step, chosen.block.self_attention.head_dim)
    with below_picture("matrix", "", formula):
        exports(
            f"block {step.part} {step.name}",
            lambda: _matrix_figure(matrices[-1]),
            lambda: matrix_rows(matrices[-1]),
        )
    block_tries(chosen)
    source_caption(
        chosen.subject, f"the {chosen.stack}'s block {chosen.layer + 1}, step “{words.title}”."
    )


def _matrix_figure(matrix: Matrix) -> go.Figure:
    rows, columns = matrix.values.shape
    row_names = matrix.row_names or _numbers(rows)
    column_names = matrix.column_names or _numbers(columns)
    return figures.grid(matrix.values, row_names, column_names, "value")


def matrix_rows(matrix: Matrix) -> list[dict[str, Any]]:
    """Every number of a matrix: a dictionary a row, as CSV has them."""
    rows, columns = matrix.values.shape
    row_names, column_names = matrix.row_names or _numbers(rows), _numbers(columns)
    if matrix.column_names:
        numbered = zip(column_names, matrix.column_names, strict=True)
        column_names = [f"{number} {name}" for number, name in numbered]
    return [
        {"position": row + 1, "token": row_names[row]}
        | dict(zip(column_names, map(float, matrix.values[row]), strict=True))
        for row in range(rows)
    ]


def _numbers(count: int) -> list[str]:
    return [str(number) for number in range(1, count + 1)]


def _wanted_step(steps: "tuple[explain.BlockStep, ...]") -> tuple[str, str]:
    """The part and the name of the step that the visitor or the address wants to see."""
    read = one_of(f"{step.part}.{step.name}" for step in steps)
    begin_linked("at", STEP, FIRST_STEP, lambda text: tuple(read(text).split(".")))
    return keep_linked("at", STEP, FIRST_STEP, ".".join)


def _find(steps: "tuple[explain.BlockStep, ...]", wanted: tuple[str, str]) -> int:
    """The step wanted; the first of its part or of all, if this block has no such step."""
    places = {(step.part, step.name): index for index, step in enumerate(steps)}
    parts = {step.part: index for index, step in reversed(list(enumerate(steps)))}
    return places.get(tuple(wanted), parts.get(wanted[0], 0))


def _show(step: "explain.BlockStep") -> None:
    st.session_state.update({STEP: (step.part, step.name), CELL: None})


def _step_name(step: "explain.BlockStep", symbol: str) -> StepName:
    words = WORDS[step.name]
    return StepName(PARTS[step.part], words.label, f"{words.title}: {symbol}")


def _choose_head(chosen: ChosenBlock, step: "explain.BlockStep") -> int:
    """The head that is shown, from 0; asked for where the step has heads."""
    num_heads = chosen.block.num_heads
    if step.values.ndim < 3 and step.name != "joined":
        heads = range(1, num_heads + 1)
        return st.session_state[begin_linked("head", SHOWN_HEAD, 1, one_of(heads), heads)] - 1
    return choose_number("Head", num_heads, 1, SHOWN_HEAD, link="head") - 1


def _open_cell(result: Matrix) -> tuple[int, int] | None:
    """The cell that is open, if this result has it."""
    begin_linked("cell", CELL, None, _read_cell)
    cell = keep_linked("cell", CELL, None, lambda cell: ",".join(map(str, cell)))
    rows, columns = result.values.shape
    return tuple(cell) if cell and cell[0] < rows and cell[1] < columns else None


def _read_cell(text: str) -> tuple[int, int]:
    row, column = map(whole_number, text.split(","))
    return row, column


def _cell(
    step: "explain.BlockStep",
    symbols: tuple[str, ...],
    head: int,
    cell: tuple[int, int],
    matrices: list[Matrix],
) -> None:
    result, first = matrices[-1], matrices[0]
    row, column = cell
    column_name = result.column_names[column] if result.column_names else str(column + 1)
    cell_view(
        step,
        symbols,
        cell_index(step, head, cell),
        result.row_names[row],
        column_name,
        first.column_names,
    )
