"""Where a token stands: sinusoidal, learned and rotary positions."""

import math
from typing import Any

import keras
from keras import ops

from tfplay.config import SINUSOIDAL_LAYOUTS
from tfplay.layers import arguments
from tfplay.layers.attention import Tensor
from tfplay.layers.base import TransformerLayer
from tfplay.layers.embedding import look_up


def _angles(length: int, start_index: Tensor, frequencies: Tensor) -> Tensor:
    """Angle of each position for each pair of values: (T, width / 2) in radians, float32."""
    positions = ops.cast(ops.arange(length, dtype="int32") + start_index, "float32")
    return positions[:, None] * frequencies[None, :]


def _frequencies(width: int, max_wavelength: float) -> Tensor:
    """By what the angle of pair i grows with each position: max_wavelength^(-2i / width)."""
    exponents = ops.arange(0, width, 2, dtype="float32") / width
    return ops.power(max_wavelength, -exponents)


def at_positions(rows: Tensor, positions: Tensor | None) -> Tensor:
    """The rows (T, E) of the positions (B, T), all below T; `None` is one row after the other."""
    return rows if positions is None else ops.take(rows, positions, axis=0)


@keras.saving.register_keras_serializable(package="tfplay")
class SinusoidalPosition(TransformerLayer):
    """PE(p, 2i) = sin(p / 10000^(2i/E)), PE(p, 2i+1) = cos(...)  (Vaswani et al., 2017).

    It has no weights and no longest length.

    Args:
        max_wavelength: 10000 in the paper.
        layout: Sine and cosine take turns, `"interleaved"`, as in the paper, or all cosines come
            after all sines, `"halves"`.

    Example:
        >>> positions = SinusoidalPosition()(embeddings)
        >>> x = embeddings + positions
    """

    def __init__(
        self, max_wavelength: float = 10_000.0, layout: str = "interleaved", **kwargs: Any
    ):
        super().__init__(**kwargs)
        self.max_wavelength = arguments.positive_number("max_wavelength", max_wavelength)
        self.layout = arguments.choice("layout", layout, SINUSOIDAL_LAYOUTS)

    def call(self, x: Tensor, start_index: Tensor = 0, positions: Tensor | None = None) -> Tensor:
        """Encodes the positions from `start_index` on.

        Args:
            x: (B, T, E); only its shape matters.
            start_index: Position of the first token.
            positions: (B, T), counted from `start_index`, where the tokens do not stand one after
                the other: `token_positions` leaves padding out.

        Returns:
            (T, E), the same for every sequence of the batch, or with `positions` (B, T, E).
        """
        length, hidden_dim = ops.shape(x)[1], x.shape[-1]
        frequencies = _frequencies(hidden_dim, self.max_wavelength)
        angles = _angles(length, start_index, frequencies)
        axis = -1 if self.layout == "interleaved" else -2
        pairs = ops.stack([ops.sin(angles), ops.cos(angles)], axis=axis)
        rows = ops.reshape(pairs, (length, -1))[:, :hidden_dim]
        return at_positions(ops.cast(rows, self.compute_dtype), positions)

    def compute_output_shape(self, x_shape):
        return tuple(x_shape[1:])


