"""Which block of the model in hand is looked into, and its steps on the sentence."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tfplay import explain
from tfplay.app.frame.layout import controls
from tfplay.app.frame.state import choose_one
from tfplay.app.lesson import Subject, Traced, traced
from tfplay.app.lesson.heads import choose_number
from tfplay.tasks import TrainedModel

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.layers.transformer_block import TransformerBlock
    from tfplay.models import StackTrace
STACK_KEY, LAYER_KEY = "block stack", "block layer"


class ChosenBlock(NamedTuple):
    """A block, and the sentence that passes through it."""

    subject: Subject
    traced: Traced
    stack: str
    """"encoder" or "decoder"."""
    layer: int
    """Counted from 0."""

    @property
    def trained(self) -> TrainedModel:
        """The model."""
        return self.subject.load()

    @property
    def stack_trace(self) -> "StackTrace":
        """The sentence's way through the stack."""
        return getattr(self.traced.trace, self.stack)

    @property
    def block(self) -> "TransformerBlock":
        """The block itself."""
        return self.trained.model.stacks[self.stack].blocks[self.layer]

    @property
    def x(self) -> np.ndarray:
        """(T, E): what enters the block."""
        return self.stack_trace.blocks[self.layer].residual_before[0]

    @property
    def encoder_output(self) -> np.ndarray | None:
        """(S, E), where the block attends to it."""
        trace = self.traced.trace
        has_both = trace.encoder is not None and self.stack == "decoder"
        return trace.encoder.output[0] if has_both else None

    @property
    def tokens(self) -> list[str]:
        """The T tokens that pass through it."""
        is_target = self.stack == "decoder" and self.traced.trace.encoder is not None
        return self.traced.target_tokens if is_target else self.traced.tokens

    def sources(self, part: str) -> list[str]:
        """The tokens that are looked at in a part of the block."""
        return self.traced.tokens if part == "cross_attention" else self.tokens

    def steps(self, switches: "explain.Switches") -> "tuple[explain.BlockStep, ...]":
        """Every matrix on the way."""
        return explain.block_steps(self.block, self.x, self.encoder_output, switches)

    def answer(self, residual: np.ndarray) -> np.ndarray:
        """The model's logits if the block leaves this residual stream (T, E) behind."""
        model, trace = self.trained.model, self.traced.trace
        return explain.onward(model, trace, self.stack, self.layer, residual[None])


def choose_block(subject: Subject) -> ChosenBlock:
    """Lets the visitor choose a stack, if there are two, and a block of it.

    Raises:
        InputError: The sentence is empty, or longer than the model's context.
    """
    found = traced(subject)
    stacks = [name for name in ("encoder", "decoder") if getattr(found.trace, name) is not None]
    with controls("block"):
        stack = stacks[-1]
        if len(stacks) > 1:
            stack = choose_one(
                "Stack", stacks, stacks[-1], STACK_KEY, link="stack", format_func=str.capitalize
            )
        layer = choose_number(
            "Block", len(getattr(found.trace, stack).blocks), 1, LAYER_KEY, link="block"
        )
    return ChosenBlock(subject, found, stack, layer - 1)
