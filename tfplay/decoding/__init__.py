"""Decoding: strategies on logits, a key-value cache, one generator of steps, beam search."""

from tfplay.decoding.beam import Hypothesis, beam_search
from tfplay.decoding.filters import (
    log_probabilities,
    probabilities,
    repetition_penalty,
    temperature,
    top_k,
    top_p,
)
from tfplay.decoding.generate import Step, filter_logits, generate, generate_steps
from tfplay.decoding.predictor import Memory
from tfplay.decoding.token_ids import check_inputs, check_token_ids

__all__ = [
    "Hypothesis",
    "Memory",
    "Step",
    "beam_search",
    "check_inputs",
    "check_token_ids",
    "filter_logits",
    "generate",
    "generate_steps",
    "log_probabilities",
    "probabilities",
    "repetition_penalty",
    "temperature",
    "top_k",
    "top_p",
]
