"""Beam search with length normalisation."""

from collections.abc import Collection
from typing import Any, NamedTuple

import keras
import numpy as np

from tfplay.config import DecodingConfig
from tfplay.cutting import quoted
from tfplay.decoding import filters
from tfplay.decoding.predictor import make_predictor
from tfplay.errors import InputError


class Hypothesis(NamedTuple):
    """One hypothesis of beam search: an answer and its score."""

    token_ids: list[int]
    """The new tokens, without the stop token."""
    score: float
    """Sum of log probabilities divided by length to the power of the length penalty."""
    finished: bool
    """Whether it ended with a stop token, rather than for lack of room."""


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
        config: With the strategy "beam"; `num_beams`, `length_penalty`, `max_new_tokens` and
            `repetition_penalty` are used.
        stop_token_ids: Tokens that end a hypothesis.
        **source: `encoder_token_ids` and `encoder_padding_mask` (S,) for an encoder-decoder.

    Returns:
        The `num_beams` best hypotheses, best first; unfinished ones last, where too few finished.
        No two have the same tokens: of those that differ in their stop token the best is kept.
        There are fewer where the model can write no more different ones.

    Raises:
        InputError: The prompt is empty, longer than the model's context or has an id outside the
            vocabulary; the configuration is for another strategy; or the model answers with what is
            not a number.

    Example:
        >>> config = DecodingConfig("beam", num_beams=4, max_new_tokens=8)
        >>> best, *others = beam_search(model, prompt_ids[0], config)
    """
    _require_beam_search(config)
    num_beams = config.num_beams
    repeat = lambda row: np.repeat(np.asarray(row)[None], num_beams, axis=0)  # noqa: E731
    sequences = repeat(prompt_ids)
    repeated: dict[str, Any] = {name: repeat(row) for name, row in source.items()}
    predictor = make_predictor(model, sequences, **repeated)
    prompt_length = sequences.shape[1]
    longest = min(config.max_new_tokens, model.config.max_sequence_length - prompt_length)
    sums = np.full(num_beams, -np.inf)
    sums[0] = 0.0  # all beams are equal at first: only one may continue
    finished: list[Hypothesis] = []
    logits = predictor.logits

    for length in range(1, longest + 1):
        filters.require_numbers(logits)
        logits = filters.repetition_penalty(logits, sequences, config.repetition_penalty)
        # Each beam may continue with any of the stop tokens: enough others must be left.
        wanted = num_beams * (1 + len(set(stop_token_ids)))
        beams, token_ids, candidate_sums = _best_candidates(sums, logits, wanted)
        stops = np.isin(token_ids, list(stop_token_ids))
        for beam, total in zip(beams[stops], candidate_sums[stops], strict=True):
            answer = sequences[beam, prompt_length:].tolist()
            finished.append(Hypothesis(answer, _score(total, length, config), True))
        finished = _best(finished, num_beams)

        kept = np.flatnonzero(~stops)[:num_beams]
        if len(kept) == 0:
            return finished
        sums = np.pad(candidate_sums[kept], (0, num_beams - len(kept)), constant_values=-np.inf)
        kept = np.resize(kept, num_beams)  # as many rows at every step; those too many are dead
        beams, token_ids = beams[kept], token_ids[kept]
        sequences = np.concatenate([sequences[beams], token_ids[:, None]], axis=1)
        none_can_improve = len(finished) == num_beams and (
            # No running beam could beat the worst finished one, were its next tokens certain.
            _score(sums.max(), longest, config) <= finished[-1].score
        )
        if none_can_improve:
            return finished
        if length < longest:
            predictor.reorder(beams)
            logits = predictor.advance(token_ids)

    unfinished = _unfinished(sequences[:, prompt_length:], sums, config)
    return finished + _best(unfinished, num_beams - len(finished))


def _require_beam_search(config: DecodingConfig) -> None:
    if config.strategy != "beam":
        raise InputError(
            f"strategy is {quoted(config.strategy)}; for beam search it must be 'beam'."
        )
    for name, usual in (("temperature", 1.0), ("top_k", 0), ("top_p", 1.0)):
        if getattr(config, name) != usual:
            raise InputError(
                f"{name} is {getattr(config, name)}, but beam search draws nothing; leave it at "
                f"{usual}, or choose the strategy 'sampling'."
            )


def _best_candidates(
    sums: np.ndarray, logits: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The likeliest continuations of all beams, best first: at most `count` that are possible.

    Returns:
        Their beams, tokens and summed log probabilities; equal ones in the order of beams and ids.
    """
    candidates = (sums[:, None] + filters.log_probabilities(logits)).ravel()
    count = min(count, len(candidates))
    lowest = -np.partition(-candidates, count - 1)[count - 1]
    best = np.flatnonzero((candidates >= lowest) & (candidates > -np.inf))
    best = best[np.argsort(-candidates[best], kind="stable")][:count]
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
    ordered = sorted(hypotheses, key=lambda hypothesis: -hypothesis.score)
    distinct: dict[tuple[int, ...], Hypothesis] = {}
    for hypothesis in ordered:
        distinct.setdefault(tuple(hypothesis.token_ids), hypothesis)
    return list(distinct.values())[:count]
