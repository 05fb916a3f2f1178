"""What happens inside a model: model + ids -> NumPy arrays."""

from tfplay.lazy import names_on_demand

__getattr__, __all__ = names_on_demand(
    __name__,
    {
        "altered": "Part all_parts logits_without patched_logits",
        "answer": "Answer likeliest",
        "attribution": "Attribution attribute",
        "context": "ContextBand context_bands mean_and_error token_losses",
        "context_vectors": "cosines_by_layer layer_names layer_vectors",
        "embedding": "InputParts input_parts token_map",
        "gradients": "gradient_times_input",
        "induction": "Induction measure_induction repeated_tokens",
        "inside_block": "BlockStep Switches block_steps find_step",
        "lens": "Likeliest Neighbour cosines_to_final last_stack likeliest_by_level logit_lens "
        "nearest_tokens",
        "ngrams": "NGrams",
        "occlusion": "eager_logits without_patches",
        "operations": "ACTIVATIONS Activate Cell Product",
        "patterns": (
            "HeadMeasures Patterns attention_patterns entropy measure_heads output_overlap "
            "pair_means pattern_similarity"
        ),
        "positions": (
            "cosine_matrix rotary_angles rotary_similarity similarity_by_distance "
            "sinusoidal_positions without_positions"
        ),
        "probes": "Probe Stream probe residual_stream",
        "rest_of_model": "onward",
        "roles": "SINK Role Sink attention_sinks by_distance head_roles",
        "rollout": "attention_rollout",
        "sources": "Sources trace_sources",
        "trace": "compiled_trace trace_arrays",
        "vectors": "MainAxes main_axes position_vectors token_vectors",
    },
)
