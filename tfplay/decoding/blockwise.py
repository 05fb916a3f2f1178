"""A decoding step through a deep model, of which a few blocks are compiled and called repeatedly.

A compiler takes as long for a step through thirty blocks as for thirty steps through one: a minute,
before the first token. The blocks of a stack are alike, so a few compiled blocks serve all of them,
with the weights of each as their inputs. One by itself would be called too often: each call costs
as long as half a block of a small model.
"""

from collections.abc import Sequence
from typing import Any

import keras

from tfplay.decoding.compile import CompiledStep, HeldCache
from tfplay.layers import BlockCache, DecoderBlock

DEEP = 8
"""From this many blocks on a step is compiled in parts."""

MOST_AT_ONCE = 2
"""Blocks that are compiled together at most."""


class BlockwiseStep:
    """`call_with_cache` of a model, compiled a few blocks at a time.

    Args:
        model: A `DecoderOnly` or `EncoderDecoder`.
        with_logits: Compute the last token's logits too.
    """

    def __init__(self, model: keras.Model, with_logits: bool):
        blocks: Sequence[DecoderBlock] = model.decoder.blocks
        size = next(size for size in range(MOST_AT_ONCE, 0, -1) if len(blocks) % size == 0)
        self._groups = [blocks[start : start + size] for start in range(0, len(blocks), size)]
        self._embed = CompiledStep(model, lambda _, ids, index: (model.embed(ids, index), ()))
        compiled = {kind_of(group): CompiledStep(model, _pass(group)) for group in self._groups}
        self._steps = [compiled[kind_of(group)] for group in self._groups]
        self._unembed = CompiledStep(model, _last_logits(model)) if with_logits else None

    def __call__(self, held: HeldCache, token_ids: Any, index: Any, source: Any) -> Any:
        """The newest tokens (B, T) -> the last one's logits (B, V) in float32, or ().

        Args:
            held: Keys and values of self-attention, a pair for each block; the newest are added.
            token_ids: (B, T).
            index: How many tokens the cache holds already.
            source: An encoder-decoder's `EncodedSource`, or ().
        """
        x = self._embed(HeldCache(()), token_ids, index)
        start = 0
        for group, step in zip(self._groups, self._steps, strict=True):
            end = start + len(group)
            weights = [[variable.value for variable in block.variables] for block in group]
            inputs = [source.cross_attention[start:end], source.padding_mask] if source else []
            x = step(held.part(start, end), x, weights, index, *inputs)
            start = end
        return () if self._unembed is None else self._unembed(HeldCache(()), x)


def kind_of(group: Sequence[DecoderBlock]) -> str:
    """Equal for groups of which one compiled serves all."""
    return repr([{**block.get_config(), "name": ""} for block in group])


def _pass(group: Sequence[DecoderBlock]) -> Any:
    """The pass through blocks, with the weights that are handed over in the place of their own."""

    def call(pairs, x, weights, index, cross_attention=None, encoder_padding_mask=None):
        updated = []
        for number, (block, pair) in enumerate(zip(group, pairs, strict=True)):
            cross = None if cross_attention is None else cross_attention[number]
            with keras.StatelessScope(list(zip(block.variables, weights[number], strict=True))):
                x, cache = block.call_with_cache(
                    x, BlockCache(pair, cross), index, encoder_padding_mask
                )
            updated.append(cache.self_attention)
        return x, tuple(updated)

    return call


def _last_logits(model: keras.Model) -> Any:
    def call(_, x):
        vectors = model.decoder.norm(x[:, -1:])
        return keras.ops.cast(model.unembed(vectors)[:, -1], "float32"), ()

    return call
