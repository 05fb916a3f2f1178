"""What goes on inside a model: model + ids -> NumPy arrays."""

from tfplay.explain.context import ContextBand, context_bands, mean_and_error, token_losses
from tfplay.explain.induction import Induction, measure_induction, repeated_tokens
from tfplay.explain.ngrams import NGrams
from tfplay.explain.patterns import (
    HeadMeasures,
    Patterns,
    attention_patterns,
    measure_heads,
    output_overlap,
    pair_means,
    pattern_similarity,
)
from tfplay.explain.rollout import attention_rollout
from tfplay.explain.sources import Sources, trace_sources
from tfplay.explain.trace import trace_arrays
from tfplay.explain.vectors import MainAxes, main_axes, position_vectors, token_vectors

__all__ = [
    "ContextBand",
    "HeadMeasures",
    "Induction",
    "MainAxes",
    "NGrams",
    "Patterns",
    "Sources",
    "attention_patterns",
    "attention_rollout",
    "context_bands",
    "main_axes",
    "mean_and_error",
    "measure_heads",
    "measure_induction",
    "output_overlap",
    "pair_means",
    "pattern_similarity",
    "position_vectors",
    "repeated_tokens",
    "token_losses",
    "token_vectors",
    "trace_arrays",
    "trace_sources",
]
