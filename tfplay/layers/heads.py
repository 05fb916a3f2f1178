"""What a model ends with: next-token, masked-word, classification and span heads."""

from typing import Any

import keras
from keras import ops

from tfplay.config import POOLINGS
from tfplay.layers.attention import Tensor


@keras.saving.register_keras_serializable(package="tfplay")
class TokenPrediction(keras.layers.Layer):
    """Linear projection to the vocabulary, and its softmax with temperature.

    softmax((x W + b) / temperature).

    Args:
        vocabulary_size: Number of tokens (V).
        use_bias: Add b.
        kernel_initializer: Of W.

    Example:
        >>> head = TokenPrediction(vocabulary_size=65)
        >>> probabilities = head.probabilities(x, temperature=0.7)  # (B, T, E) -> (B, T, 65)
    """

    def __init__(
        self,
        vocabulary_size: int,
        use_bias: bool = False,
        kernel_initializer: Any = "glorot_uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.vocabulary_size = vocabulary_size
        self.use_bias = use_bias
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.dense = keras.layers.Dense(
            vocabulary_size,
            use_bias=use_bias,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name="dense",
        )

    def build(self, input_shape) -> None:
        self.dense.build(input_shape)

    def call(self, x: Tensor) -> Tensor:
        """Vectors (B, T, E) -> logits (B, T, V)."""
        return self.dense(x)

    def probabilities(self, x: Tensor, temperature: float = 1.0) -> Tensor:
        """Vectors (B, T, E) -> probabilities (B, T, V) in float32."""
        return ops.softmax(ops.cast(self(x), "float32") / temperature, axis=-1)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "vocabulary_size": self.vocabulary_size,
            "use_bias": self.use_bias,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }


@keras.saving.register_keras_serializable(package="tfplay")
class Pooling(keras.layers.Layer):
    """One vector for a whole sequence: of its first or last token, or the mean or maximum of all.

    Args:
        pooling: `"first"` ([CLS]), `"last"` (for causal models: it alone has read all), `"mean"`
            or `"max"`.

    Example:
        >>> pooled = Pooling("mean")(x, padding_mask=padding_mask)  # (B, T, E) -> (B, E)
    """

    def __init__(self, pooling: str = "first", **kwargs: Any):
        super().__init__(**kwargs)
        if pooling not in POOLINGS:
            raise ValueError(f"pooling is {pooling!r}; it must be one of {', '.join(POOLINGS)}.")
        self.pooling = pooling

    def call(self, x: Tensor, padding_mask: Tensor | None = None) -> Tensor:
        """Pools (B, T, E) to (B, E); padding (False in padding_mask (B, T)) does not count."""
        if self.pooling == "first":
            return x[:, 0]
        if padding_mask is None:
            padding_mask = ops.ones(ops.shape(x)[:2], dtype="bool")
        is_real = ops.expand_dims(padding_mask, axis=-1)  # (B, T, 1)
        if self.pooling == "last":
            last = ops.sum(ops.cast(is_real, "int32"), axis=1, keepdims=True) - 1  # (B, 1, 1)
            return ops.take_along_axis(x, ops.maximum(last, 0), axis=1)[:, 0]
        if self.pooling == "max":
            return ops.max(ops.where(is_real, x, ops.cast(-1e4, x.dtype)), axis=1)
        weights = ops.cast(is_real, x.dtype)
        return ops.sum(x * weights, axis=1) / ops.maximum(ops.sum(weights, axis=1), 1)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"pooling": self.pooling}


