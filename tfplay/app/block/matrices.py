"""A step through a block as the matrices to draw."""

from collections.abc import Sequence

from tfplay import explain
from tfplay.app.widgets.matrix_steps import Matrix

MOST_NUMBERS = 300_000
"""Of a larger matrix only the first columns go to the browser, a megabyte and a half."""


def step_matrices(
    step: "explain.BlockStep",
    symbols: tuple[str, ...],
    head: int,
    targets: Sequence[str],
    sources: Sequence[str],
) -> list[Matrix]:
    """What the step reads and its result, of one head where there are heads.

    Args:
        step: The step.
        symbols: Names of the result and of what it is made from.
        head: The head, from 0.
        targets: The T tokens that pass through the block.
        sources: The S tokens that are looked at: the same, or the encoder's.
    """
    op = explain.operations
    columns = sources if step.name in SOURCE_COLUMNS else None
    rows = sources if step.name in SOURCE_ROWS else targets
    values = step.values[head] if step.values.ndim == 3 else step.values
    result = Matrix(symbols[0], values, "result", "=", rows, columns)
    names = symbols[1:]
    match step.operation:
        case op.Given():
            return [result._replace(sign="")]
        case op.Product() as product:
            inner = sources if step.name == "head_outputs" else None
            return _product_matrices(product, names, head, result, inner)
        case op.Add() | op.Multiply() as both:
            sign = "+" if isinstance(both, op.Add) else "⊙"
            return [
                Matrix(names[0], both.left, "cell", "", rows),
                Matrix(names[1], both.right, "cell", sign, rows),
                result,
            ]
        case op.Split() as split:
            first = split.first_column(head)
            frame = first, split.head_dim
            whole = Matrix(names[0], split.x, "cell", "", rows, None, frame, first)
            return [whole, result._replace(sign="→")]
        case op.Join() as join:
            width = join.x.shape[-1]
            frame = head * width, width
            part = Matrix(names[0], join.x[head], "cell", "", rows, offset=-frame[0])
            return [part, result._replace(sign="→", frame=frame)]
    x = step.operation.x
    link = "row" if isinstance(step.operation, op.Softmax | op.Normalize) else "cell"
    before = Matrix(names[0], x[head] if x.ndim == 3 else x, link, "", rows, columns)
    return [before, result._replace(sign="→")]


def _product_matrices(
    product: "explain.Product",
    names: tuple[str, ...],
    head: int,
    result: Matrix,
    inner: Sequence[str] | None,
) -> list[Matrix]:
    """Both factors, the bias if there is one, and the product; `inner` names what is summed."""
    left, right = (x[head] if x.ndim == 3 else x for x in product[:2])
    most = max(1, MOST_NUMBERS // len(right))
    if right.shape[1] > most:
        names = (names[0], f"{names[1]}, first columns of {right.shape[1]:,}", *names[2:])
        right, result = right[:, :most], result._replace(values=result.values[:, :most])
    matrices = [
        Matrix(names[0], left, "row", "", result.row_names, inner),
        Matrix(names[1], right, "column", "·", inner, result.column_names),
    ]
    if product.bias is not None:
        matrices.append(Matrix(names[2], product.bias[None, :most], "under", "+", ["all rows"]))
    return [*matrices, result]


SOURCE_ROWS = (
    "encoder_output",
    "key",
    "value",
    "key_heads",
    "value_heads",
    "key_normalized",
    "key_rotated",
)
"""Steps whose rows are the tokens that are looked at."""

SOURCE_COLUMNS = ("products", "scaled", "biased", "masked", "softmax")
"""Steps whose columns are the tokens that are looked at."""


def cell_index(step: "explain.BlockStep", head: int, cell: tuple[int, int]) -> tuple[int, ...]:
    """The place in the step's values of a cell that is drawn."""
    return (head, *cell) if step.values.ndim == 3 else cell
