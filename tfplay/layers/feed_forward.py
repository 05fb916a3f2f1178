"""The position-wise feed-forward network."""

from typing import Any

import keras
from keras import ops

from tfplay.config import ACTIVATIONS, GATED_ACTIVATIONS
from tfplay.layers import arguments
from tfplay.layers.attention import Tensor
from tfplay.layers.base import TransformerLayer


@keras.saving.register_keras_serializable(package="tfplay")
class FeedForward(TransformerLayer):
    """FFN(x) = activation(x W_1 + b_1) W_2 + b_2, on each token alone (Vaswani et al., 2017).

    `"gelu"` is x Phi(x), `"gelu_tanh"` its approximation in GPT-2 (Hendrycks and Gimpel, 2016,
    arXiv:1606.08415), `"silu"` is x sigmoid(x). With a gate, `"swiglu"` is (silu(x W_gate) * x W_1)
    W_2 and `"geglu_tanh"` has that approximation instead of silu (Shazeer, 2020, arXiv:2002.05202).

    Args:
        intermediate_dim: Inner width (F, d_ff).
        activation: `"relu"`, `"gelu"`, `"gelu_tanh"`, `"silu"`, `"swiglu"` or `"geglu_tanh"`.
        use_bias: Biases in the linear layers.
        activate_output: Put the outputs through the activation too.
        kernel_initializer: Initializer of the matrices.

    Example:
        >>> layer = FeedForward(intermediate_dim=4 * 33, activation="gelu")
        >>> y = layer(x)  # (B, T, 33) -> (B, T, 33)
    """

    def __init__(
        self,
        intermediate_dim: int,
        activation: str = "relu",
        use_bias: bool = True,
        activate_output: bool = False,
        kernel_initializer: Any = "glorot_uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.intermediate_dim = arguments.whole_number("intermediate_dim", intermediate_dim)
        self.activation = arguments.choice("activation", activation, ACTIVATIONS)
        self.use_bias = arguments.switch("use_bias", use_bias)
        self.activate_output = arguments.switch("activate_output", activate_output)
        self.kernel_initializer = arguments.initializer("kernel_initializer", kernel_initializer)
        self.up_dense = self._dense(self.intermediate_dim, "up")
        gated = activation in GATED_ACTIVATIONS
        self.gate_dense = self._dense(self.intermediate_dim, "gate") if gated else None

    def _dense(self, units: int, name: str) -> keras.layers.Dense:
        return keras.layers.Dense(
            units,
            use_bias=self.use_bias,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name=name,
        )

    def build(self, x_shape) -> None:
        self.up_dense.build(x_shape)
        if self.gate_dense is not None:
            self.gate_dense.build(x_shape)
        self.down_dense = self._dense(x_shape[-1], "down")
        self.down_dense.build((*x_shape[:-1], self.intermediate_dim))

    def call(self, x: Tensor) -> Tensor:
        """(B, T, E) -> (B, T, E)."""
        y = self.down_dense(self.activate(x))
        return self._nonlinear(y) if self.activate_output else y

    def activate(self, x: Tensor) -> Tensor:
        """The outputs of the inner neurons: (B, T, E) -> (B, T, F)."""
        up = self.up_dense(x)
        if self.gate_dense is not None:
            return self._nonlinear(self.gate_dense(x)) * up
        return self._nonlinear(up)

    def _nonlinear(self, x: Tensor) -> Tensor:
        match self.activation:
            case "relu":
                return ops.relu(x)
            case "silu" | "swiglu":
                return ops.silu(x)
        return ops.gelu(x, approximate=self.activation.endswith("_tanh"))

    def compute_output_shape(self, x_shape):
        return x_shape
