"""Multi-head attention: projects, attends, joins the heads."""

import math
from typing import Any

import keras
from keras import ops

from tfplay.layers.attention import (
    AttentionTrace,
    Tensor,
    scaled_dot_product_attention,
    single_query_attention,
)
from tfplay.layers.identical_heads import IdenticalHeads
from tfplay.layers.position import RotaryPosition


@keras.saving.register_keras_serializable(package="tfplay")
class MultiHeadAttention(keras.layers.Layer):
    """MultiHead(Q, K, V) = Concat(head_1, ..., head_h) W_O  (Vaswani et al., 2017).

    Self-attention takes one sequence as `query` and `value`; cross-attention takes the decoder's
    as `query` and the encoder's as `value`. With fewer key and value heads than query heads it is
    grouped-query attention (Ainslie et al., 2023, arXiv:2305.13245).

    Args:
        num_heads: Query heads (H, h).
        head_dim: Width of one head (D, d_k).
        num_kv_heads: Key and value heads; `None` is H. H must be a multiple of it.
        use_bias: Biases in the four projections.
        rotary: Turn queries and keys by their positions.
        scale_attention: Divide the attention logits by sqrt(D); false breaks it.
        dropout: Share of attention scores dropped in training.
        identical_heads: Begin with the same weights in all heads, which then learn the same and
            stay equal unless dropout tells them apart; true breaks it.
        kernel_initializer: Of W_Q, W_K, W_V and W_O.

    Example:
        >>> layer = MultiHeadAttention(num_heads=3, head_dim=11)
        >>> y = layer(query=x, value=x, attention_mask=causal_mask(5))
    """

    def __init__(
        self,
        num_heads: int,
        head_dim: int,
        num_kv_heads: int | None = None,
        use_bias: bool = True,
        rotary: bool = False,
        scale_attention: bool = True,
        dropout: float = 0.0,
        identical_heads: bool = False,
        kernel_initializer: Any = "glorot_uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.num_heads = num_heads
        self.head_dim = head_dim
        self.num_kv_heads = num_heads if num_kv_heads is None else num_kv_heads
        if num_heads % self.num_kv_heads:
            raise ValueError(
                f"num_heads {num_heads} is not a multiple of num_kv_heads {num_kv_heads}."
            )
        self.use_bias = use_bias
        self.rotary = rotary
        self.scale_attention = scale_attention
        self.scale = 1.0 / math.sqrt(head_dim) if scale_attention else 1.0
        self.dropout = dropout
        self.identical_heads = identical_heads
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.query_dense = self._projection(num_heads * head_dim, "query", num_heads)
        self.key_dense = self._projection(self.num_kv_heads * head_dim, "key", self.num_kv_heads)
        self.value_dense = self._projection(
            self.num_kv_heads * head_dim, "value", self.num_kv_heads
        )
        self.rotary_position = RotaryPosition(dtype=self.dtype_policy) if rotary else None
        self.score_dropout = keras.layers.Dropout(dropout, dtype=self.dtype_policy)

    def _projection(self, units: int, name: str, heads: int, axis: int = 1) -> keras.layers.Dense:
        initializer = self.kernel_initializer.clone()
        if self.identical_heads:
            initializer = IdenticalHeads(initializer, heads, axis)
        return keras.layers.Dense(
            units,
            use_bias=self.use_bias,
            kernel_initializer=initializer,
            dtype=self.dtype_policy,
            name=name,
        )

    def build(self, query_shape, value_shape=None, key_shape=None) -> None:
        value_shape = query_shape if value_shape is None else value_shape
        self.query_dense.build(query_shape)
        self.key_dense.build(value_shape if key_shape is None else key_shape)
        self.value_dense.build(value_shape)
        self.output_dense = self._projection(query_shape[-1], "output", self.num_heads, axis=0)
        self.output_dense.build((None, None, self.num_heads * self.head_dim))

    def call(
        self,
        query: Tensor,
        value: Tensor,
        key: Tensor | None = None,
        attention_mask: Tensor | None = None,
        return_attention_scores: bool = False,
        training: bool | None = None,
    ):
        """Attends from each query to the keys.

        Args:
            query: (B, T, E).
            value: (B, S, E).
            key: (B, S, E); `None` is `value`.
            attention_mask: Boolean (B, T, S) or broadcasting to it; True = may attend.
            return_attention_scores: Also return the scores.

        Returns:
            (B, T, E), and if asked for the attention scores (B, H, T, S).
        """
        keys_and_values = self.project_keys_and_values(value, key)
        output, trace = self.attend(
            query,
            keys_and_values,
            attention_mask,
            return_trace=return_attention_scores,
            training=training,
        )
        return (output, trace.attention_scores) if return_attention_scores else output

    def project_keys_and_values(
        self, value: Tensor, key: Tensor | None = None, start_index: Tensor = 0
    ) -> tuple[Tensor, Tensor]:
        """K = X W_K and V = X W_V, split into heads: two (B, num_kv_heads, S, D).

        Args:
            value: (B, S, E).
            key: (B, S, E); `None` is `value`.
            start_index: Position of the first key, for rotary positions.
        """
        keys = self._split_heads(self.key_dense(value if key is None else key))
        if self.rotary_position is not None:
            keys = self.rotary_position(keys, start_index=start_index)
        return keys, self._split_heads(self.value_dense(value))

    def attend(
        self,
        query: Tensor,
        keys_and_values: tuple[Tensor, Tensor],
        attention_mask: Tensor | None = None,
        start_index: Tensor = 0,
        return_trace: bool = False,
        training: bool | None = None,
        is_causal: bool = False,
    ) -> tuple[Tensor, AttentionTrace | None]:
        """Attends to keys and values that are projected already, those of a cache for example.

        Args:
            query: (B, T, E).
            keys_and_values: Two (B, num_kv_heads, S, D), as `project_keys_and_values` gives.
            attention_mask: Boolean (B, T, S) or broadcasting to it; True = may attend.
            start_index: Position of the first query, for rotary positions.
            return_trace: Keep every value on the way.
            is_causal: The mask is the causal one and nothing else, for which there are faster
                kernels on a GPU.

        Returns:
            (B, T, E), and the `AttentionTrace` or `None`.
        """
        query = self._split_heads(self.query_dense(query))
        if self.rotary_position is not None:
            query = self.rotary_position(query, start_index=start_index)
        key, value = (self._repeat_kv_heads(x) for x in keys_and_values)
        if attention_mask is not None:
            attention_mask = ops.expand_dims(attention_mask, axis=1)  # (B, 1, T, S)
        drops_scores = bool(training and self.dropout)

        if not return_trace and not drops_scores:
            fused = self._fused(query, key, value, attention_mask, is_causal)
            return self._join_heads(fused), None

        head_outputs, logits, scores = scaled_dot_product_attention(
            query, key, value, attention_mask, self.scale
        )
        if drops_scores:
            dropped = self.score_dropout(ops.cast(scores, value.dtype), training=True)
            head_outputs = ops.matmul(dropped, value)
        output = self._join_heads(head_outputs)
        if not return_trace:
            return output, None
        return output, AttentionTrace(query, key, value, logits, scores, head_outputs, output)

    def _fused(self, query, key, value, attention_mask, is_causal) -> Tensor:
        """The fastest way to the output alone: flash attention on a GPU, for example."""
        if keras.backend.backend() == "tensorflow":  # has no kernel of its own
            if query.shape[0] == query.shape[2] == 1:
                return single_query_attention(query, key, value, attention_mask, self.scale)
            return scaled_dot_product_attention(query, key, value, attention_mask, self.scale)[0]
        heads_last = (ops.swapaxes(x, 1, 2) for x in (query, key, value))
        mask = None if is_causal else attention_mask
        fused = ops.dot_product_attention(
            *heads_last, mask=mask, scale=self.scale, is_causal=is_causal
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

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "num_heads": self.num_heads,
            "head_dim": self.head_dim,
            "num_kv_heads": self.num_kv_heads,
            "use_bias": self.use_bias,
            "rotary": self.rotary,
            "scale_attention": self.scale_attention,
            "dropout": self.dropout,
            "identical_heads": self.identical_heads,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }
