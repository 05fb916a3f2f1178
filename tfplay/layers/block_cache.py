"""The key-value cache of a block, kept from one decoding step to the next."""

from typing import NamedTuple

from keras import ops

from tfplay.layers.attention import Tensor

KeysAndValues = tuple[Tensor, Tensor]


class BlockCache(NamedTuple):
    """Keys and values of one block that need not be computed again."""

    self_attention: KeysAndValues | None
    """Two (B, num_kv_heads, S, D), filled up to the cache update index; `None` keeps none."""
    cross_attention: KeysAndValues | None
    """Two (B, num_kv_heads, S, D) of the encoder's output; `None` without cross-attention."""


NO_CACHE = BlockCache(None, None)


def update_cache(cache: KeysAndValues, new: KeysAndValues, index: Tensor) -> KeysAndValues:
    """Writes new keys and values (B, num_kv_heads, T, D) into the cache from `index` on."""
    start = (0, 0, index, 0)
    return tuple(
        ops.slice_update(old, start, ops.cast(fresh, old.dtype))
        for old, fresh in zip(cache, new, strict=True)
    )
