"""Transformer blocks: attend, feed forward, each through a residual connection and a norm."""

from typing import Any, NamedTuple

import keras
from keras import ops

from tfplay.config import ACTIVATIONS, NORMALIZATIONS
from tfplay.layers import arguments
from tfplay.layers.attention import AttentionTrace, Tensor
from tfplay.layers.base import TransformerLayer
from tfplay.layers.block_cache import BlockCache, KeysAndValues, update_cache
from tfplay.layers.feed_forward import FeedForward
from tfplay.layers.masks import (
    causal_mask,
    combine_masks,
    padding_attention_mask,
    real_tokens,
    token_positions,
)
from tfplay.layers.multi_head_attention import MultiHeadAttention
from tfplay.layers.residual_norm import ResidualNorm


class BlockTrace(NamedTuple):
    """The residual stream and the sublayers' answers on the way through one block."""

    residual_before: Tensor
    """(B, T, E): what enters the block."""
    self_attention: AttentionTrace
    residual_after_self_attention: Tensor
    """(B, T, E)."""
    cross_attention: AttentionTrace | None
    residual_after_cross_attention: Tensor
    """(B, T, E); without cross-attention the same as after self-attention."""
    feed_forward: Tensor | None
    """(B, T, E): the feed-forward network's answer; `None` without such a network."""
    residual_after: Tensor
    """(B, T, E): what leaves the block."""


class TransformerBlock(TransformerLayer):
    """What encoder and decoder blocks share: self-attention and feed-forward network.

    Which tokens are padding a block hears from its `padding_mask`, and from the mask that Keras
    carries with its input, which goes on with its output.

    Args:
        num_heads: Attention heads (H).
        intermediate_dim: Inner width of the feed-forward network (F, d_ff).
        head_dim: Width of one head (D, d_k); `None` is E / H.
        num_kv_heads: Key and value heads; `None` is H.
        activation: Of the feed-forward network.
        normalization: `"layer_norm"`, `"rms_norm"` or `"none"`.
        normalize_first: Pre-norm if true, post-norm if false.
        norm_epsilon: Added to the variance before its square root is taken.
        use_bias: Biases in the projections.
        rotary: Turn queries and keys by their positions.
        dropout: Share of values dropped in training.
        scale_attention: Divide attention logits by sqrt(D); false breaks it.
        use_residual: Add each sublayer's input; false breaks it.
        use_feed_forward: Have a feed-forward network; false breaks it.
        identical_heads: Begin with the same weights in all heads; true breaks it.
        kernel_initializer: Of all matrices.
    """

    def __init__(
        self,
        num_heads: int,
        intermediate_dim: int,
        head_dim: int | None = None,
        num_kv_heads: int | None = None,
        activation: str = "relu",
        normalization: str = "layer_norm",
        normalize_first: bool = False,
        norm_epsilon: float = 1e-5,
        use_bias: bool = True,
        rotary: bool = False,
        dropout: float = 0.0,
        scale_attention: bool = True,
        use_residual: bool = True,
        use_feed_forward: bool = True,
        identical_heads: bool = False,
        kernel_initializer: Any = "glorot_uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.num_heads = arguments.whole_number("num_heads", num_heads)
        self.intermediate_dim = arguments.whole_number("intermediate_dim", intermediate_dim)
        self.rotary = arguments.switch("rotary", rotary)
        self.head_dim = None if head_dim is None else arguments.head_width(head_dim, rotary)
        self.num_kv_heads = arguments.key_value_heads(num_kv_heads, self.num_heads)
        self.activation = arguments.choice("activation", activation, ACTIVATIONS)
        self.normalization = arguments.choice("normalization", normalization, NORMALIZATIONS)
        self.normalize_first = arguments.switch("normalize_first", normalize_first)
        self.norm_epsilon = arguments.positive_number("norm_epsilon", norm_epsilon)
        self.use_bias = arguments.switch("use_bias", use_bias)
        self.dropout = arguments.share("dropout", dropout)
        self.scale_attention = arguments.switch("scale_attention", scale_attention)
        self.use_residual = arguments.switch("use_residual", use_residual)
        self.use_feed_forward = arguments.switch("use_feed_forward", use_feed_forward)
        self.identical_heads = arguments.switch("identical_heads", identical_heads)
        self.kernel_initializer = arguments.initializer("kernel_initializer", kernel_initializer)

    def build(self, x_shape) -> None:
        self.self_attention = self._build_attention(x_shape, x_shape, self.rotary, "self_attention")
        self.self_attention_residual = self._build_residual(x_shape, "self_attention_residual")
        if self.use_feed_forward:
            self.feed_forward = FeedForward(
                self.intermediate_dim,
                activation=self.activation,
                use_bias=self.use_bias,
                kernel_initializer=self.kernel_initializer,
                dtype=self.dtype_policy,
                name="feed_forward",
            )
            self.feed_forward.build(x_shape)
            self.feed_forward_residual = self._build_residual(x_shape, "feed_forward_residual")

    def _build_attention(
        self, query_shape, value_shape, rotary: bool, name: str
    ) -> MultiHeadAttention:
        hidden_dim = query_shape[-1]
        if self.head_dim is None and hidden_dim % self.num_heads:
            raise ValueError(
                f"The input's width {hidden_dim} is not divisible by num_heads {self.num_heads}."
            )
        attention = MultiHeadAttention(
            self.num_heads,
            self.head_dim or hidden_dim // self.num_heads,
            num_kv_heads=self.num_kv_heads,
            use_bias=self.use_bias,
            rotary=rotary,
            scale_attention=self.scale_attention,
            dropout=self.dropout,
            identical_heads=self.identical_heads,
            kernel_initializer=self.kernel_initializer,
            dtype=self.dtype_policy,
            name=name,
        )
        attention.build(query_shape, value_shape)
        return attention

    def _build_residual(self, x_shape, name: str) -> ResidualNorm:
        residual = ResidualNorm(
            self.normalization,
            normalize_first=self.normalize_first,
            epsilon=self.norm_epsilon,
            dropout=self.dropout,
            use_residual=self.use_residual,
            dtype=self.dtype_policy,
            name=name,
        )
        residual.build(x_shape)
        return residual

    def compute_output_shape(self, x_shape):
        return x_shape

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "num_heads": self.num_heads,
            "intermediate_dim": self.intermediate_dim,
            "head_dim": self.head_dim,
            "num_kv_heads": self.num_kv_heads,
            "activation": self.activation,
            "normalization": self.normalization,
            "normalize_first": self.normalize_first,
            "norm_epsilon": self.norm_epsilon,
            "use_bias": self.use_bias,
            "rotary": self.rotary,
            "dropout": self.dropout,
            "scale_attention": self.scale_attention,
            "use_residual": self.use_residual,
            "use_feed_forward": self.use_feed_forward,
            "identical_heads": self.identical_heads,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }


