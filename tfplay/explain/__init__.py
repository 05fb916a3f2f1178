"""What goes on inside a model: model + ids -> NumPy arrays."""

from tfplay.explain.context import ContextBand, context_bands, mean_and_error, token_losses
from tfplay.explain.context_vectors import cosines_by_layer, layer_names, layer_vectors
from tfplay.explain.embedding import InputParts, input_parts, nearest_tokens, token_map
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
from tfplay.explain.positions import (
    cosine_matrix,
    rotary_angles,
    rotary_similarity,
    similarity_by_distance,
    sinusoidal_positions,
    without_positions,
)
from tfplay.explain.trace import trace_arrays
from tfplay.explain.vectors import MainAxes, main_axes, position_vectors, token_vectors

__all__ = [
    "ContextBand",
    "HeadMeasures",
    "Induction",
    "InputParts",
    "MainAxes",
    "NGrams",
    "Patterns",
    "attention_patterns",
    "context_bands",
    "cosine_matrix",
    "cosines_by_layer",
    "input_parts",
    "layer_names",
    "layer_vectors",
    "main_axes",
    "mean_and_error",
    "measure_heads",
    "measure_induction",
    "nearest_tokens",
    "output_overlap",
    "pair_means",
    "pattern_similarity",
    "position_vectors",
    "repeated_tokens",
    "rotary_angles",
    "rotary_similarity",
    "similarity_by_distance",
    "sinusoidal_positions",
    "token_losses",
    "token_map",
    "token_vectors",
    "trace_arrays",
    "without_positions",
]
