"""How a translation came about: where the model looked, and what else it considered."""

from typing import NamedTuple

import numpy as np

from tfplay import explain
from tfplay.decoding.filters import probabilities
from tfplay.tasks.trained_model import TrainedModel
from tfplay.tasks.translation.translate import Translation

MOST_CANDIDATES = 12


class TranslationTrace(NamedTuple):
    """Every step of a translation: T tokens written for S tokens read, H heads in each layer."""

    cross_attention: np.ndarray
    """(layers, H, T, S): how much of its attention each head gave to each source token when each
    target token was written; rows sum to 1. A decoder-only model has self-attention only: its rows
    are the part of it that went to the source."""
    self_attention: np.ndarray
    """(layers, H, T, T): what the decoder gave to its start token and to what it had written."""
    given_tokens: list[str]
    """What the decoder was given at each step: the start token, then what it had just written."""
    candidate_ids: np.ndarray
    """(T, K): the likeliest tokens at each step, the likeliest first."""
    candidate_probabilities: np.ndarray
    """(T, K)."""
    written_probabilities: np.ndarray
    """(T,): the probability of the token that was written."""


def look_inside(trained: TrainedModel, translation: Translation) -> TranslationTrace:
    """Runs the model once over a translation as it stands.

    The probabilities are the model's own, before any temperature or filter.

    Args:
        trained: The model that made the translation.
        translation: The result of `translate`.

    Example:
        >>> trace = look_inside(trained, translate(trained, "How are you?", DecodingConfig()))
        >>> trace.cross_attention.mean(axis=(0, 1))  # (T, S): averaged over layers and heads
    """
    written_ids = np.array(translation.target_ids)
    given_ids = [trained.tokenizer.start_id, *translation.target_ids[:-1]]
    cross_attention, self_attention, logits = _trace(trained, translation.source_ids, given_ids)
    likely = probabilities(logits.astype("float32"))
    count = min(MOST_CANDIDATES, likely.shape[-1])
    candidate_ids = np.argsort(-likely, axis=-1, kind="stable")[:, :count]
    return TranslationTrace(
        cross_attention,
        self_attention,
        trained.tokenizer.labels(given_ids),
        candidate_ids,
        np.take_along_axis(likely, candidate_ids, axis=-1),
        likely[np.arange(len(written_ids)), written_ids],
    )


def _trace(
    trained: TrainedModel, source_ids: list[int], given_ids: list[int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Attention on the source, attention on what was given, logits (T, V)."""
    if trained.architecture == "encoder-decoder":
        inputs = {"encoder_token_ids": [source_ids], "decoder_token_ids": [given_ids]}
        trace = explain.trace_arrays(trained.model, _as_arrays(inputs))
        cross = trace.decoder.attention_scores("cross_attention")[:, 0]
        return cross, trace.decoder.attention_scores()[:, 0], trace.logits[0]
    trace = explain.trace_arrays(
        trained.model, _as_arrays({"token_ids": [[*source_ids, *given_ids]]})
    )
    first = len(source_ids)
    scores = trace.decoder.attention_scores()[:, 0, :, first:]
    return scores[..., :first], scores[..., first:], trace.logits[0, first:]


def _as_arrays(inputs: dict[str, list[list[int]]]) -> dict[str, np.ndarray]:
    return {name: np.array(ids, dtype="int32") for name, ids in inputs.items()}
