"""The blocks of an encoder or a decoder, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass

import keras

from tfplay.layers import BlockCache
from tfplay.layers.attention import Tensor
from tfplay.layers.transformer_block import TransformerBlock
from tfplay.models.trace import StackTrace

Cache = tuple[BlockCache, ...]


@dataclass(frozen=True)
class Stack:
    """Blocks, and the norm after the last.

    It is no layer: a model keeps its blocks and norms itself, under the names by which saved files
    know their weights.

    Example:
        >>> vectors = Stack(model.blocks, model.final_norm)(x)  # (B, T, E) -> (B, T, E)
    """

    blocks: Sequence[TransformerBlock]
    norm: keras.layers.Layer

    def __call__(self, x: Tensor, **inputs: Tensor | None) -> Tensor:
        """Passes (B, T, E) through; further inputs are those of a block's call, for all blocks."""
        for block in self.blocks:
            x = block(x, **inputs)
        return self.norm(x)

    def trace(self, x: Tensor, **inputs: Tensor | None) -> StackTrace:
        """Computes what a call does, and keeps every value on the way."""
        embeddings, traces = x, []
        for block in self.blocks:
            x, trace = block.trace(x, **inputs)
            traces.append(trace)
        return StackTrace(embeddings, tuple(traces), self.norm(x))

    def call_with_cache(
        self, x: Tensor, cache: Cache, *inputs: Tensor | None
    ) -> tuple[Tensor, Cache]:
        """Computes what a call does for the newest tokens, with the cache of those before.

        Args:
            x: (B, T, E), the newest T tokens.
            cache: A cache for each block.
            *inputs: The further inputs of a decoder block's `call_with_cache`.

        Returns:
            (B, T, E), and the cache with the newest tokens in it.
        """
        updated = []
        for block, block_cache in zip(self.blocks, cache, strict=True):
            x, block_cache = block.call_with_cache(x, block_cache, *inputs)
            updated.append(block_cache)
        return self.norm(x), tuple(updated)
