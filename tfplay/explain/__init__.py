"""What goes on inside a model: model + ids -> NumPy arrays."""

from tfplay.explain.altered import Part, all_parts, logits_without, patched_logits
from tfplay.explain.answer import Answer, likeliest
from tfplay.explain.attribution import Attribution, attribute
from tfplay.explain.block_steps import Step, Switches, block_steps, find_step
from tfplay.explain.context import ContextBand, context_bands, mean_and_error, token_losses
from tfplay.explain.context_vectors import cosines_by_layer, layer_names, layer_vectors
from tfplay.explain.embedding import InputParts, input_parts, token_map
from tfplay.explain.gradients import gradient_times_input
from tfplay.explain.induction import Induction, measure_induction, repeated_tokens
from tfplay.explain.lens import (
    Neighbour,
    cosines_to_final,
    last_stack,
    logit_lens,
    nearest_tokens,
)
from tfplay.explain.ngrams import NGrams
from tfplay.explain.occlusion import eager_logits, without_patches
from tfplay.explain.onward import onward
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
from tfplay.explain.positions import (
    cosine_matrix,
    rotary_angles,
    rotary_similarity,
    similarity_by_distance,
    sinusoidal_positions,
    without_positions,
)
from tfplay.explain.probes import Probe, Stream, probe, residual_stream
from tfplay.explain.roles import Role, Sink, attention_sinks, by_distance, head_roles
from tfplay.explain.rollout import attention_rollout
from tfplay.explain.sources import Sources, trace_sources
from tfplay.explain.trace import compiled_trace, trace_arrays
from tfplay.explain.vectors import MainAxes, main_axes, position_vectors, token_vectors

__all__ = [
    "Answer",
    "Attribution",
    "ContextBand",
    "HeadMeasures",
    "Induction",
    "InputParts",
    "MainAxes",
    "NGrams",
    "Neighbour",
    "Part",
    "Patterns",
    "Sources",
    "attention_patterns",
    "Probe",
    "Role",
    "Sink",
    "Step",
    "Stream",
    "Switches",
    "all_parts",
    "attention_rollout",
    "attention_sinks",
    "attribute",
    "block_steps",
    "by_distance",
    "compiled_trace",
    "context_bands",
    "cosine_matrix",
    "cosines_by_layer",
    "cosines_to_final",
    "eager_logits",
    "entropy",
    "find_step",
    "gradient_times_input",
    "head_roles",
    "input_parts",
    "last_stack",
    "layer_names",
    "layer_vectors",
    "likeliest",
    "logit_lens",
    "logits_without",
    "main_axes",
    "mean_and_error",
    "measure_heads",
    "measure_induction",
    "nearest_tokens",
    "onward",
    "output_overlap",
    "pair_means",
    "patched_logits",
    "pattern_similarity",
    "position_vectors",
    "probe",
    "repeated_tokens",
    "residual_stream",
    "rotary_angles",
    "rotary_similarity",
    "similarity_by_distance",
    "sinusoidal_positions",
    "token_losses",
    "token_map",
    "token_vectors",
    "trace_arrays",
    "trace_sources",
    "without_patches",
    "without_positions",
]
