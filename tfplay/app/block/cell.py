"""The sum behind one cell: which row times which column, the products and their total."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from tfplay import explain
from tfplay.app.lesson import exports

_TABLE_HEIGHT = 250  # pixels


def cell_formula(step: "explain.BlockStep", cell: "explain.Cell") -> str:
    """How the number came about, with its numbers, as LaTeX."""
    op = explain.operations
    numbers = {name: number_text(value) for name, value in cell.numbers.items()}
    value = number_text(cell.value)
    match step.operation:
        case op.Product():
            count = len(cell.terms["product"])
            bias = f" + ({numbers['bias']})" if "bias" in numbers else ""
            total = f"{numbers['sum']}{bias}"
            return (
                rf"\sum_{{k=1}}^{{{count}}} x_k\, w_k{' + b' if bias else ''} = {total} = {value}"
            )
        case op.Scale():
            return rf"{numbers['x']} \cdot {numbers['factor']} = {value}"
        case op.Mask():
            rule = "allowed" if cell.numbers["allowed"] else "forbidden"
            return rf"{numbers['x']} \;\xrightarrow{{\text{{{rule}}}}}\; {value}"
        case op.Softmax():
            shares = r"\frac{e^{z - z_{\max}}}{\sum e^{z' - z_{\max}}}"
            return rf"{shares} = \frac{{{numbers['exponential']}}}{{{numbers['sum']}}} = {value}"
        case op.Normalize():
            fraction = rf"\frac{{{numbers['x']} - ({numbers['mean']})}}{{{numbers['deviation']}}}"
            return rf"{fraction} \cdot {numbers['gain']} + ({numbers['shift']}) = {value}"
        case op.Activate(activation=name):
            if name.startswith("gelu"):
                return rf"u\,\Phi(u) = {numbers['x']} \cdot {numbers['share']} = {value}"
            return rf"\mathrm{{{name.replace('_', ' ')}}}({numbers['x']}) = {value}"
        case op.Add():
            return rf"{numbers['left']} + ({numbers['right']}) = {value}"
        case op.Multiply():
            return rf"{numbers['left']} \cdot ({numbers['right']}) = {value}"
        case op.Split():
            return rf"\text{{column }} {int(cell.numbers['column']) + 1}\text{{ before: }} {value}"
        case op.Join():
            head, column = (int(number) + 1 for number in cell.numbers.values())
            return rf"\text{{head }} {head}\text{{, column }} {column}\text{{: }} {value}"
        case op.Rotate():
            sign = "-" if cell.numbers["sign"] < 0 else "+"
            angle = numbers["angle"]
            turned = rf"{numbers['x']} \cos({angle}) {sign} ({numbers['partner']}) \sin({angle})"
            return rf"{turned} = {value}"
    return value


def cell_view(
    step: "explain.BlockStep",
    symbols: tuple[str, ...],
    index: tuple[int, ...],
    row: str,
    column: str,
    term_names: Sequence[str] | None,
) -> None:
    """Shows how a cell came about.

    Args:
        step: The step whose result it is in.
        symbols: Names of the result and of what it is made from.
        index: Its place.
        row: The name of its row.
        column: The name of its column.
        term_names: What the terms of its sum are called; `None` is numbers from 1.
    """
    cell = step.operation.cell(index)
    with st.container(border=True):
        value = number_text(cell.value).replace(r"\infty", "∞")
        st.text(f"{symbols[0]} [{row}, {column}] = {value}")
        st.latex(cell_formula(step, cell))
        if cell.terms:
            table = term_table(cell, symbols, term_names)
            st.dataframe(table, height=_TABLE_HEIGHT, hide_index=True)
            exports("terms", table=table)


def term_table(
    cell: "explain.Cell", symbols: tuple[str, ...], term_names: Sequence[str] | None
) -> list[dict[str, object]]:
    """A row for each term of the sum, the largest first."""
    last = list(cell.terms)[-1]
    order = np.argsort(-np.abs(cell.terms[last]), kind="stable")
    titles = {
        "left": f"row of {symbols[1]}",
        "right": f"column of {symbols[2]}" if len(symbols) > 2 else "",
        "x": "z",
        "exponential": "e^(z − z max)",
    }
    return [
        {"k": term_names[term] if term_names else str(term + 1)}
        | {titles.get(name, name): float(values[term]) for name, values in cell.terms.items()}
        for term in order
    ]


def number_text(value: float) -> str:
    """To six significant digits."""
    if np.isinf(value):
        return r"-\infty" if value < 0 else r"\infty"
    return f"{value:.6g}"
