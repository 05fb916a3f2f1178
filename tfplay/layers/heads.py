"""The heads that a model ends with: next token, masked word, classification and span."""

from typing import Any

import keras
from keras import ops

from tfplay.config import HEAD_ACTIVATIONS
from tfplay.layers import arguments
from tfplay.layers.attention import Tensor
from tfplay.layers.base import TransformerLayer
from tfplay.layers.masks import real_tokens
from tfplay.layers.pooling import Pooling


@keras.saving.register_keras_serializable(package="tfplay")
class TokenPrediction(TransformerLayer):
    """Linear projection to the vocabulary, and its softmax with temperature.

    softmax((x W + b) / temperature).

    Args:
        vocabulary_size: Number of tokens (V).
        use_bias: Add b.
        kernel_initializer: Initializer of W.

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
        self.vocabulary_size = arguments.whole_number("vocabulary_size", vocabulary_size)
        self.use_bias = arguments.switch("use_bias", use_bias)
        self.kernel_initializer = arguments.initializer("kernel_initializer", kernel_initializer)
        self.dense = keras.layers.Dense(
            self.vocabulary_size,
            use_bias=use_bias,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name="dense",
        )

    def build(self, x_shape) -> None:
        self.dense.build(x_shape)

    def call(self, x: Tensor) -> Tensor:
        """Vectors (B, T, E) -> logits (B, T, V)."""
        return self.dense(x)

    def probabilities(self, x: Tensor, temperature: float = 1.0) -> Tensor:
        """Vectors (B, T, E) -> probabilities (B, T, V) in float32."""
        temperature = arguments.positive_number("temperature", temperature)
        return ops.softmax(ops.cast(self(x), "float32") / temperature, axis=-1)

    def compute_output_shape(self, x_shape):
        return (*x_shape[:-1], self.vocabulary_size)


@keras.saving.register_keras_serializable(package="tfplay")
class OutputBias(TransformerLayer):
    """A trained number for each token, added to its logit after a tied projection.

    Example:
        >>> logits = OutputBias()(logits)  # (B, T, V) -> (B, T, V)
    """

    def build(self, logits_shape) -> None:
        self.bias = self.add_weight(name="bias", shape=(logits_shape[-1],), initializer="zeros")

    def call(self, logits: Tensor) -> Tensor:
        """Adds the biases to logits (B, T, V)."""
        return logits + self.bias

    def compute_output_shape(self, logits_shape):
        return logits_shape


@keras.saving.register_keras_serializable(package="tfplay")
class ClassificationHead(TransformerLayer):
    """Pools the sequence, one or two dense layers if wanted (BERT: one), then a logit a class.

    Devlin et al., 2018, arXiv:1810.04805.

    Args:
        num_classes: Number of classes.
        pooling: `"first"`, `"last"`, `"mean"`, `"max"` or `"flatten"`.
        use_pooler: Have the dense layer.
        pooler_dim: Its width; `None` is E.
        second_dim: Width of a second such layer after it; `None` has none.
        pooler_activation: Of both: `"tanh"`, `"relu"` or `"gelu"`.
        dropout: Share of the pooled vector dropped in training.
        kernel_initializer: Initializer of the matrices.

    Example:
        >>> head = ClassificationHead(num_classes=2)
        >>> logits = head(x, padding_mask=padding_mask)  # (B, T, E) -> (B, 2)
    """

    def __init__(
        self,
        num_classes: int,
        pooling: str = "first",
        use_pooler: bool = True,
        pooler_dim: int | None = None,
        second_dim: int | None = None,
        pooler_activation: str = "tanh",
        dropout: float = 0.0,
        kernel_initializer: Any = "glorot_uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.num_classes = arguments.whole_number("num_classes", num_classes)
        self.dropout = arguments.share("dropout", dropout)
        self.kernel_initializer = arguments.initializer("kernel_initializer", kernel_initializer)
        self.pooling = pooling
        self.use_pooler = arguments.switch("use_pooler", use_pooler)
        is_given = pooler_dim is not None
        self.pooler_dim = arguments.whole_number("pooler_dim", pooler_dim) if is_given else None
        has_second = second_dim is not None
        self.second_dim = arguments.whole_number("second_dim", second_dim) if has_second else None
        self.pooler_activation = arguments.choice(
            "pooler_activation", pooler_activation, HEAD_ACTIVATIONS
        )
        self.pool = Pooling(pooling, dtype=self.dtype_policy)
        self.output_dropout = keras.layers.Dropout(dropout, dtype=self.dtype_policy)
        self.output_dense = keras.layers.Dense(
            self.num_classes,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name="output",
        )

    def build(self, x_shape) -> None:
        width = self.pool.width(x_shape)
        if self.use_pooler:
            self.pooled_dense = self._inner_dense("pooled", self.pooler_dim or x_shape[-1])
            self.pooled_dense.build((None, width))
            width = self.pooled_dense.units
        if self.second_dim:
            self.second_dense = self._inner_dense("second", self.second_dim)
            self.second_dense.build((None, width))
            width = self.second_dim
        self.output_dense.build((None, width))

    @property
    def inner_layers(self) -> list[keras.layers.Dense]:
        """The dense layers between the pooled vector and the logits, in order."""
        inner = [self.pooled_dense] if self.use_pooler else []
        return [*inner, self.second_dense] if self.second_dim else inner

    def _inner_dense(self, name: str, units: int) -> keras.layers.Dense:
        return keras.layers.Dense(
            units,
            activation=self.pooler_activation,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name=name,
        )

    def call(
        self, x: Tensor, padding_mask: Tensor | None = None, training: bool | None = None
    ) -> Tensor:
        """Vectors (B, T, E) -> logits (B, num_classes)."""
        pooled = self.pool(x, padding_mask=padding_mask)
        for dense in self.inner_layers:
            pooled = dense(pooled)
        return self.output_dense(self.output_dropout(pooled, training=training))

    def compute_mask(self, inputs: Tensor, previous_mask: Tensor | None) -> None:
        """No mask: the output has no tokens that could be padding."""

    def compute_output_shape(self, x_shape):
        return (x_shape[0], self.num_classes)


@keras.saving.register_keras_serializable(package="tfplay")
class TokenClassificationHead(TransformerLayer):
    """A dense layer with an activation, then a logit a class, on each token alone.

    Args:
        num_classes: Number of classes.
        inner_dim: Width of the dense layer.
        activation: `"tanh"`, `"relu"` or `"gelu"`.
        kernel_initializer: Initializer of the matrices.

    Example:
        >>> head = TokenClassificationHead(num_classes=3, inner_dim=7)
        >>> logits = head(x)  # (B, T, E) -> (B, T, 3)
    """

    def __init__(
        self,
        num_classes: int,
        inner_dim: int,
        activation: str = "relu",
        kernel_initializer: Any = "glorot_uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.num_classes = arguments.whole_number("num_classes", num_classes)
        self.inner_dim = arguments.whole_number("inner_dim", inner_dim)
        self.activation = arguments.choice("activation", activation, HEAD_ACTIVATIONS)
        self.kernel_initializer = arguments.initializer("kernel_initializer", kernel_initializer)
        self.inner_dense = self._dense(self.inner_dim, "inner", activation)
        self.output_dense = self._dense(self.num_classes, "output", None)

    def _dense(self, units: int, name: str, activation: str | None) -> keras.layers.Dense:
        return keras.layers.Dense(
            units,
            activation=activation,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name=name,
        )

    def build(self, x_shape) -> None:
        self.inner_dense.build(x_shape)
        self.output_dense.build((*x_shape[:-1], self.inner_dim))

    def call(self, x: Tensor) -> Tensor:
        """Vectors (B, T, E) -> logits (B, T, num_classes)."""
        return self.output_dense(self.inner_dense(x))

    def compute_output_shape(self, x_shape):
        return (*x_shape[:-1], self.num_classes)


@keras.saving.register_keras_serializable(package="tfplay")
class MaskedLanguageModelHead(TransformerLayer):
    """Logits of the word behind each mask: dense, activation, norm, projection to the vocabulary.

    The projection is the token embedding matrix, handed over in the call, plus a bias (Devlin et
    al., 2018, arXiv:1810.04805); or a matrix of its own.

    Args:
        vocabulary_size: Number of tokens (V).
        activation: `"relu"`, `"gelu"` or another Keras activation.
        epsilon: Added to the variance in the layer norm before its square root is taken.
        tie_embeddings: Project by the token embedding matrix; if false, by one of its own.
        kernel_initializer: Initializer of the dense layer.

    Example:
        >>> head = MaskedLanguageModelHead(vocabulary_size=65)
        >>> logits = head(x, embeddings=token_embedding.embeddings)  # (B, T, E) -> (B, T, 65)
    """

    def __init__(
        self,
        vocabulary_size: int,
        activation: str = "gelu",
        epsilon: float = 1e-5,
        tie_embeddings: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.vocabulary_size = arguments.whole_number("vocabulary_size", vocabulary_size)
        self.activation = _known_activation(activation)
        self.epsilon = arguments.positive_number("epsilon", epsilon)
        self.tie_embeddings = arguments.switch("tie_embeddings", tie_embeddings)
        self.kernel_initializer = arguments.initializer("kernel_initializer", kernel_initializer)
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
        if not self.tie_embeddings:
            self.kernel = self.add_weight(
                name="kernel",
                shape=(x_shape[-1], self.vocabulary_size),
                initializer=self.kernel_initializer.clone(),
            )
        self.bias = self.add_weight(name="bias", shape=(self.vocabulary_size,), initializer="zeros")

    def call(self, x: Tensor, embeddings: Tensor | None = None) -> Tensor:
        """Vectors (B, T, E) and, if tied, the embedding matrix (V, E) -> logits (B, T, V)."""
        x = self.norm(self.dense(x))
        kernel = ops.transpose(embeddings) if self.tie_embeddings else self.kernel
        return ops.matmul(x, ops.cast(kernel, x.dtype)) + self.bias

    def compute_output_shape(self, x_shape, embeddings_shape=None):
        return (*x_shape[:-1], self.vocabulary_size)


def _known_activation(activation: Any) -> str:
    """The name, if Keras has an activation of that name."""
    try:
        keras.activations.get(activation)
        is_known = isinstance(activation, str)
    except (TypeError, ValueError):
        is_known = False
    if not is_known:
        raise ValueError(
            f"activation is {activation!r:.80}; it must be the name of an activation of Keras: "
            "relu, gelu, silu, tanh, ..."
        )
    return activation


@keras.saving.register_keras_serializable(package="tfplay")
class SpanHead(TransformerLayer):
    """Where an answer starts and ends: two logits for each token.

    Devlin et al., 2018, arXiv:1810.04805, section 4.2.

    Args:
        kernel_initializer: Initializer of the (E, 2) matrix.

    Example:
        >>> logits = SpanHead()(x, padding_mask=padding_mask)  # (B, T, E) -> (B, 2, T)
        >>> start, end = ops.argmax(logits, axis=-1)[0]
    """

    def __init__(self, kernel_initializer: Any = "glorot_uniform", **kwargs: Any):
        super().__init__(**kwargs)
        self.kernel_initializer = arguments.initializer("kernel_initializer", kernel_initializer)
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
        padding_mask = real_tokens(x, padding_mask)
        if padding_mask is None:
            return logits
        is_real = ops.expand_dims(padding_mask, axis=1)  # (B, 1, T)
        return ops.where(is_real, logits, ops.cast(-1e4, logits.dtype))

    def compute_mask(self, inputs: Tensor, previous_mask: Tensor | None) -> None:
        """No mask: padding is in the logits, whose second axis is not that of the tokens."""

    def compute_output_shape(self, x_shape):
        return (x_shape[0], 2, x_shape[1])
