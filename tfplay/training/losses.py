"""Loss and metrics of token prediction, as means over the labels that count."""

from typing import Any

import keras
from keras import ops

from tfplay.layers.attention import Tensor
from tfplay.tasks import IGNORED


def counted(labels: Tensor) -> Tensor:
    """(B, T) float32: 1 where a prediction is asked for, 0 where the label is `IGNORED`."""
    return ops.cast(ops.not_equal(labels, IGNORED), "float32")


def token_cross_entropy(labels: Tensor, logits: Tensor) -> Tensor:
    """-log softmax(logits)[label] at each position, in nats.

    Args:
        labels: (B, T).
        logits: (B, T, V).

    Returns:
        (B, T) float32; what stands at an `IGNORED` label means nothing.
    """
    token_ids = ops.maximum(ops.cast(labels, "int32"), 0)
    return ops.sparse_categorical_crossentropy(
        token_ids, ops.cast(logits, "float32"), from_logits=True
    )


@keras.saving.register_keras_serializable(package="tfplay")
class TokenCrossEntropy(keras.losses.Loss):
    """What training lowers: the mean cross-entropy over the labels that count.

    With smoothing s the right token is asked for with probability 1 - s, and s is spread evenly
    over all tokens (Szegedy et al., 2015, arXiv:1512.00567).

    Args:
        label_smoothing: s, from 0 to below 1.

    Example:
        >>> loss = TokenCrossEntropy(label_smoothing=0.1)(labels, logits)
    """

    def __init__(self, label_smoothing: float = 0.0, name: str = "token_cross_entropy"):
        # The mean is taken here: Keras' own would divide by the ignored labels too.
        super().__init__(name=name, reduction=None)
        self.label_smoothing = label_smoothing

    def call(self, labels: Tensor, logits: Tensor) -> Tensor:
        """Labels (B, T) and logits (B, T, V) -> the loss, a scalar."""
        losses = token_cross_entropy(labels, logits)
        if self.label_smoothing:
            evenly = ops.logsumexp(logits, axis=-1) - ops.mean(logits, axis=-1)
            losses = (1 - self.label_smoothing) * losses + self.label_smoothing * evenly
        weights = counted(labels)
        return ops.divide_no_nan(ops.sum(losses * weights), ops.sum(weights))

    def get_config(self) -> dict[str, Any]:
        return {"label_smoothing": self.label_smoothing, "name": self.name}


class _TokenMean(keras.metrics.Mean):
    """An exact mean over the labels that count, whatever the shapes of the batches."""

    def update_state(self, labels: Tensor, logits: Tensor, sample_weight: Any = None) -> None:
        # Keras' mean would weigh each sequence by its count divided by its length: flat has none.
        values = ops.reshape(self.values(labels, logits), (-1,))
        super().update_state(values, sample_weight=ops.reshape(counted(labels), (-1,)))


@keras.saving.register_keras_serializable(package="tfplay")
class TokenLoss(_TokenMean):
    """Mean cross-entropy in nats a token, without label smoothing.

    Example:
        >>> model.compile(loss=TokenCrossEntropy(0.1), metrics=[TokenLoss(), TokenAccuracy()])
    """

    def __init__(self, name: str = "token_loss", **kwargs: Any):
        super().__init__(name=name, **kwargs)

    values = staticmethod(token_cross_entropy)


@keras.saving.register_keras_serializable(package="tfplay")
class TokenAccuracy(_TokenMean):
    """Share of labels whose token has the largest logit, from 0 to 1.

    Example:
        >>> model.compile(loss=TokenCrossEntropy(0.1), metrics=[TokenLoss(), TokenAccuracy()])
    """

    def __init__(self, name: str = "token_accuracy", **kwargs: Any):
        super().__init__(name=name, **kwargs)

    @staticmethod
    def values(labels: Tensor, logits: Tensor) -> Tensor:
        """Labels (B, T) and logits (B, T, V) -> (B, T) float32: 1 where right."""
        right = ops.equal(ops.cast(labels, "int32"), ops.argmax(logits, axis=-1))
        return ops.cast(right, "float32")
