"""What a block is made of: operations, each of which can say how a cell of its result came about.

Matrices have their rows and columns last; a heads axis, where there is one, comes before them.
"""

from typing import NamedTuple, Protocol

import numpy as np
from keras import ops

Index = tuple[int, ...]

ACTIVATIONS = {
    "relu": ops.relu,
    "gelu": lambda x: ops.gelu(x, approximate=False),
    "gelu_tanh": lambda x: ops.gelu(x, approximate=True),
    "silu": ops.silu,
    "linear": lambda x: x,
}
"""Every activation by its name; "linear" is none."""


class Cell(NamedTuple):
    """How one number of a matrix came about."""

    value: float
    """The number, computed again from the terms below."""
    numbers: dict[str, float]
    """The numbers that it is computed from, by name."""
    terms: dict[str, np.ndarray] = {}
    """If it is a sum over an axis: the columns of a table with a row for each term."""


class Operation(Protocol):
    """One step of a computation; its fields are what it reads."""

    def result(self) -> np.ndarray:
        """The matrix that comes out."""

    def cell(self, index: Index) -> Cell:
        """How the number at this place of the result came about."""


class Given(NamedTuple):
    """A matrix that comes from elsewhere."""

    x: np.ndarray

    def result(self) -> np.ndarray:
        return self.x

    def cell(self, index: Index) -> Cell:
        return Cell(float(self.x[index]), {})


class Product(NamedTuple):
    """left right + bias: a row times a column for each cell."""

    left: np.ndarray
    """(..., T, K)."""
    right: np.ndarray
    """(..., K, N)."""
    bias: np.ndarray | None = None
    """(N,)."""

    def result(self) -> np.ndarray:
        product = self.left @ self.right
        return product if self.bias is None else product + self.bias

    def cell(self, index: Index) -> Cell:
        *heads, row, column = index
        left = self.left[(*heads, row)].astype("float64")
        right = self.right[(*heads, slice(None), column)].astype("float64")
        terms = {"left": left, "right": right, "product": left * right}
        numbers = {"sum": float(terms["product"].sum())}
        if self.bias is not None:
            numbers["bias"] = float(self.bias[column])
        return Cell(sum(numbers.values()), numbers, terms)


class Scale(NamedTuple):
    """x times a number."""

    x: np.ndarray
    factor: float

    def result(self) -> np.ndarray:
        return self.x * np.float32(self.factor)

    def cell(self, index: Index) -> Cell:
        x = float(self.x[index])
        return Cell(x * self.factor, {"x": x, "factor": self.factor})


class Mask(NamedTuple):
    """x where it is allowed, minus infinity elsewhere."""

    x: np.ndarray
    """(H, T, S)."""
    allowed: np.ndarray
    """(T, S) boolean."""

    def result(self) -> np.ndarray:
        return np.where(self.allowed, self.x, np.float32(-np.inf))

    def cell(self, index: Index) -> Cell:
        x, allowed = float(self.x[index]), bool(self.allowed[index[-2:]])
        return Cell(x if allowed else -np.inf, {"x": x, "allowed": float(allowed)})


class Softmax(NamedTuple):
    """e^x over the sum of its row; a row in which nothing is allowed is all zeros."""

    x: np.ndarray

    def result(self) -> np.ndarray:
        exponentials = _exponentials(self.x)
        return exponentials / np.maximum(exponentials.sum(axis=-1, keepdims=True), 1e-30)

    def cell(self, index: Index) -> Cell:
        row = self.x[index[:-1]].astype("float64")
        exponentials = _exponentials(row)
        total = float(exponentials.sum())
        own = float(exponentials[index[-1]])
        terms = {"x": row, "exponential": exponentials, "share": exponentials / max(total, 1e-30)}
        largest = _largest(row).item()
        numbers = {"exponential": own, "sum": total, "largest": largest}
        return Cell(own / max(total, 1e-30), numbers, terms)


