"""Decoding: strategies on logits, a key-value cache, one generator of steps, beam search."""

from tfplay.lazy import names_on_demand

__getattr__, __all__ = names_on_demand(
    __name__,
    {
        "beam": "Hypothesis beam_search",
        "filters": "log_probabilities probabilities repetition_penalty temperature top_k top_p",
        "stepper": "DecodingStep filter_logits generate generate_steps",
        "kept": "kept_with",
        "predictor": "CachedPredictor Memory WholePredictor common_length",
        "token_ids": "check_inputs check_token_ids",
    },
)
