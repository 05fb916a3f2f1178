"""Beam search with length normalisation."""

from collections.abc import Collection
from typing import Any, NamedTuple

import keras
import numpy as np

from tfplay.config import DecodingConfig
from tfplay.decoding import filters
from tfplay.decoding.predictor import make_predictor


class Hypothesis(NamedTuple):
    """One answer of beam search."""

    token_ids: list[int]
    """The new tokens, without the stop token."""
    score: float
    """Sum of log probabilities divided by length to the power of the length penalty."""
    finished: bool
    """Whether it ended with a stop token, not for want of room."""


def beam_search(
    model: keras.Model,
    prompt_ids: np.ndarray,
    config: DecodingConfig,
    stop_token_ids: Collection[int] = (),
    **source: Any,
) -> list[Hypothesis]:
    """Keeps the `num_beams` best continuations at every step (Wu et al., 2016, arXiv:1609.08144).

    Args:
        model: A `DecoderOnly` or `EncoderDecoder`.
        prompt_ids: (P,), at least one token.
        config: `num_beams`, `length_penalty`, `max_new_tokens`, `repetition_penalty`.
        stop_token_ids: Tokens that end a hypothesis.
        **source: `encoder_token_ids` and `encoder_padding_mask` (S,) for an encoder-decoder.

    Returns:
        The `num_beams` best hypotheses, best first; unfinished ones only where too few finished.

    Raises:
        InputError: The prompt is empty, or longer than the model's context.

    Example:
        >>> best, *others = beam_search(model, prompt_ids, DecodingConfig("beam", num_beams=4))
    """
    num_beams = config.num_beams
    repeat = lambda row: np.repeat(np.asarray(row)[None], num_beams, axis=0)  # noqa: E731
    sequences = repeat(prompt_ids)
    predictor = make_predictor(
        model, sequences, **{name: repeat(row) for name, row in source.items()}
    )
    prompt_length = sequences.shape[1]
    room = model.config.max_sequence_length - prompt_length
    sums = np.full(num_beams, -np.inf)
    sums[0] = 0.0  # all beams are the same at first: let one speak
    finished: list[Hypothesis] = []
    logits = predictor.logits

    for length in range(1, min(config.max_new_tokens, room) + 1):
        logits = filters.repetition_penalty(logits, sequences, config.repetition_penalty)
        beams, token_ids, candidate_sums = _best_candidates(sums, logits, 2 * num_beams)
        stops = np.isin(token_ids, list(stop_token_ids))
        for beam, total in zip(beams[stops], candidate_sums[stops], strict=True):
            answer = sequences[beam, prompt_length:].tolist()
            finished.append(Hypothesis(answer, _score(total, length, config), True))
        finished = _best(finished, num_beams)

        kept = np.flatnonzero(~stops)[:num_beams]
        beams, token_ids, sums = beams[kept], token_ids[kept], candidate_sums[kept]
        sequences = np.concatenate([sequences[beams], token_ids[:, None]], axis=1)
        if len(finished) == num_beams and _none_can_improve(sums, length, room, finished, config):
            return finished
        if length < min(config.max_new_tokens, room):
            predictor.reorder(beams)
            logits = predictor.advance(token_ids)

    unfinished = _unfinished(sequences[:, prompt_length:], sums, config)
    return finished + _best(unfinished, num_beams - len(finished))


def _best_candidates(
    sums: np.ndarray, logits: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The likeliest continuations of all beams: their beams, tokens and summed log probabilities.

    Twice as many as beams are asked for, so that enough are left should half of them stop.
    """
    candidates = (sums[:, None] + filters.log_probabilities(logits)).ravel()
    count = min(count, len(candidates))
    best = np.argpartition(-candidates, count - 1)[:count]
    best = best[np.argsort(-candidates[best], kind="stable")]
    beams, token_ids = np.divmod(best, logits.shape[-1])
    return beams, token_ids, candidates[best]


def _unfinished(answers: np.ndarray, sums: np.ndarray, config: DecodingConfig) -> list[Hypothesis]:
    """The hypotheses that ran out of room, from their tokens (num_beams, N) and summed scores."""
    length = max(answers.shape[1], 1)
    return [
        Hypothesis(answer, _score(total, length, config), False)
        for answer, total in zip(answers.tolist(), sums, strict=True)
        if np.isfinite(total)
    ]


def _score(log_probability: float, length: int, config: DecodingConfig) -> float:
    return float(log_probability / length**config.length_penalty)


def _best(hypotheses: list[Hypothesis], count: int) -> list[Hypothesis]:
    return sorted(hypotheses, key=lambda hypothesis: -hypothesis.score)[:count]


def _none_can_improve(
    sums: np.ndarray,
    length: int,
    room: int,
    finished: list[Hypothesis],
    config: DecodingConfig,
) -> bool:
    """Whether no running beam can beat the worst finished one, were all its next tokens certain."""
    longest = min(config.max_new_tokens, room)
    return _score(sums.max(), longest, config) <= finished[-1].score
