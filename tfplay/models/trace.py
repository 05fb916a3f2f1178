"""Every intermediate value of a forward pass."""

from typing import NamedTuple

import numpy as np

from tfplay.layers import BlockTrace
from tfplay.layers.attention import Tensor


class StackTrace(NamedTuple):
    """Every intermediate value of one stack of blocks."""

    embeddings: Tensor
    """(B, T, E): the residual stream before the first block."""
    blocks: tuple[BlockTrace, ...]
    output: Tensor
    """(B, T, E): the residual stream after the last block and the final norm."""

    def residual_levels(self) -> np.ndarray:
        """The residual stream before the first block and after each: (layers + 1, B, T, E)."""
        return np.stack([self.embeddings, *(block.residual_after for block in self.blocks)])

    def attention_scores(self, sublayer: str = "self_attention") -> np.ndarray:
        """The attention scores of every block, (layers, B, H, T, S).

        Args:
            sublayer: `"self_attention"` or `"cross_attention"`.
        """
        return np.stack([getattr(block, sublayer).attention_scores for block in self.blocks])


class Trace(NamedTuple):
    """Every value on the way through a model; a stack that the model lacks is `None`."""

    encoder: StackTrace | None
    decoder: StackTrace | None
    logits: Tensor
    """The model's logits: (B, T, V) for models that predict tokens."""

    @property
    def stacks(self) -> dict[str, StackTrace]:
        """The stacks that were traced, by name."""
        named = {"encoder": self.encoder, "decoder": self.decoder}
        return {name: stack for name, stack in named.items() if stack is not None}