@keras.saving.register_keras_serializable(package="tfplay")
class LearnedPosition(TransformerLayer):
    """A trained vector for each position, as in BERT and GPT-2.

    Args:
        max_sequence_length: Longest sequence, in tokens.
        embeddings_initializer: Initializer of the (max_sequence_length, E) matrix.

    Example:
        >>> positions = LearnedPosition(max_sequence_length=64)(embeddings)
        >>> x = embeddings + positions
    """

    def __init__(
        self,
        max_sequence_length: int,
        embeddings_initializer: Any = "uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.max_sequence_length = arguments.whole_number(
            "max_sequence_length", max_sequence_length
        )
        self.embeddings_initializer = arguments.initializer(
            "embeddings_initializer", embeddings_initializer
        )

    def build(self, x_shape) -> None:
        self.position_embeddings = self.add_weight(
            name="position_embeddings",
            shape=(self.max_sequence_length, x_shape[-1]),
            initializer=self.embeddings_initializer.clone(),
        )

    def call(self, x: Tensor, start_index: Tensor = 0, positions: Tensor | None = None) -> Tensor:
        """Looks up the positions from `start_index` on; arguments as in `SinusoidalPosition`.

        A position beyond the last raises an error, or gives NaN in compiled code.
        """
        length = x.shape[1]
        if positions is None and length is not None and length > self.max_sequence_length:
            raise ValueError(
                f"The sequence has {length} tokens; there are positions for "
                f"{self.max_sequence_length}, max_sequence_length."
            )
        counted = ops.arange(ops.shape(x)[1], dtype="int32") if positions is None else positions
        return look_up(self.position_embeddings, counted + start_index, "position")

    def compute_output_shape(self, x_shape):
        return tuple(x_shape[1:])


@keras.saving.register_keras_serializable(package="tfplay")
class RotaryPosition(TransformerLayer):
    """Turns pairs of query and key values by an angle that grows with the position.

    The product of a query and a key then depends on their distance only (Su et al., 2021,
    arXiv:2104.09864). Value i is paired with value i + D/2, as in Llama.

    Args:
        max_wavelength: 10000 in the paper.
        factor: Angles grow so many times more slowly, to read longer texts than were learned
            (Chen et al., 2023, arXiv:2306.15595).
        original_length: The context before the stretch, in tokens: waves that fit into it at least
            four times are not stretched, those that do not fit once are, those between are in part
            (Llama 3.1; Grattafiori et al., 2024, arXiv:2407.21783). 0 stretches all.

    Example:
        >>> query = RotaryPosition()(query)  # (B, H, T, D)
        >>> key = RotaryPosition()(key)
    """

    def __init__(
        self,
        max_wavelength: float = 10_000.0,
        factor: float = 1.0,
        original_length: int = 0,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.max_wavelength = arguments.positive_number("max_wavelength", max_wavelength)
        self.factor = arguments.positive_number("factor", factor)
        self.original_length = arguments.count("original_length", original_length)

    def frequencies(self, head_dim: int) -> Tensor:
        """By what the angle of each pair of values grows with each position: (D / 2,) radians."""
        frequencies = _frequencies(head_dim, self.max_wavelength)
        if self.factor == 1:
            return frequencies
        if not self.original_length:
            return frequencies / self.factor
        fitting = self.original_length * frequencies / (2 * math.pi)  # waves in the context
        kept = ops.clip((fitting - 1) / (4 - 1), 0, 1)
        return frequencies * (kept + (1 - kept) / self.factor)

    def call(self, x: Tensor, start_index: Tensor = 0, positions: Tensor | None = None) -> Tensor:
        """Rotates queries or keys.

        Args:
            x: (B, H, T, D) with an even D.
            start_index: Position of the first token.
            positions: (B, T), counted from `start_index`, where the tokens do not stand one after
                the other.

        Returns:
            (B, H, T, D).
        """
        head_dim = x.shape[-1]
        if head_dim % 2:
            raise ValueError(
                f"The width of x, {head_dim}, is odd; rotary positions turn pairs of values and "
                "need an even one."
            )
        half = head_dim // 2
        angles = _angles(ops.shape(x)[-2], start_index, self.frequencies(head_dim))
        turns = (ops.cast(turn(angles), x.dtype) for turn in (ops.cos, ops.sin))
        cosine, sine = (at_positions(turn, positions) for turn in turns)
        if positions is not None:  # the same for all heads
            cosine, sine = cosine[:, None], sine[:, None]
        first, second = x[..., :half], x[..., half:]
        turned = (first * cosine - second * sine, second * cosine + first * sine)
        return ops.concatenate(turned, axis=-1)

    def compute_output_shape(self, x_shape):
        return x_shape
