"""Greedy decoding and sampling: one generator of steps."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import keras
import numpy as np

from tfplay.config import DecodingConfig
from tfplay.decoding import filters
from tfplay.decoding.predictor import (
    CachedPredictor,
    Memory,
    WholePredictor,
    make_predictor,
)


class Step(NamedTuple):
    """One new token for each sequence."""

    token_ids: np.ndarray
    """(B,): the tokens chosen."""
    logits: np.ndarray
    """(B, V): what the model answered."""
    filtered_logits: np.ndarray
    """(B, V): what the tokens were chosen from."""

    @property
    def probabilities(self) -> np.ndarray:
        """(B, V): the distribution that the tokens were chosen from."""
        return filters.probabilities(self.filtered_logits)


def generate_steps(
    model: keras.Model,
    prompt_ids: np.ndarray,
    config: DecodingConfig,
    stop_token_ids: Collection[int] = (),
    use_cache: bool = True,
    memory: Memory | None = None,
    **source: Any,
) -> Iterator[Step]:
    """Goes on from the prompts, one token a step, greedily or by sampling.

    It ends after `max_new_tokens`, when the context is full, or when every sequence has had a stop
    token; a sequence that has stopped keeps getting tokens until all have. Nothing is computed
    ahead: who stops asking stops the work.

    Args:
        model: A `DecoderOnly` or `EncoderDecoder`.
        prompt_ids: (B, P), at least one token each.
        config: Strategy, temperature, filters, seed.
        stop_token_ids: Tokens that end a sequence.
        use_cache: Keep keys and values; false computes everything again at every step.
        memory: What was computed for a sequence that began like this one, to be used again, and
            where this one is kept for the next.
        **source: `encoder_token_ids` and `encoder_padding_mask` (B, S) for an encoder-decoder.

    Yields:
        A `Step`, the stop token's included.

    Raises:
        InputError: The prompt is empty, or longer than the model's context.

    Example:
        >>> for step in generate_steps(model, prompt_ids, DecodingConfig("sampling", top_k=40)):
        ...     print(tokenizer.detokenize(step.token_ids))
    """
    sequences = np.asarray(prompt_ids)
    predictor = make_predictor(model, sequences, use_cache, memory, **source)
    try:
        yield from _steps(predictor, sequences, config, stop_token_ids)
    finally:  # also when nobody asks for more
        if memory is not None:
            memory.keep(predictor)


def _steps(
    predictor: CachedPredictor | WholePredictor,
    sequences: np.ndarray,
    config: DecodingConfig,
    stop_token_ids: Collection[int],
) -> Iterator[Step]:
    generator = np.random.default_rng(config.seed)
    stopped = np.zeros(len(sequences), dtype=bool)
    room = predictor.context - sequences.shape[1]
    logits = predictor.logits
    for step_index in range(min(config.max_new_tokens, room)):
        if step_index > 0:
            logits = predictor.advance(token_ids)  # noqa: F821 - the last round's
        filtered = filter_logits(logits, sequences, config)
        token_ids = _choose(filtered, config, generator)
        yield Step(token_ids, logits, filtered)
        sequences = np.concatenate([sequences, token_ids[:, None]], axis=1)
        stopped |= np.isin(token_ids, list(stop_token_ids))
        if stopped.all():
            return


def generate(
    model: keras.Model,
    prompt_ids: np.ndarray,
    config: DecodingConfig,
    stop_token_ids: Collection[int] = (),
    **source: Any,
) -> list[list[int]]:
    """The new tokens of each prompt, up to and without the stop token.

    Arguments as in `generate_steps`.

    Example:
        >>> [answer] = generate(model, prompt_ids, DecodingConfig(max_new_tokens=20))
        >>> tokenizer.detokenize(answer)
    """
    steps = generate_steps(model, prompt_ids, config, stop_token_ids, **source)
    columns = [step.token_ids for step in steps]
    rows = np.stack(columns, axis=1).tolist() if columns else [[] for _ in prompt_ids]
    return [_until_stop(row, stop_token_ids) for row in rows]


def filter_logits(logits: np.ndarray, sequences: np.ndarray, config: DecodingConfig) -> np.ndarray:
    """The logits that the next tokens are chosen from.

    Args:
        logits: (B, V).
        sequences: (B, N), the tokens so far, for the repetition penalty.
        config: Greedy decoding only minds the repetition penalty.

    Returns:
        (B, V); -inf for tokens that are filtered out.
    """
    logits = filters.repetition_penalty(logits, sequences, config.repetition_penalty)
    if config.strategy == "greedy":
        return logits
    logits = filters.temperature(logits, config.temperature)
    return filters.top_p(filters.top_k(logits, config.top_k), config.top_p)


def _choose(
    filtered: np.ndarray, config: DecodingConfig, generator: np.random.Generator
) -> np.ndarray:
    if config.strategy == "greedy":
        return filtered.argmax(axis=-1)
    # Gumbel-max: the largest of logits plus Gumbel noise is a sample of their softmax.
    return (filtered + generator.gumbel(size=filtered.shape)).argmax(axis=-1)


def _until_stop(token_ids: list[int], stop_token_ids: Collection[int]) -> list[int]:
    for index, token_id in enumerate(token_ids):
        if token_id in stop_token_ids:
            return token_ids[:index]
    return token_ids
