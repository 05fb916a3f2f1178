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

__all__ = [
    "Hypothesis",
    "Memory",
    "Step",
    "beam_search",
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
