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

    def _apply_weight_decay(self, variables: Sequence[Any]) -> None:
        """Leaves it to `update_step`."""

    def _backend_update_step(
        self, grads: Sequence[Any], trainable_variables: Sequence[Any], learning_rate: Any
    ) -> None:
        """Works out once a step what Keras works out for each variable.

        A step is traced and compiled in two thirds of the time, and eager steps take as much less.
        """
        step = ops.cast(self.iterations + 1, "float32")
        shorter = ops.sqrt(1 - ops.power(self.beta_2, step)) / (1 - ops.power(self.beta_1, step))
        decay = learning_rate * self.weight_decay
        super()._backend_update_step(grads, trainable_variables, (decay, learning_rate * shorter))

    def update_step(self, gradient: Any, variable: Any, learning_rate: tuple[Any, Any]) -> None:
        """Moves one variable and what is remembered of its gradients.

        Args:
            gradient: In the variable's shape.
            variable: What learns.
            learning_rate: The share of the variable that decays, and the length of the step with
                the correction of both moments (Kingma and Ba, 2014, arXiv:1412.6980, section 2).
        """
        decay, step = learning_rate
        index = self._get_variable_index(variable)
        first, second = self._momentums[index], self._velocities[index]
        if self._use_weight_decay(variable):
            self.assign_sub(variable, variable * decay)
        self.assign_add(first, (gradient - first) * (1 - self.beta_1))
        self.assign_add(second, (ops.square(gradient) - second) * (1 - self.beta_2))
        self.assign_sub(variable, step * first / (ops.sqrt(second) + self.epsilon))

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