@keras.saving.register_keras_serializable(package="tfplay")
class ClassificationHead(keras.layers.Layer):
    """Pools the sequence, one tanh layer (BERT's pooler), then a logit a class.

    Devlin et al., 2018, arXiv:1810.04805.

    Args:
        num_classes: Number of classes.
        pooling: `"first"`, `"last"`, `"mean"` or `"max"`.
        dropout: Share of the pooled vector dropped in training.
        kernel_initializer: Of the two matrices.

    Example:
        >>> head = ClassificationHead(num_classes=2)
        >>> logits = head(x, padding_mask=padding_mask)  # (B, T, E) -> (B, 2)
    """

    def __init__(
        self,
        num_classes: int,
        pooling: str = "first",
        dropout: float = 0.0,
        kernel_initializer: Any = "glorot_uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.dropout = dropout
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.pool = Pooling(pooling, dtype=self.dtype_policy)
        self.output_dropout = keras.layers.Dropout(dropout, dtype=self.dtype_policy)
        self.output_dense = keras.layers.Dense(
            num_classes,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name="output",
        )

    def build(self, input_shape) -> None:
        hidden_dim = input_shape[-1]
        self.pooled_dense = keras.layers.Dense(
            hidden_dim,
            activation="tanh",
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name="pooled",
        )
        self.pooled_dense.build((None, hidden_dim))
        self.output_dense.build((None, hidden_dim))

    def call(
        self, x: Tensor, padding_mask: Tensor | None = None, training: bool | None = None
    ) -> Tensor:
        """Vectors (B, T, E) -> logits (B, num_classes)."""
        pooled = self.pooled_dense(self.pool(x, padding_mask=padding_mask))
        return self.output_dense(self.output_dropout(pooled, training=training))

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "num_classes": self.num_classes,
            "pooling": self.pool.pooling,
            "dropout": self.dropout,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }


@keras.saving.register_keras_serializable(package="tfplay")
class MaskedLanguageModelHead(keras.layers.Layer):
    """Logits of the word behind each mask: dense, activation, norm, projection to the vocabulary.

    The projection is the token embedding matrix, handed over in the call, plus a bias (Devlin et
    al., 2018, arXiv:1810.04805).

    Args:
        vocabulary_size: Number of tokens (V).
        activation: `"relu"`, `"gelu"` or another Keras activation.
        epsilon: Of the layer norm.
        kernel_initializer: Of the dense layer.

    Example:
        >>> head = MaskedLanguageModelHead(vocabulary_size=65)
        >>> logits = head(x, embeddings=token_embedding.embeddings)  # (B, T, E) -> (B, T, 65)
    """

    def __init__(
        self,
        vocabulary_size: int,
        activation: str = "gelu",
        epsilon: float = 1e-5,
        kernel_initializer: Any = "glorot_uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.vocabulary_size = vocabulary_size
        self.activation = activation
        self.epsilon = epsilon
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.norm = keras.layers.LayerNormalization(
            epsilon=epsilon, dtype=self.dtype_policy, name="norm"
        )

    def build(self, x_shape, embeddings_shape=None) -> None:
        self.dense = keras.layers.Dense(
            x_shape[-1],
            activation=self.activation,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name="dense",
        )
        self.dense.build(x_shape)
        self.norm.build(x_shape)
        self.bias = self.add_weight(name="bias", shape=(self.vocabulary_size,), initializer="zeros")

    def call(self, x: Tensor, embeddings: Tensor) -> Tensor:
        """Vectors (B, T, E) and the token embedding matrix (V, E) -> logits (B, T, V)."""
        x = self.norm(self.dense(x))
        return ops.matmul(x, ops.transpose(ops.cast(embeddings, x.dtype))) + self.bias

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "vocabulary_size": self.vocabulary_size,
            "activation": self.activation,
            "epsilon": self.epsilon,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }


@keras.saving.register_keras_serializable(package="tfplay")
class SpanHead(keras.layers.Layer):
    """Where an answer starts and where it ends: for both a logit a token.

    Devlin et al., 2018, arXiv:1810.04805, section 4.2.

    Args:
        kernel_initializer: Of the (E, 2) matrix.

    Example:
        >>> logits = SpanHead()(x, padding_mask=padding_mask)  # (B, T, E) -> (B, 2, T)
        >>> start, end = ops.argmax(logits, axis=-1)[0]
    """

    def __init__(self, kernel_initializer: Any = "glorot_uniform", **kwargs: Any):
        super().__init__(**kwargs)
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.dense = keras.layers.Dense(
            2,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name="dense",
        )

    def build(self, x_shape) -> None:
        self.dense.build(x_shape)

    def call(self, x: Tensor, padding_mask: Tensor | None = None) -> Tensor:
        """Vectors (B, T, E) -> logits (B, 2, T) of start and end; padding is never likely."""
        logits = ops.transpose(self.dense(x), (0, 2, 1))
        if padding_mask is None:
            return logits
        is_real = ops.expand_dims(padding_mask, axis=1)  # (B, 1, T)
        return ops.where(is_real, logits, ops.cast(-1e4, logits.dtype))

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer)
        }