@keras.saving.register_keras_serializable(package="tfplay")
class EncoderBlock(TransformerBlock):
    """Self-attention to the whole sequence, then the feed-forward network.

    Vaswani et al., 2017, arXiv:1706.03762. Arguments as in `TransformerBlock`.

    Example:
        >>> block = EncoderBlock(num_heads=3, intermediate_dim=132)
        >>> y = block(x, padding_mask=padding_mask)  # (B, T, E) -> (B, T, E)
    """

    def call(
        self, x: Tensor, padding_mask: Tensor | None = None, training: bool | None = None
    ) -> Tensor:
        """Passes the residual stream (B, T, E) through the block; padding_mask is (B, T)."""
        return self._forward(x, padding_mask, training=training)[0]

    def trace(self, x: Tensor, padding_mask: Tensor | None = None) -> tuple[Tensor, BlockTrace]:
        """As a call, and every value on the way."""
        return self._forward(x, padding_mask, return_trace=True)

    def _forward(self, x, padding_mask, return_trace=False, training=False):
        residual_before = x
        padding_mask = real_tokens(x, padding_mask)
        positions = token_positions(padding_mask) if self.rotary else None

        normed = self.self_attention_residual.prepare(x)
        attended, self_trace = self.self_attention.attend(
            normed,
            self.self_attention.project_keys_and_values(normed, positions=positions),
            padding_attention_mask(padding_mask),
            return_trace=return_trace,
            training=training,
            positions=positions,
        )
        x = after_self = self.self_attention_residual(x, attended)

        fed = None
        if self.use_feed_forward:
            fed = self.feed_forward(self.feed_forward_residual.prepare(x))
            x = self.feed_forward_residual(x, fed)

        if not return_trace:
            return x, None
        return x, BlockTrace(residual_before, self_trace, after_self, None, after_self, fed, x)


