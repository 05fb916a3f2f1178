"""The optimizer, which also measures how long the gradient is in each part of the model."""

import math
from collections.abc import Sequence
from typing import Any

import keras
from keras import ops

HEAD = "head"
"""All that follows the blocks: final norms and whatever makes the answer."""


@keras.saving.register_keras_serializable(package="tfplay")
class MeasuredAdamW(keras.optimizers.AdamW):
    """AdamW that keeps the L2 norms of the latest gradient, as it was before clipping.

    They are kept in a variable within the compiled step; only `gradient_norms` waits for it.

    Example:
        >>> model.compile(MeasuredAdamW(1e-3), TokenCrossEntropy())
        >>> loss = model.train_on_batch(token_ids[:, :-1], token_ids[:, 1:])
        >>> model.optimizer.gradient_norms()
        {'embeddings': ..., 'decoder_block_0': ..., 'decoder_block_1': ..., ...}
    """

    def build(self, variables: Sequence[keras.Variable]) -> None:
        super().build(variables)
        parts = dict.fromkeys(part_of(variable.path) for variable in variables)
        self.parts = tuple(sorted(parts, key=lambda part: part == HEAD))  # the head comes last
        self._norms = self.add_variable(
            (len(parts),), aggregation="only_first_replica", name="gradient_norms"
        )

    def apply(self, grads: Sequence[Any], trainable_variables: Any = None) -> None:
        """Measures the gradient of each part of the model, then updates as AdamW does."""
        variables = list(trainable_variables or self._trainable_variables)
        if not self.built:
            self.build(variables)
        grads = [
            grad if grad is None else _whole(grad, variable)
            for grad, variable in zip(grads, variables, strict=True)
        ]
        squares = dict.fromkeys(self.parts, ops.zeros(()))
        for grad, variable in zip(grads, variables, strict=True):
            if grad is not None:
                squares[part_of(variable.path)] += ops.sum(ops.square(grad))
        self._norms.assign(ops.sqrt(ops.stack(list(squares.values()))))
        super().apply(grads, variables)

    def gradient_norms(self) -> dict[str, float]:
        """The norm of the latest step's gradient, by part of the model, from input to output."""
        return dict(zip(self.parts, ops.convert_to_numpy(self._norms).tolist(), strict=True))


def _whole(grad: Any, variable: keras.Variable) -> Any:
    """The gradient as one tensor.

    TensorFlow lists an embedding's rows as often as their tokens were read; squared one by one, as
    AdamW and the clipping would do, they are too short.
    """
    return ops.add(grad, ops.zeros(variable.shape, variable.dtype))


def part_of(path: str) -> str:
    """The part of a model that a weight belongs to.

    Args:
        path: The weight's, such as "decoder_block_0/feed_forward/up/kernel".

    Returns:
        `"embeddings"`, the block's name, or `"head"`.
    """
    first = path.split("/")[0]
    return first if first == "embeddings" or "_block_" in first else HEAD


def global_norm(norms: dict[str, float]) -> float:
    """The norm of the whole gradient, from those of its parts."""
    return math.hypot(*norms.values())
