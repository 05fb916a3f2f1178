"""Multi-head attention: projects, attends, joins the heads."""

import math
from typing import Any

import keras
from keras import ops

from tfplay.layers import arguments
from tfplay.layers.attention import (
    AttentionTrace,
    Tensor,
    scaled_dot_product_attention,
    single_query_attention,
)
from tfplay.layers.base import TransformerLayer
from tfplay.layers.identical_heads import IdenticalHeads
from tfplay.layers.masks import (
    causal_mask,
    combine_masks,
    mask_of_heads,
    padding_attention_mask,
    token_positions,
)
from tfplay.layers.position import RotaryPosition
from tfplay.layers.residual_norm import make_norm


@keras.saving.register_keras_serializable(package="tfplay")
class MultiHeadAttention(TransformerLayer):
    """MultiHead(Q, K, V) = Concat(head_1, ..., head_h) W_O  (Vaswani et al., 2017).

    Self-attention takes one sequence as `query` and `value`; cross-attention takes the decoder's
    as `query` and the encoder's as `value`. With fewer key and value heads than query heads it is
    grouped-query attention (Ainslie et al., 2023, arXiv:2305.13245).

    Args:
        num_heads: Query heads (H, h).
        head_dim: Width of one head (D, d_k); even if rotary.
        num_kv_heads: Key and value heads; `None` is H. H must be a multiple of it.
        dropout: Share of attention scores dropped in training.
        use_bias: Biases in the four projections.
        qkv_bias: Biases in the projections to queries, keys and values, also without `use_bias`.
        use_qk_norm: Normalise each head's queries and keys by their root mean square, before they
            are turned (Dehghani et al., 2023, arXiv:2302.05442).
        norm_epsilon: Added to the mean square before that root is taken.
        rotary: Turn queries and keys by their positions.
        rotary_wavelength: `RotaryPosition`'s `max_wavelength`.
        rotary_factor: Its `factor`.
        rotary_original_length: Its `original_length`.
        scale_attention: Divide the attention logits by sqrt(D); false breaks it.
        identical_heads: Begin with the same weights in all heads, which then learn the same and
            stay equal unless dropout tells them apart; true breaks it.
        kernel_initializer: Initializer of W_Q, W_K, W_V and W_O.

    Example:
        >>> layer = MultiHeadAttention(num_heads=3, head_dim=11)
        >>> y = layer(query=x, value=x, attention_mask=causal_mask(5))
    """

    def __init__(
        self,
        num_heads: int,
        head_dim: int,
        num_kv_heads: int | None = None,
        dropout: float = 0.0,
        use_bias: bool = True,
        qkv_bias: bool = False,
        use_qk_norm: bool = False,
        norm_epsilon: float = 1e-5,
        rotary: bool = False,
        rotary_wavelength: float = 10_000.0,
        rotary_factor: float = 1.0,
        rotary_original_length: int = 0,
        scale_attention: bool = True,
        identical_heads: bool = False,
        kernel_initializer: Any = "glorot_uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.num_heads = arguments.whole_number("num_heads", num_heads)
        self.rotary = arguments.switch("rotary", rotary)
        self.head_dim = arguments.head_width(head_dim, rotary)
        self.num_kv_heads = arguments.key_value_heads(num_kv_heads, self.num_heads)
        self.use_bias = arguments.switch("use_bias", use_bias)
        self.qkv_bias = arguments.switch("qkv_bias", qkv_bias)
        self.use_qk_norm = arguments.switch("use_qk_norm", use_qk_norm)
        self.norm_epsilon = arguments.positive_number("norm_epsilon", norm_epsilon)
        self.rotary_wavelength = arguments.positive_number("rotary_wavelength", rotary_wavelength)
        self.rotary_factor = arguments.positive_number("rotary_factor", rotary_factor)
        self.rotary_original_length = arguments.count(
            "rotary_original_length", rotary_original_length
        )
        self.scale_attention = arguments.switch("scale_attention", scale_attention)
        self.scale = 1.0 / math.sqrt(self.head_dim) if scale_attention else 1.0
        self.dropout = arguments.share("dropout", dropout)
        self.identical_heads = arguments.switch("identical_heads", identical_heads)
        self.kernel_initializer = arguments.initializer("kernel_initializer", kernel_initializer)
        self.query_dense = self._projection(self.num_heads, "query")
        self.key_dense = self._projection(self.num_kv_heads, "key")
        self.value_dense = self._projection(self.num_kv_heads, "value")
        norm = self.norm_epsilon, self.dtype_policy
        self.query_norm = make_norm("rms_norm", *norm, "query_norm") if use_qk_norm else None
        self.key_norm = make_norm("rms_norm", *norm, "key_norm") if use_qk_norm else None
        self.rotary_position = None
        if rotary:
            self.rotary_position = RotaryPosition(
                rotary_wavelength, rotary_factor, rotary_original_length, dtype=self.dtype_policy
            )
        self.score_dropout = keras.layers.Dropout(dropout, dtype=self.dtype_policy)

    def _projection(self, heads: int, name: str, units: int | None = None) -> keras.layers.Dense:
        """W_Q, W_K or W_V for a number of heads, or W_O from the heads to a number of units."""
        initializer = self.kernel_initializer.clone()
        if self.identical_heads:
            initializer = IdenticalHeads(initializer, heads, axis=1 if units is None else 0)
        return keras.layers.Dense(
            units or heads * self.head_dim,
            use_bias=self.use_bias or (self.qkv_bias and units is None),
            kernel_initializer=initializer,
            dtype=self.dtype_policy,
            name=name,
        )

    def build(self, query_shape, value_shape=None, key_shape=None) -> None:
        value_shape = query_shape if value_shape is None else value_shape
        self.query_dense.build(query_shape)
        self.key_dense.build(value_shape if key_shape is None else key_shape)
        self.value_dense.build(value_shape)
        for norm in (self.query_norm, self.key_norm):
            if norm is not None:
                norm.build((None, None, None, self.head_dim))
        self.output_dense = self._projection(self.num_heads, "output", units=query_shape[-1])
        self.output_dense.build((None, None, self.num_heads * self.head_dim))

    def call(
        self,
        query: Tensor,
        value: Tensor,
        key: Tensor | None = None,
        query_mask: Tensor | None = None,
        value_mask: Tensor | None = None,
        key_mask: Tensor | None = None,
        attention_mask: Tensor | None = None,
        return_attention_scores: bool = False,
        training: bool | None = None,
        use_causal_mask: bool = False,
    ):
        """Attends from each query to the keys. Arguments are those of Keras' own layer.

        Keras fills in the masks of query, value and key that travel with those, from
        `Embedding(mask_zero=True)` for example; masked keys and values are not attended to.

        Args:
            query: (B, T, E).
            value: (B, S, E).
            key: (B, S, E); `None` is `value`.
            query_mask: (B, T): which queries are real. It travels on with the output.
            value_mask: (B, S): which values are real.
            key_mask: (B, S): which keys are real.
            attention_mask: (T, S), (B, T, S) or (B, H, T, S), or with a 1 for any of those;
                True = may attend.
            return_attention_scores: Also return the scores.
            use_causal_mask: Attend up to and including the own position only.

        Returns:
            (B, T, E), and if asked for the attention scores (B, H, T, S).
        """
        is_real = combine_masks(value_mask, key_mask)
        keys_and_values = self.project_keys_and_values(
            value, key, positions=token_positions(is_real)
        )
        logits_shape = (query.shape[0], self.num_heads, query.shape[1], value.shape[1])
        causal = causal_mask(ops.shape(query)[1], ops.shape(value)[1]) if use_causal_mask else None
        allowed = (attention_mask, padding_attention_mask(is_real), causal)
        output, trace = self.attend(
            query,
            keys_and_values,
            combine_masks(*(mask_of_heads(mask, logits_shape) for mask in allowed)),
            return_trace=return_attention_scores,
            training=training,
            positions=token_positions(query_mask),
        )
        return output if trace is None else (output, trace.attention_scores)

    def project_keys_and_values(
        self,
        value: Tensor,
        key: Tensor | None = None,
        start_index: Tensor = 0,
        positions: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """K = X W_K and V = X W_V, split into heads: two (B, num_kv_heads, S, D).

        Args:
            value: (B, S, E).
            key: (B, S, E); `None` is `value`.
            start_index: Position of the first key, for rotary positions.
            positions: (B, S), where the keys do not stand one after the other.
        """
        keys = self._split_heads(self.key_dense(value if key is None else key))
        if self.key_norm is not None:
            keys = self.key_norm(keys)
        if self.rotary_position is not None:
            keys = self.rotary_position(keys, start_index=start_index, positions=positions)
        return keys, self._split_heads(self.value_dense(value))

    def attend(
        self,
        query: Tensor,
        keys_and_values: tuple[Tensor, Tensor],
        attention_mask: Tensor | None = None,
        start_index: Tensor = 0,
        positions: Tensor | None = None,
        is_causal: bool = False,
        bias: Tensor | None = None,
        head_mask: Tensor | None = None,
        return_trace: bool = False,
        training: bool | None = None,
    ) -> tuple[Tensor, AttentionTrace | None]:
        """Attends to keys and values that are already projected, such as those of a cache.

        Args:
            query: (B, T, E).
            keys_and_values: Two (B, num_kv_heads, S, D), as `project_keys_and_values` gives.
            attention_mask: The mask that a call takes.
            start_index: Position of the first query, for rotary positions.
            positions: (B, T), where the queries do not stand one after the other.
            is_causal: The mask is the causal one and nothing else, for which there are faster
                kernels on a GPU.
            bias: Added to the attention logits (B, H, T, S), to which it broadcasts.
            head_mask: Boolean (B, H): a head where it is False answers 0.
            return_trace: Keep every value on the way.

        Returns:
            (B, T, E), and the `AttentionTrace` or `None`.
        """
        query = self._split_heads(self.query_dense(query))
        if self.query_norm is not None:
            query = self.query_norm(query)
        if self.rotary_position is not None:
            query = self.rotary_position(query, start_index=start_index, positions=positions)
        key, value = (self._repeat_kv_heads(x) for x in keys_and_values)
        attention_mask = mask_of_heads(attention_mask, (*query.shape[:3], key.shape[2]))
        drops_scores = bool(training and self.dropout)

        if return_trace or drops_scores:
            head_outputs, logits, scores = scaled_dot_product_attention(
                query, key, value, attention_mask, self.scale, bias
            )
        else:
            head_outputs = self._fused(query, key, value, attention_mask, is_causal, bias)
        if drops_scores:
            dropped = self.score_dropout(ops.cast(scores, value.dtype), training=True)
            head_outputs = ops.matmul(dropped, value)
        if head_mask is not None:
            head_outputs = ops.where(head_mask[:, :, None, None], head_outputs, 0)
        output = self._join_heads(head_outputs)
        if not return_trace:
            return output, None
        return output, AttentionTrace(query, key, value, logits, scores, head_outputs, output)

    def _fused(self, query, key, value, attention_mask, is_causal, bias) -> Tensor:
        """Computes the output only, as fast as possible: with flash attention on a GPU, say."""
        if keras.backend.backend() == "tensorflow":  # it has no fused kernel
            arrays = (query, key, value, attention_mask, self.scale, bias)
            if query.shape[0] == query.shape[2] == 1:
                return single_query_attention(*arrays)
            return scaled_dot_product_attention(*arrays)[0]
        heads_last = (ops.swapaxes(x, 1, 2) for x in (query, key, value))
        mask = None if is_causal else attention_mask
        fused = ops.dot_product_attention(
            *heads_last, bias=bias, mask=mask, scale=self.scale, is_causal=is_causal
        )
        fused = ops.swapaxes(fused, 1, 2)
        if mask is None:
            return fused
        # Kernels differ in what a query gets that may attend to nothing: here it is zeros.
        return ops.where(ops.any(attention_mask, axis=-1, keepdims=True), fused, 0)

    def _split_heads(self, x: Tensor) -> Tensor:
        """(B, T, H D) -> (B, H, T, D)."""
        batch_size, length = ops.shape(x)[:2]
        return ops.swapaxes(ops.reshape(x, (batch_size, length, -1, self.head_dim)), 1, 2)

    def _join_heads(self, head_outputs: Tensor) -> Tensor:
        """(B, H, T, D) -> (B, T, H D) -> W_O -> (B, T, E)."""
        joined = ops.swapaxes(head_outputs, 1, 2)
        batch_size, length = ops.shape(joined)[:2]
        joined = ops.reshape(joined, (batch_size, length, self.num_heads * self.head_dim))
        return self.output_dense(joined)

    def _repeat_kv_heads(self, x: Tensor) -> Tensor:
        """(B, num_kv_heads, S, D) -> (B, H, S, D)."""
        group_size = self.num_heads // self.num_kv_heads
        return x if group_size == 1 else ops.repeat(x, group_size, axis=1)

    def compute_output_shape(self, query_shape, value_shape=None, key_shape=None):
        return query_shape