@keras.saving.register_keras_serializable(package="tfplay")
class DecoderBlock(TransformerBlock):
    """Masked self-attention, cross-attention if asked for, then the feed-forward network.

    Vaswani et al., 2017, arXiv:1706.03762. Further arguments as in `TransformerBlock`.

    Args:
        use_cross_attention: Attend to an encoder's output too.
        use_causal_mask: Attend up to and including the own position only; false breaks it.

    Example:
        >>> block = DecoderBlock(num_heads=3, intermediate_dim=132, use_cross_attention=True)
        >>> y = block(x, encoder_output=memory)  # (B, T, E), (B, S, E) -> (B, T, E)
    """

    def __init__(
        self,
        num_heads: int,
        intermediate_dim: int,
        use_cross_attention: bool = False,
        use_causal_mask: bool = True,
        **kwargs: Any,
    ):
        super().__init__(num_heads, intermediate_dim, **kwargs)
        self.use_cross_attention = arguments.switch("use_cross_attention", use_cross_attention)
        self.use_causal_mask = arguments.switch("use_causal_mask", use_causal_mask)

    def build(self, x_shape, encoder_output_shape=None) -> None:
        super().build(x_shape)
        if self.use_cross_attention:
            self.cross_attention = self._build_attention(
                x_shape, encoder_output_shape or x_shape, False, "cross_attention"
            )
            self.cross_attention_residual = self._build_residual(
                x_shape, "cross_attention_residual"
            )

    def call(
        self,
        x: Tensor,
        encoder_output: Tensor | None = None,
        padding_mask: Tensor | None = None,
        encoder_padding_mask: Tensor | None = None,
        training: bool | None = None,
    ) -> Tensor:
        """Passes the residual stream through the block.

        Args:
            x: (B, T, E).
            encoder_output: (B, S, E), for cross-attention.
            padding_mask: (B, T).
            encoder_padding_mask: (B, S).

        Returns:
            (B, T, E).
        """
        cross = self.project_encoder_output(encoder_output)
        masks = self._padding_masks(x, encoder_output, padding_mask, encoder_padding_mask)
        return self._forward(x, cross, *masks, training=training)[0]

    def trace(
        self,
        x: Tensor,
        encoder_output: Tensor | None = None,
        padding_mask: Tensor | None = None,
        encoder_padding_mask: Tensor | None = None,
    ) -> tuple[Tensor, BlockTrace]:
        """As a call, and every value on the way."""
        cross = self.project_encoder_output(encoder_output)
        masks = self._padding_masks(x, encoder_output, padding_mask, encoder_padding_mask)
        return self._forward(x, cross, *masks, return_trace=True)[:2]

    def call_with_cache(
        self,
        x: Tensor,
        cache: BlockCache,
        cache_update_index: Tensor,
        encoder_padding_mask: Tensor | None = None,
    ) -> tuple[Tensor, BlockCache]:
        """Passes the newest tokens through the block; the ones before come from the cache.

        Args:
            x: (B, T, E), the newest T tokens.
            cache: Keys and values of the tokens before.
            cache_update_index: How many tokens the cache holds already.
            encoder_padding_mask: (B, S).

        Returns:
            (B, T, E) and the cache with the newest tokens in it.
        """
        x, _, keys_and_values = self._forward(
            x,
            cache.cross_attention,
            encoder_padding_mask=encoder_padding_mask,
            cache=cache.self_attention,
            start_index=cache_update_index,
        )
        return x, BlockCache(keys_and_values, cache.cross_attention)

    def project_encoder_output(self, encoder_output: Tensor | None) -> KeysAndValues | None:
        """Keys and values of the encoder's output (B, S, E), the same for every target token."""
        if self.use_cross_attention and encoder_output is None:
            raise ValueError(
                "encoder_output is missing; a block with use_cross_attention=True attends to it."
            )
        if not self.use_cross_attention and encoder_output is not None:
            raise ValueError(
                "encoder_output is given, but nothing would read it; the block needs "
                "use_cross_attention=True."
            )
        if encoder_output is None:
            return None
        return self.cross_attention.project_keys_and_values(encoder_output)

    def _padding_masks(self, x, encoder_output, padding_mask, encoder_padding_mask) -> tuple:
        """What is known of both sequences."""
        if encoder_output is not None:
            encoder_padding_mask = real_tokens(
                encoder_output, encoder_padding_mask, "encoder_padding_mask"
            )
        return real_tokens(x, padding_mask), encoder_padding_mask

    def _forward(
        self,
        x,
        cross_keys_and_values,
        padding_mask=None,
        encoder_padding_mask=None,
        cache=None,
        start_index=0,
        return_trace=False,
        training=False,
    ):
        residual_before = x
        positions = token_positions(padding_mask) if self.rotary else None

        normed = self.self_attention_residual.prepare(x)
        keys_and_values = self.self_attention.project_keys_and_values(
            normed, start_index=start_index, positions=positions
        )
        if cache is not None:
            keys_and_values = update_cache(cache, keys_and_values, start_index)
        attended, self_trace = self.self_attention.attend(
            normed,
            keys_and_values,
            self._self_attention_mask(x, keys_and_values[0], start_index, padding_mask),
            start_index,
            return_trace,
            training,
            is_causal=self.use_causal_mask and padding_mask is None and cache is None,
            positions=positions,
        )
        x = after_self = self.self_attention_residual(x, attended)

        cross_trace = None
        if self.use_cross_attention:
            attended, cross_trace = self.cross_attention.attend(
                self.cross_attention_residual.prepare(x),
                cross_keys_and_values,
                padding_attention_mask(encoder_padding_mask),
                return_trace=return_trace,
                training=training,
            )
            x = self.cross_attention_residual(x, attended)
        after_cross = x

        fed = None
        if self.use_feed_forward:
            fed = self.feed_forward(self.feed_forward_residual.prepare(x))
            x = self.feed_forward_residual(x, fed)

        if not return_trace:
            return x, None, keys_and_values
        trace = BlockTrace(
            residual_before, self_trace, after_self, cross_trace, after_cross, fed, x
        )
        return x, trace, keys_and_values

    def _self_attention_mask(self, x, key, start_index, padding_mask) -> Tensor | None:
        padding = padding_attention_mask(padding_mask)
        if not self.use_causal_mask:
            return padding
        target_length, source_length = ops.shape(x)[1], ops.shape(key)[2]
        return combine_masks(causal_mask(target_length, source_length, start_index), padding)

    def compute_output_shape(self, x_shape, encoder_output_shape=None):
        return x_shape

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "use_cross_attention": self.use_cross_attention,
            "use_causal_mask": self.use_causal_mask,
        }
