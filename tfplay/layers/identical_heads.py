"""An initializer that gives all heads the same weights."""

from typing import Any

import keras
from keras import ops

from tfplay.layers import arguments
from tfplay.layers.attention import Tensor


@keras.saving.register_keras_serializable(package="tfplay")
class IdenticalHeads(keras.initializers.Initializer):
    """The first head's weights, repeated for every other head.

    Heads that begin alike get equal gradients, and so by symmetry stay alike: it is the random
    start that lets heads learn different things.

    Args:
        initializer: Initializer of all heads' weights; those of the first head are used.
        num_heads: How many heads the matrix is for.
        axis: The axis of the heads: 1 in W_Q, W_K and W_V (E, H D), 0 in W_O (H D, E).

    Example:
        >>> IdenticalHeads(keras.initializers.GlorotUniform(), num_heads=3)((29, 3 * 11))
    """

    def __init__(self, initializer: Any, num_heads: int, axis: int = 1):
        self.initializer = arguments.initializer("initializer", initializer)
        self.num_heads = arguments.whole_number("num_heads", num_heads)
        if axis not in (0, 1):
            raise ValueError(f"axis is {axis!r:.80}; it must be 0 or 1.")
        self.axis = axis

    def __call__(self, shape: tuple[int, ...], dtype: Any = None) -> Tensor:
        first, *_ = ops.split(self.initializer(shape, dtype=dtype), self.num_heads, axis=self.axis)
        return ops.concatenate([first] * self.num_heads, axis=self.axis)

    def get_config(self) -> dict[str, Any]:
        return {
            "initializer": keras.initializers.serialize(self.initializer),
            "num_heads": self.num_heads,
            "axis": self.axis,
        }
