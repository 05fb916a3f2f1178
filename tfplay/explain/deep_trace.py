"""The trace of a deep model, of which one block is compiled and called for each.

Uncompiled, thirty blocks take seconds; compiled as a whole, the compiler takes longer than that.
"""

from collections.abc import Callable, Sequence
from typing import Any

import keras

from tfplay.decoding.blockwise import DEEP, kind_of
from tfplay.decoding.compile import compiled_for_any_shape
from tfplay.layers.transformer_block import BlockTrace, TransformerBlock
from tfplay.models import StackTrace, Trace

Tensor = Any
BlockFunction = Callable[..., tuple[Tensor, BlockTrace]]


def is_deep(model: keras.Model) -> bool:
    """Whether a model is traced block by block: it is deep, and has one stack."""
    return model.config.num_layers >= DEEP and len(model.stacks) == 1


class DeepTrace:
    """Computes what `model.trace` does.

    Args:
        model: A model for which `is_deep` holds.
    """

    def __init__(self, model: keras.Model):
        self.model = model
        [(self._name, self._stack)] = model.stacks.items()
        kinds = {kind_of([block]): block for block in self._stack.blocks}
        compiled = {kind: _compile(block) for kind, block in kinds.items()}
        self._functions = [compiled[kind_of([block])] for block in self._stack.blocks]

    def __call__(self, inputs: dict[str, Tensor]) -> Trace:
        """The trace of the model's inputs, as tensors."""
        padding_mask = inputs.get("padding_mask")
        x = self._embed(inputs)
        embeddings, traces = x, []
        for block, function in zip(self._stack.blocks, self._functions, strict=True):
            x, trace = function(x, [each.value for each in block.variables], padding_mask)
            traces.append(trace)
        stack = StackTrace(embeddings, tuple(traces), self._stack.norm(x))
        stacks = {"encoder": None, "decoder": None, self._name: stack}
        head = {} if self.model.config.head == "none" else {"padding_mask": padding_mask}
        return Trace(**stacks, logits=self.model.unembed(stack.output, **head))

    def _embed(self, inputs: dict[str, Tensor]) -> Tensor:
        if self._name == "encoder":
            return self.model.embed(inputs)
        return self.model.embed(inputs["token_ids"], padding_mask=inputs.get("padding_mask"))


def _compile(block: TransformerBlock) -> BlockFunction:
    def trace(x: Tensor, weights: Sequence[Tensor], padding_mask: Tensor | None) -> Any:
        with keras.StatelessScope(list(zip(block.variables, weights, strict=True))):
            return block.trace(x, padding_mask=padding_mask)

    return compiled_for_any_shape(trace)
