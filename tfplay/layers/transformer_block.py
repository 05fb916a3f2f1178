"""A transformer block: attend, feed forward, each through a residual connection and a norm."""

from functools import partial
from typing import Any, NamedTuple

from keras import ops

from tfplay.config import ACTIVATIONS, NORMALIZATIONS
from tfplay.layers import arguments
from tfplay.layers.attention import AttentionTrace, Tensor
from tfplay.layers.base import TransformerLayer
from tfplay.layers.block_cache import NO_CACHE, BlockCache, KeysAndValues, update_cache
from tfplay.layers.feed_forward import FeedForward
from tfplay.layers.masks import (
    causal_mask,
    combine_masks,
    padding_attention_mask,
    real_tokens,
    token_positions,
)
from tfplay.layers.multi_head_attention import MultiHeadAttention
from tfplay.layers.relative_position import RelativePosition
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


class Kept(NamedTuple):
    """Which parts of a block are kept, for each example; the others output 0. `None` keeps all."""

    self_attention: Tensor | None = None
    """(B, H) boolean: the heads that are kept."""
    cross_attention: Tensor | None = None
    """(B, H) boolean: the heads that are kept."""
    feed_forward: Tensor | None = None
    """(B, 1) boolean: whether the network is kept."""


ALL_KEPT = Kept()


