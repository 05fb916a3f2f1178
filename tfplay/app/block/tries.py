"""What to try on the page "Inside a block"."""

from tfplay.app.block.chosen_block import ChosenBlock
from tfplay.app.block.switches import CELL, HEAD, OFF, SCALE, SHOWN_HEAD, STEP
from tfplay.app.lesson import tries


def block_tries(chosen: ChosenBlock) -> None:
    """Three things with one press each, and the way back."""
    last = len(chosen.tokens) - 1
    part = "self_attention" if chosen.encoder_output is None else "cross_attention"
    source = len(chosen.sources(part)) - 1
    tries(
        {
            "Open the sum behind an attention score": {
                STEP: (part, "products"),
                SHOWN_HEAD: 1,
                CELL: (last, min(1, source)),
            },
            "Leave out the scaling": OFF | {SCALE: True, STEP: (part, "softmax"), CELL: None},
            "Use only one head": OFF | {HEAD: 1, STEP: ("self_attention", "joined"), CELL: None},
            "Everything as in the model": OFF | {CELL: None},
        }
    )