class Normalize(NamedTuple):
    """(x - mean) / deviation of its row, times gain, plus shift.

    Without a shift it is RMS normalisation: the mean counts as 0.
    """

    x: np.ndarray
    """(T, E), or of several heads (H, T, D)."""
    gain: np.ndarray
    """(E,)."""
    shift: np.ndarray | None
    """(E,)."""
    epsilon: float

    def mean(self) -> np.ndarray:
        """(T, 1)."""
        if self.shift is None:
            return np.zeros_like(self.x[..., :1])
        return self.x.mean(axis=-1, keepdims=True)

    def deviation(self) -> np.ndarray:
        """(T, 1): sqrt(variance + epsilon)."""
        variance = ((self.x - self.mean()) ** 2).mean(axis=-1, keepdims=True)
        return np.sqrt(variance + np.float32(self.epsilon))

    def standardized(self) -> np.ndarray:
        """(T, E): before gain and shift."""
        return (self.x - self.mean()) / self.deviation()

    def result(self) -> np.ndarray:
        shift = np.float32(0) if self.shift is None else self.shift
        return self.standardized() * self.gain + shift

    def cell(self, index: Index) -> Cell:
        *row, column = index
        numbers = {
            "x": float(self.x[index]),
            "mean": float(self.mean()[*row, 0]),
            "deviation": float(self.deviation()[*row, 0]),
            "gain": float(self.gain[column]),
            "shift": 0.0 if self.shift is None else float(self.shift[column]),
        }
        x, mean, deviation, gain, shift = numbers.values()
        return Cell((x - mean) / deviation * gain + shift, numbers)


class Activate(NamedTuple):
    """A function of each number by itself."""

    x: np.ndarray
    activation: str

    def result(self) -> np.ndarray:
        return ops.convert_to_numpy(ACTIVATIONS[self.activation](self.x))

    def cell(self, index: Index) -> Cell:
        x = float(self.x[index])
        value = float(ops.convert_to_numpy(ACTIVATIONS[self.activation](np.float32(x))))
        return Cell(value, {"x": x, "share": value / x if x else 0.0})


class Add(NamedTuple):
    """Two matrices, cell by cell."""

    left: np.ndarray
    right: np.ndarray

    def result(self) -> np.ndarray:
        return self.left + self.right

    def cell(self, index: Index) -> Cell:
        numbers = {"left": float(self.left[index]), "right": float(self.right[index])}
        return Cell(sum(numbers.values()), numbers)


class Multiply(NamedTuple):
    """Two matrices, cell by cell: a gate and what it lets through."""

    left: np.ndarray
    right: np.ndarray

    def result(self) -> np.ndarray:
        return self.left * self.right

    def cell(self, index: Index) -> Cell:
        numbers = {"left": float(self.left[index]), "right": float(self.right[index])}
        return Cell(numbers["left"] * numbers["right"], numbers)


class Split(NamedTuple):
    """Columns cut into heads: (T, heads D) -> (H, T, D).

    Fewer heads than H, as of grouped-query keys, serve several query heads each.
    """

    x: np.ndarray
    head_dim: int
    num_heads: int

    def result(self) -> np.ndarray:
        heads = self.x.reshape(len(self.x), -1, self.head_dim).swapaxes(0, 1)
        return np.repeat(heads, self.num_heads // len(heads), axis=0)

    def first_column(self, head: int) -> int:
        """Where the columns of a head begin."""
        shared_by = self.num_heads * self.head_dim // self.x.shape[-1]
        return head // shared_by * self.head_dim

    def cell(self, index: Index) -> Cell:
        head, row, column = index
        source = self.first_column(head) + column
        return Cell(float(self.x[row, source]), {"column": source})


class Join(NamedTuple):
    """Heads side by side: (H, T, D) -> (T, H D)."""

    x: np.ndarray

    def result(self) -> np.ndarray:
        return self.x.swapaxes(0, 1).reshape(self.x.shape[1], -1)

    def cell(self, index: Index) -> Cell:
        row, column = index
        head, within = divmod(column, self.x.shape[-1])
        return Cell(float(self.x[head, row, within]), {"head": head, "column": within})


class Rotate(NamedTuple):
    """Pairs of columns (i, i + D / 2) turned by an angle that grows with the position."""

    x: np.ndarray
    """(H, T, D)."""
    angles: np.ndarray
    """(T, D / 2) in radians."""

    def result(self) -> np.ndarray:
        cosine, sine = np.cos(self.angles), np.sin(self.angles)
        first, second = np.split(self.x, 2, axis=-1)
        turned = (first * cosine - second * sine, second * cosine + first * sine)
        return np.concatenate(turned, axis=-1)

    def cell(self, index: Index) -> Cell:
        head, row, column = index
        half = self.angles.shape[-1]
        sign = -1.0 if column < half else 1.0
        angle = float(self.angles[row, column % half])
        own = float(self.x[index])
        partner = float(self.x[head, row, (column + half) % (2 * half)])
        value = own * np.cos(angle) + sign * partner * np.sin(angle)
        return Cell(float(value), {"x": own, "partner": partner, "angle": angle, "sign": sign})


def _largest(x: np.ndarray) -> np.ndarray:
    """The largest number of each row, 0 if none is finite: taken off, e^x stays small."""
    largest = x.max(axis=-1, keepdims=True)
    return np.where(np.isfinite(largest), largest, 0)


def _exponentials(x: np.ndarray) -> np.ndarray:
    return np.exp(x - _largest(x))
