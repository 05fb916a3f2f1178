"""Relative positions: how far apart two tokens stand changes how much one attends to the other."""

import math
from typing import Any

import keras
from keras import ops

from tfplay.layers import arguments
from tfplay.layers.attention import Tensor
from tfplay.layers.base import TransformerLayer


@keras.saving.register_keras_serializable(package="tfplay")
class RelativePosition(TransformerLayer):
    """A trained number for each distance and head, added to the attention logits.

    Half of the distances that are told apart are exact, the others grow by a factor up to the
    longest, from which on all are one (Raffel et al., 2019, arXiv:1910.10683, T5).

    Args:
        num_heads: Attention heads (H).
        num_buckets: Distances that are told apart.
        max_distance: From this distance on all are one, in tokens.
        bidirectional: Tell distances to later tokens from those to earlier ones, with half of the
            buckets each; if false, later tokens are as the token itself.
        embeddings_initializer: Initializer of the (num_buckets, H) matrix.

    Example:
        >>> bias = RelativePosition(num_heads=3)(query, key)  # (1, 3, T, S)
    """

    def __init__(
        self,
        num_heads: int,
        num_buckets: int = 32,
        max_distance: int = 128,
        bidirectional: bool = True,
        embeddings_initializer: Any = "uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.num_heads = arguments.whole_number("num_heads", num_heads)
        self.num_buckets = arguments.whole_number("num_buckets", num_buckets)
        self.max_distance = arguments.whole_number("max_distance", max_distance)
        self.bidirectional = arguments.switch("bidirectional", bidirectional)
        self.embeddings_initializer = arguments.initializer(
            "embeddings_initializer", embeddings_initializer
        )

    def build(self, query_shape=None, key_shape=None) -> None:
        self.embeddings = self.add_weight(
            name="embeddings",
            shape=(self.num_buckets, self.num_heads),
            initializer=self.embeddings_initializer.clone(),
        )

    def call(self, query: Tensor, key: Tensor, start_index: Tensor = 0) -> Tensor:
        """The numbers to add to the attention logits.

        Args:
            query: (..., T, any width); only its length matters.
            key: (..., S, any width); only its length matters.
            start_index: Position of the first query among the keys.

        Returns:
            (1, H, T, S).
        """
        query_positions = ops.arange(ops.shape(query)[-2], dtype="int32")[:, None] + start_index
        key_positions = ops.arange(ops.shape(key)[-2], dtype="int32")[None, :]
        bias = ops.take(self.embeddings, self._buckets(key_positions - query_positions), axis=0)
        return ops.cast(ops.transpose(bias, (2, 0, 1))[None], self.compute_dtype)

    def _buckets(self, distances: Tensor) -> Tensor:
        """The row of the matrix for each distance, of a key after its query if above 0."""
        buckets, offset = self.num_buckets, 0
        if self.bidirectional:
            buckets //= 2
            offset = ops.where(distances > 0, buckets, 0)
            distances = ops.abs(distances)
        else:
            distances = ops.maximum(-distances, 0)
        exact = buckets // 2
        far = ops.cast(ops.maximum(distances, 1), "float32") / exact
        growth = (buckets - exact) / math.log(self.max_distance / exact)
        far = exact + ops.cast(ops.log(far) * growth, "int32")
        return offset + ops.where(distances < exact, distances, ops.minimum(far, buckets - 1))

    def compute_output_shape(self, query_shape, key_shape):
        return (1, self.num_heads, query_shape[-2], key_shape[-2])
