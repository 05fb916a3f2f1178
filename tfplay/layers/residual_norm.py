"""The residual connection and the norm around a sublayer."""

from collections.abc import Callable
from typing import Any

import keras
from keras import ops

from tfplay.config import NORMALIZATIONS
from tfplay.layers import arguments
from tfplay.layers.attention import Tensor
from tfplay.layers.base import TransformerLayer


def make_norm(normalization: str, epsilon: float, dtype: Any, name: str) -> keras.layers.Layer:
    """The normalisation layer of that name; `"none"` changes nothing."""
    match arguments.choice("normalization", normalization, NORMALIZATIONS):
        case "layer_norm":
            return keras.layers.LayerNormalization(epsilon=epsilon, dtype=dtype, name=name)
        case "rms_norm":
            return keras.layers.RMSNormalization(epsilon=epsilon, dtype=dtype, name=name)
    return keras.layers.Identity(dtype=dtype, name=name)


@keras.saving.register_keras_serializable(package="tfplay")
class ResidualNorm(TransformerLayer):
    """The residual connection and the normalisation around one sublayer.

    Post-norm (the original) is norm(x + sublayer(x)); pre-norm (GPT-2) is x + sublayer(norm(x)).
    In both, `prepare` returns the input of the sublayer and a call adds its output.

    Args:
        normalization: `"layer_norm"` (Ba et al., 2016, arXiv:1607.06450), `"rms_norm"` (Zhang and
            Sennrich, 2019, arXiv:1910.07467) or `"none"`.
        normalize_first: Pre-norm if true, post-norm if false.
        epsilon: Added to the variance before its square root is taken.
        dropout: Share of the sublayer's answer dropped in training.
        use_residual: Add the sublayer's input; false breaks it.

    Example:
        >>> residual = ResidualNorm(normalize_first=True)
        >>> residual.build(x.shape)
        >>> y = residual(x, feed_forward(residual.prepare(x)))
    """

    def __init__(
        self,
        normalization: str = "layer_norm",
        normalize_first: bool = False,
        epsilon: float = 1e-5,
        dropout: float = 0.0,
        use_residual: bool = True,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.normalization = normalization
        self.normalize_first = arguments.switch("normalize_first", normalize_first)
        self.epsilon = arguments.positive_number("epsilon", epsilon)
        self.dropout = arguments.share("dropout", dropout)
        self.use_residual = arguments.switch("use_residual", use_residual)
        self.norm = make_norm(normalization, epsilon, self.dtype_policy, "norm")
        self.output_dropout = keras.layers.Dropout(dropout, dtype=self.dtype_policy)

    def build(self, residual_shape, sublayer_output_shape=None) -> None:
        self.norm.build(residual_shape)

    def prepare(self, residual: Tensor) -> Tensor:
        """What the sublayer reads: the residual stream, normalised if pre-norm."""
        return self.norm(residual) if self.normalize_first else residual

    def call(
        self, residual: Tensor, sublayer_output: Tensor, training: bool | None = None
    ) -> Tensor:
        """Adds the sublayer's answer to the stream, and normalises if post-norm.

        Args:
            residual: (B, T, E), the stream before the sublayer.
            sublayer_output: (B, T, E).

        Returns:
            (B, T, E), the stream after the sublayer.
        """
        answer = self.output_dropout(sublayer_output, training=training)
        added = ops.add(residual, answer) if self.use_residual else answer
        return added if self.normalize_first else self.norm(added)

    def around(
        self,
        residual: Tensor,
        sublayer: Callable[[Tensor], tuple[Tensor, Any]],
        training: bool | None = None,
    ) -> tuple[Tensor, Any]:
        """Passes the stream (B, T, E) through a sublayer.

        Args:
            residual: (B, T, E), the stream before the sublayer.
            sublayer: Maps its input (B, T, E) to its output (B, T, E) and its trace.

        Returns:
            (B, T, E), the stream after the sublayer, and the trace.
        """
        answer, trace = sublayer(self.prepare(residual))
        return self(residual, answer, training=training), trace

    def compute_output_shape(self, residual_shape, sublayer_output_shape=None):
        return residual_shape