class TransformerBlock(TransformerLayer):
    """The common part of encoder and decoder blocks: sublayers, and the pass through them.

    Padding is known from `padding_mask` and from the mask that Keras carries with the input, which
    travels on with the output.

    `num_heads` stands first, as in Keras' `MultiHeadAttention`; the blocks of keras-hub begin with
    `intermediate_dim`.

    Args:
        num_heads: Attention heads (H).
        intermediate_dim: Inner width of the feed-forward network (F, d_ff).
        head_dim: Width of one head (D, d_k); `None` is E / H.
        num_kv_heads: Key and value heads; `None` is H.
        activation: Activation function of the feed-forward network.
        normalization: `"layer_norm"`, `"rms_norm"` or `"none"`.
        normalize_first: Pre-norm if true, post-norm if false.
        norm_epsilon: Added to the variance before its square root is taken.
        use_bias: Biases in the projections.
        qkv_bias: Biases in the query, key and value projections, also without `use_bias`.
        use_qk_norm: Normalise each head's queries and keys.
        rotary: Turn queries and keys by their positions.
        rotary_wavelength: `RotaryPosition`'s `max_wavelength`.
        rotary_factor: Its `factor`.
        rotary_original_length: Its `original_length`.
        relative_buckets: Distances that relative positions tell apart; 0 has none of those.
        relative_max_distance: From this distance on all are one, in tokens.
        attention_window: How many tokens a causal block's token attends to; 0 is all.
        dropout: Share of values dropped in training.
        scale_attention: Divide attention logits by sqrt(D); false breaks it.
        use_residual: Add each sublayer's input; false breaks it.
        use_feed_forward: Have a feed-forward network; false breaks it.
        activate_output: Put the outputs of that network through its activation too.
        identical_heads: Begin with the same weights in all heads; true breaks it.
        kernel_initializer: Initializer of all matrices.
    """

    use_cross_attention = False
    use_causal_mask = False  # a decoder block overrides this

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
        qkv_bias: bool = False,
        use_qk_norm: bool = False,
        rotary: bool = False,
        rotary_wavelength: float = 10_000.0,
        rotary_factor: float = 1.0,
        rotary_original_length: int = 0,
        relative_buckets: int = 0,
        relative_max_distance: int = 128,
        attention_window: int = 0,
        dropout: float = 0.0,
        scale_attention: bool = True,
        use_residual: bool = True,
        use_feed_forward: bool = True,
        activate_output: bool = False,
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
        self.qkv_bias = arguments.switch("qkv_bias", qkv_bias)
        self.use_qk_norm = arguments.switch("use_qk_norm", use_qk_norm)
        self.rotary_wavelength = arguments.positive_number("rotary_wavelength", rotary_wavelength)
        self.rotary_factor = arguments.positive_number("rotary_factor", rotary_factor)
        self.rotary_original_length = arguments.count(
            "rotary_original_length", rotary_original_length
        )
        self.relative_buckets = arguments.count("relative_buckets", relative_buckets)
        self.relative_max_distance = arguments.whole_number(
            "relative_max_distance", relative_max_distance
        )
        self.attention_window = arguments.count("attention_window", attention_window)
        self.dropout = arguments.share("dropout", dropout)
        self.scale_attention = arguments.switch("scale_attention", scale_attention)
        self.use_residual = arguments.switch("use_residual", use_residual)
        self.use_feed_forward = arguments.switch("use_feed_forward", use_feed_forward)
        self.activate_output = arguments.switch("activate_output", activate_output)
        self.identical_heads = arguments.switch("identical_heads", identical_heads)
        self.kernel_initializer = arguments.initializer("kernel_initializer", kernel_initializer)
        self.relative_position: RelativePosition | None = None

    def build(self, x_shape) -> None:
        if self.relative_buckets and self.relative_position is None:  # else all blocks share one
            self.relative_position = RelativePosition(
                self.num_heads,
                self.relative_buckets,
                self.relative_max_distance,
                bidirectional=not self.use_causal_mask,
                embeddings_initializer=self.kernel_initializer,
                dtype=self.dtype_policy,
                name="relative_position",
            )
            self.relative_position.build()
        self.self_attention = self._build_attention(x_shape, x_shape, self.rotary, "self_attention")
        self.self_attention_residual = self._build_residual(x_shape, "self_attention_residual")
        if self.use_feed_forward:
            self.feed_forward = FeedForward(
                self.intermediate_dim,
                activation=self.activation,
                use_bias=self.use_bias,
                activate_output=self.activate_output,
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
            qkv_bias=self.qkv_bias,
            use_qk_norm=self.use_qk_norm,
            norm_epsilon=self.norm_epsilon,
            rotary=rotary,
            rotary_wavelength=self.rotary_wavelength,
            rotary_factor=self.rotary_factor,
            rotary_original_length=self.rotary_original_length,
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

    def pass_through(
        self,
        x: Tensor,
        padding_mask: Tensor | None = None,
        encoder_padding_mask: Tensor | None = None,
        cache: BlockCache = NO_CACHE,
        start_index: Tensor = 0,
        kept: Kept = ALL_KEPT,
        return_trace: bool = False,
        training: bool | None = False,
    ) -> tuple[Tensor, BlockTrace, BlockCache]:
        """The pass through the block that calls, traces and steps with a cache share.

        Args:
            x: (B, T, E).
            padding_mask: (B, T).
            encoder_padding_mask: (B, S).
            cache: Keys and values of the tokens before, and of the encoder's output.
            start_index: How many tokens the cache holds already.
            kept: Which parts answer.
            return_trace: Also keep the intermediate values of the attentions.

        Returns:
            (B, T, E), every value on the way, and the cache with the newest tokens in it.
        """
        options = {"return_trace": return_trace, "training": training}
        attend_to_itself = partial(
            self._attend_to_itself,
            padding_mask=padding_mask,
            cache=cache.self_attention,
            start_index=start_index,
            head_mask=kept.self_attention,
            **options,
        )
        attend_to_encoder = partial(
            self._attend_to_encoder,
            padding_mask=encoder_padding_mask,
            keys_and_values=cache.cross_attention,
            head_mask=kept.cross_attention,
            **options,
        )
        feed_forward = partial(self._feed_forward, kept=kept.feed_forward)

        before = x
        x, (self_trace, known) = self.self_attention_residual.around(x, attend_to_itself, training)
        after_self, cross_trace, fed = x, None, None
        if self.use_cross_attention:
            x, cross_trace = self.cross_attention_residual.around(x, attend_to_encoder, training)
        after_cross = x
        if self.use_feed_forward:
            x, fed = self.feed_forward_residual.around(x, feed_forward, training)
        trace = BlockTrace(before, self_trace, after_self, cross_trace, after_cross, fed, x)
        return x, trace, BlockCache(known, cache.cross_attention)

    def _attend_to_itself(
        self, x, padding_mask, cache, start_index, **options
    ) -> tuple[Tensor, tuple[AttentionTrace | None, KeysAndValues]]:
        """The output of the attention, its trace, and the keys and values of the tokens so far."""
        positions = token_positions(padding_mask) if self.rotary else None
        keys_and_values = self.self_attention.project_keys_and_values(
            x, start_index=start_index, positions=positions
        )
        if cache is not None:
            keys_and_values = update_cache(cache, keys_and_values, start_index)
        answer, trace = self.self_attention.attend(
            x,
            keys_and_values,
            self._self_attention_mask(x, keys_and_values[0], start_index, padding_mask),
            start_index=start_index,
            positions=positions,
            is_causal=self.use_causal_mask
            and not self.attention_window
            and padding_mask is None
            and cache is None,
            bias=self.position_bias(x, keys_and_values[0], start_index),
            **options,
        )
        return answer, (trace, keys_and_values)

    def position_bias(self, x: Tensor, key: Tensor, start_index: Tensor = 0) -> Tensor | None:
        """What relative positions add to the logits (1, H, T, S) of self-attention, if any do."""
        if self.relative_position is None:
            return None
        return self.relative_position(x, key, start_index=start_index)

    def _self_attention_mask(self, x, key, start_index, padding_mask) -> Tensor | None:
        padding = padding_attention_mask(padding_mask)
        if not self.use_causal_mask:
            return padding
        target_length, source_length = ops.shape(x)[1], ops.shape(key)[2]
        causal = causal_mask(target_length, source_length, start_index, self.attention_window)
        return combine_masks(causal, padding)

    def _attend_to_encoder(
        self, x, padding_mask, keys_and_values, **options
    ) -> tuple[Tensor, AttentionTrace | None]:
        mask = padding_attention_mask(padding_mask)
        return self.cross_attention.attend(x, keys_and_values, mask, **options)

    def _feed_forward(self, x, kept) -> tuple[Tensor, Tensor]:
        """The output of the feed-forward network, which is also its trace."""
        fed = self.feed_forward(x)
        if kept is not None:
            fed = ops.where(kept[..., None], fed, 0)
        return fed, fed

    def trace(self, x: Tensor, **inputs: Tensor | None) -> tuple[Tensor, BlockTrace]:
        """Computes what a call with these arguments does, and keeps every value on the way."""
        return self.pass_through(x, **self.read(x, **inputs), return_trace=True)[:2]

    def read(
        self,
        x: Tensor,
        encoder_output: Tensor | None = None,
        padding_mask: Tensor | None = None,
        encoder_padding_mask: Tensor | None = None,
    ) -> dict[str, Any]:
        """The arguments of `pass_through` for those of a call and the masks that Keras carries."""
        if encoder_output is not None:
            encoder_padding_mask = real_tokens(
                encoder_output, encoder_padding_mask, "encoder_padding_mask"
            )
        return {
            "padding_mask": real_tokens(x, padding_mask),
            "encoder_padding_mask": encoder_padding_mask,
            "cache": BlockCache(None, self.project_encoder_output(encoder_output)),
        }

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

    def compute_output_shape(self, x_shape, encoder_output_shape=None):
        return x_shape
