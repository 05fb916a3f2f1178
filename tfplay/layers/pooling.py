"""One vector for a whole sequence."""

from typing import Any

import keras
from keras import ops

from tfplay.config import POOLINGS
from tfplay.layers import arguments
from tfplay.layers.attention import Tensor
from tfplay.layers.base import TransformerLayer
from tfplay.layers.masks import real_tokens


@keras.saving.register_keras_serializable(package="tfplay")
class Pooling(TransformerLayer):
    """One vector for a whole sequence: of one token, or of all.

    Args:
        pooling: `"first"` ([CLS]), `"last"` (for causal models: it alone has read all), the
            `"mean"` or `"max"` of all, or `"flatten"`: all after one another, of sequences of one
            length.

    Example:
        >>> pooled = Pooling("mean")(x, padding_mask=padding_mask)  # (B, T, E) -> (B, E)
    """

    def __init__(self, pooling: str = "first", **kwargs: Any):
        super().__init__(**kwargs)
        self.pooling = arguments.choice("pooling", pooling, POOLINGS)

    def call(self, x: Tensor, padding_mask: Tensor | None = None) -> Tensor:
        """Pools (B, T, E) to (B, E); padding (False in padding_mask (B, T)) does not count.

        If all is padding, the mean and the maximum are 0. Flattened it is (B, T * E), with 0 for
        padding.
        """
        padding_mask = real_tokens(x, padding_mask)
        if padding_mask is None:
            padding_mask = ops.ones(ops.shape(x)[:2], dtype="bool")
        match self.pooling:
            case "first":
                return _vectors_at(x, _first(padding_mask))
            case "last":
                behind = _first(ops.flip(padding_mask, axis=1))  # padding after it
                return _vectors_at(x, ops.shape(x)[1] - 1 - behind)
            case "max":
                return _largest(x, padding_mask)
            case "flatten":
                real = ops.where(padding_mask[..., None], x, 0)
                return ops.reshape(real, (-1, x.shape[1] * x.shape[2]))
        return _mean(x, padding_mask)

    def compute_mask(self, inputs: Tensor, previous_mask: Tensor | None) -> None:
        """No mask: the output has no tokens that could be padding."""

    def compute_output_shape(self, x_shape):
        return (x_shape[0], self.width(x_shape))

    def width(self, x_shape) -> int:
        """The width of the one vector for a sequence of this shape (B, T, E)."""
        return x_shape[1] * x_shape[2] if self.pooling == "flatten" else x_shape[-1]


def _first(mask: Tensor) -> Tensor:
    """The first position (B,) that is true in each row; in whole numbers, as ONNX asks for them."""
    return ops.argmax(ops.cast(mask, "int32"), axis=1)


def _vectors_at(x: Tensor, positions: Tensor) -> Tensor:
    """The vectors (B, E) of x (B, T, E) at one position (B,) each."""
    return ops.take_along_axis(x, positions[:, None, None], axis=1)[:, 0]


def _largest(x: Tensor, padding_mask: Tensor) -> Tensor:
    largest = ops.max(ops.where(padding_mask[..., None], x, -float("inf")), axis=1)
    return ops.where(ops.any(padding_mask, axis=1)[:, None], largest, 0)


def _mean(x: Tensor, padding_mask: Tensor) -> Tensor:
    """The sum in float32: bfloat16 cannot count beyond 256, float16 ends at 65504."""
    real = ops.where(padding_mask[..., None], ops.cast(x, "float32"), 0)
    count = ops.sum(ops.cast(padding_mask, "float32"), axis=1, keepdims=True)
    return ops.cast(ops.sum(real, axis=1) / ops.maximum(count, 1), x.dtype)
