"""Loss and metrics of token prediction, as means over the labels that count.

Labels are (B, T) for logits (B, T, V), or (B,) for logits (B, V); a last axis of 1 may follow. A
label does not count where it is `IGNORED` or another negative number, where its weight is 0, or
where Keras' mask of the logits is false: what stands there is never looked at.
"""

from typing import Any

import keras
from keras import ops

from tfplay.layers.attention import Tensor


def label_weights(labels: Tensor, logits: Tensor, sample_weight: Any = None) -> Tensor:
    """How much each label counts.

    Args:
        labels: The shape of the logits without their last axis.
        logits: Keras' mask of them, if they have one, takes labels out.
        sample_weight: A weight a label (B, T), or one an example: (B,) or (B, 1); `None` is 1.

    Returns:
        float32 of the labels' shape; 0 where a label does not count.
    """
    counts = ops.cast(labels, "int32") >= 0
    mask = getattr(logits, "_keras_mask", None)
    if mask is not None and len(mask.shape) == len(labels.shape):
        counts = ops.logical_and(counts, mask)
    weights = ops.cast(counts, "float32")
    if sample_weight is None:
        return weights
    given = ops.cast(ops.convert_to_tensor(sample_weight), "float32")
    while len(given.shape) > len(labels.shape):
        given = ops.squeeze(given, axis=-1)
    while 0 < len(given.shape) < len(labels.shape):
        given = ops.expand_dims(given, axis=-1)
    return ops.where(counts, weights * given, 0.0)


def token_cross_entropy(labels: Tensor, logits: Tensor) -> Tensor:
    """-log softmax(logits)[label] at each position, in nats.

    Args:
        labels: (B, T), each a token of the vocabulary.
        logits: (B, T, V).

    Returns:
        (B, T) float32.
    """
    return ops.sparse_categorical_crossentropy(
        ops.cast(labels, "int32"), ops.cast(logits, "float32"), from_logits=True
    )


def _of_labels(labels: Tensor, logits: Tensor) -> Tensor:
    """The labels without the last axis of 1 that Keras may have given them."""
    labels = ops.convert_to_tensor(labels)
    has_axis = len(labels.shape) == len(logits.shape) and labels.shape[-1] == 1
    return ops.squeeze(labels, axis=-1) if has_axis else labels


@keras.saving.register_keras_serializable(package="tfplay")
class TokenCrossEntropy(keras.losses.Loss):
    """What training lowers: the mean cross-entropy over the labels that count.

    It is sum(weight * loss) / sum(weight), Keras' reduction "mean_with_sample_weight". With
    smoothing s the right token is asked for with probability 1 - s, and s is spread evenly over all
    tokens (Szegedy et al., 2015, arXiv:1512.00567).

    Args:
        label_smoothing: s, from 0 to below 1.

    Example:
        >>> loss = TokenCrossEntropy(label_smoothing=0.1)(labels, logits)
    """

    def __init__(self, label_smoothing: float = 0.0, name: str = "token_cross_entropy"):
        super().__init__(name=name, reduction="mean_with_sample_weight", dtype="float32")
        self.label_smoothing = label_smoothing

    def __call__(self, y_true: Tensor, y_pred: Tensor, sample_weight: Any = None) -> Tensor:
        """Labels (B, T), logits (B, T, V) and weights -> the loss, a float32 scalar."""
        # Keras' own would look at every label before it weighs it, and round it to floating point.
        labels = _of_labels(y_true, y_pred)
        weights = label_weights(labels, y_pred, sample_weight)
        losses = self.call(ops.where(weights != 0, labels, 0), y_pred)
        return ops.divide_no_nan(ops.sum(losses * weights), ops.sum(weights))

    def call(self, labels: Tensor, logits: Tensor) -> Tensor:
        """Labels (B, T), each a token, and logits (B, T, V) -> the loss of each, (B, T)."""
        logits = ops.cast(logits, "float32")
        losses = token_cross_entropy(labels, logits)
        if self.label_smoothing:
            evenly = ops.logsumexp(logits, axis=-1) - ops.mean(logits, axis=-1)
            losses = (1 - self.label_smoothing) * losses + self.label_smoothing * evenly
        return losses

    def get_config(self) -> dict[str, Any]:
        return {"label_smoothing": self.label_smoothing, "name": self.name}


class _TokenMean(keras.metrics.Mean):
    """An exact mean over the labels that count, whatever the shapes of the batches.

    Args:
        name: The name in the logs.
        dtype: Data type of the sums; in 16 bits they would soon stop growing.
    """

    def __init__(self, name: str, dtype: str = "float32"):
        super().__init__(name=name, dtype=dtype)

    def update_state(self, labels: Tensor, logits: Tensor, sample_weight: Any = None) -> None:
        """Adds labels (B, T) and logits (B, T, V), with weights as `label_weights` takes them."""
        labels = _of_labels(labels, logits)
        weights = label_weights(labels, logits, sample_weight)
        values = self.values(ops.where(weights != 0, labels, 0), logits)
        # Keras' mean would weigh each sequence by its count divided by its length: flat has none.
        super().update_state(ops.reshape(values, (-1,)), ops.reshape(weights, (-1,)))


@keras.saving.register_keras_serializable(package="tfplay")
class TokenLoss(_TokenMean):
    """Mean cross-entropy in nats a token, without label smoothing.

    Example:
        >>> model.compile(loss=TokenCrossEntropy(0.1), metrics=[TokenLoss(), TokenAccuracy()])
    """

    def __init__(self, name: str = "token_loss", dtype: str = "float32"):
        super().__init__(name, dtype)

    values = staticmethod(token_cross_entropy)


@keras.saving.register_keras_serializable(package="tfplay")
class TokenAccuracy(_TokenMean):
    """Share of labels whose token has the largest logit, from 0 to 1.

    Example:
        >>> model.compile(loss=TokenCrossEntropy(0.1), metrics=[TokenLoss(), TokenAccuracy()])
    """

    def __init__(self, name: str = "token_accuracy", dtype: str = "float32"):
        super().__init__(name, dtype)

    @staticmethod
    def values(labels: Tensor, logits: Tensor) -> Tensor:
        """Labels (B, T) and logits (B, T, V) -> (B, T) float32: 1 where right."""
        right = ops.equal(ops.cast(labels, "int32"), ops.argmax(logits, axis=-1))
        return ops.cast(right, "float32")
