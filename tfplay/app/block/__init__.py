"""The views of the page "Inside a block"."""

from tfplay.app.block.activation import activation_view
from tfplay.app.block.alone import alone_view
from tfplay.app.block.chosen_block import choose_block
from tfplay.app.block.norms import norms_view
from tfplay.app.block.shifted import shifted_view
from tfplay.app.block.walkthrough import walkthrough

__all__ = [
    "activation_view",
    "alone_view",
    "choose_block",
    "norms_view",
    "shifted_view",
    "walkthrough",
]
