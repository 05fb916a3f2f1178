"""What goes on inside a model: model + ids -> NumPy arrays."""

from tfplay.explain.block_steps import Step, Switches, block_steps, find_step
from tfplay.explain.context import ContextBand, context_bands, mean_and_error, token_losses
from tfplay.explain.induction import Induction, measure_induction, repeated_tokens
from tfplay.explain.ngrams import NGrams
from tfplay.explain.onward import onward, stack_blocks
from tfplay.explain.patterns import (
    HeadMeasures,
    Patterns,
    attention_patterns,
    entropy,
    measure_heads,
    output_overlap,
    pair_means,
    pattern_similarity,
)
from tfplay.explain.trace import trace_arrays
from tfplay.explain.vectors import MainAxes, main_axes, position_vectors, token_vectors

__all__ = [
    "ContextBand",
    "HeadMeasures",
    "Induction",
    "MainAxes",
    "NGrams",
    "Patterns",
    "Step",
    "Switches",
    "attention_patterns",
    "block_steps",
    "context_bands",
    "entropy",
    "find_step",
    "main_axes",
    "mean_and_error",
    "measure_heads",
    "measure_induction",
    "onward",
    "output_overlap",
    "pair_means",
    "pattern_similarity",
    "position_vectors",
    "repeated_tokens",
    "stack_blocks",
    "token_losses",
    "token_vectors",
    "trace_arrays",
]
