"""Greedy decoding and sampling: one generator of steps."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import keras
import numpy as np

from tfplay.config import DecodingConfig
from tfplay.decoding import filters
from tfplay.decoding.beam import beam_search
from tfplay.decoding.predictor import (
    CachedPredictor,
    Memory,
    WholePredictor,
    make_predictor,
)
from tfplay.decoding.token_ids import check_token_ids
from tfplay.errors import InputError


class DecodingStep(NamedTuple):
    """A step of decoding: one new token for each sequence."""

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
) -> Iterator[DecodingStep]:
    """Continues the prompts, one token per step, greedily or by sampling.

    It ends after `max_new_tokens`, when the context is full, or when every sequence has had a stop
    token; a sequence that has stopped keeps getting tokens until all have. Nothing is computed
    ahead: when the caller stops iterating, the work stops.

    Args:
        model: A `DecoderOnly` or `EncoderDecoder`.
        prompt_ids: (B, P), at least one token each; `generate` takes prompts of different lengths.
        config: Strategy, temperature, filters, seed.
        stop_token_ids: Tokens that end a sequence.
        use_cache: Keep keys and values; false computes everything again at every step.
        memory: What was computed for a sequence that began like this one, to be used again, and
            where this one is kept for the next.
        **source: `encoder_token_ids` and `encoder_padding_mask` (B, S) for an encoder-decoder.

    Yields:
        A `DecodingStep`, the stop token's included.

    Raises:
        InputError: The prompt is empty, longer than the model's context or has an id outside the
            vocabulary; the strategy is beam search, which has no steps; or the model answers with
            what is not a number.

    Example:
        >>> config = DecodingConfig("sampling", top_k=40, max_new_tokens=8)
        >>> for step in generate_steps(model, prompt_ids, config):
        ...     print(tokenizer.detokenize(step.token_ids))
    """
    if config.strategy == "beam":
        raise InputError(
            "strategy is 'beam', which writes whole answers and not one token after the other; "
            "here it must be 'greedy' or 'sampling'."
        )
    sequences = check_token_ids(prompt_ids, model.config.vocabulary_size)
    if sequences.ndim != 2:
        raise InputError(f"The prompts have {sequences.ndim} axes; they must have two, (B, P).")
    predictor = make_predictor(model, sequences, use_cache, memory, **source)
    try:
        yield from _steps(predictor, sequences, config, stop_token_ids)
    finally:  # also when the caller stops iterating
        if memory is not None:
            memory.keep(predictor)


def _steps(
    predictor: CachedPredictor | WholePredictor,
    sequences: np.ndarray,
    config: DecodingConfig,
    stop_token_ids: Collection[int],
) -> Iterator[DecodingStep]:
    generator = np.random.default_rng(config.seed)
    stopped = np.zeros(len(sequences), dtype=bool)
    room = predictor.context - sequences.shape[1]
    logits = predictor.logits
    for step_index in range(min(config.max_new_tokens, room)):
        if step_index > 0:
            logits = predictor.advance(sequences[:, -1])
        filters.require_numbers(logits)
        filtered = filter_logits(logits, sequences, config)
        token_ids = _choose(filtered, config, generator)
        yield DecodingStep(token_ids, logits, filtered)
        sequences = np.concatenate([sequences, token_ids[:, None]], axis=1)
        stopped |= np.isin(token_ids, list(stop_token_ids))
        if stopped.all():
            return


def generate(
    model: keras.Model,
    prompt_ids: np.ndarray | Sequence[Sequence[int]],
    config: DecodingConfig,
    stop_token_ids: Collection[int] = (),
    padding_mask: np.ndarray | None = None,
    **source: Any,
) -> list[list[int]]:
    """The new tokens of each prompt, up to and without the stop token.

    With beam search they are those of the best hypothesis. Prompts of different lengths are
    answered one length after the other, so that each has the answer that it has alone.

    Args:
        model: A `DecoderOnly` or `EncoderDecoder`.
        prompt_ids: B prompts, at least one token each.
        config: The strategy and its settings.
        stop_token_ids: Tokens that end a sequence.
        padding_mask: (B, P): true where a prompt's token is real; padding may stand on either side.
        **source: The source, as `generate_steps` takes it.

    Raises:
        InputError: For the reasons of `generate_steps`, except that beam search is possible.

    Example:
        >>> [answer] = generate(model, prompt_ids, DecodingConfig(max_new_tokens=8))
        >>> tokenizer.detokenize(answer)
    """
    prompts = [np.atleast_1d(prompt) for prompt in prompt_ids]
    if padding_mask is not None:
        masks = np.asarray(padding_mask, dtype=bool)
        prompts = [prompt[mask] for prompt, mask in zip(prompts, masks, strict=True)]
    rows_of_length = defaultdict(list)
    for row, prompt in enumerate(prompts):
        rows_of_length[len(prompt)].append(row)
    answers: list[list[int]] = [[] for _ in prompts]
    for rows in rows_of_length.values():
        own = {name: np.asarray(array)[rows] for name, array in source.items()}
        some = np.stack([prompts[row] for row in rows])
        found = _answers(model, some, config, stop_token_ids, own)
        for row, answer in zip(rows, found, strict=True):
            answers[row] = answer
    return answers


def _answers(
    model: keras.Model,
    prompts: np.ndarray,
    config: DecodingConfig,
    stop_token_ids: Collection[int],
    source: dict[str, Any],
) -> list[list[int]]:
    """The new tokens of prompts (B, P) of one length, with their sources (B, S)."""
    if config.strategy == "beam":
        return [
            beam_search(
                model,
                prompt,
                config,
                stop_token_ids,
                **{name: array[row] for name, array in source.items()},
            )[0].token_ids
            for row, prompt in enumerate(prompts)
        ]
    steps = generate_steps(model, prompts, config, stop_token_ids, **source)
    columns = [step.token_ids for step in steps]
    rows = np.stack(columns, axis=1).tolist() if columns else [[] for _ in prompts]
    return [_until_stop(row, stop_token_ids) for row in rows]


def filter_logits(logits: np.ndarray, sequences: np.ndarray, config: DecodingConfig) -> np.ndarray:
    """The logits that the next tokens are chosen from.

    Args:
        logits: (B, V).
        sequences: (B, N), the tokens so far, for the repetition penalty.
        config: Sampling uses all of it, other strategies only the repetition penalty.

    Returns:
        (B, V); -inf for tokens that are filtered out.
    """
    logits = filters.repetition_penalty(logits, sequences, config.repetition_penalty)
    if config.strategy != "sampling":
        return logits
    logits = filters.temperature(logits, config.temperature)
    return filters.top_p(filters.top_k(logits, config.top_k), config.top_p)


def _choose(
    filtered: np.ndarray, config: DecodingConfig, generator: np.random.Generator
) -> np.ndarray:
    if config.strategy == "greedy":
        return filtered.argmax(axis=-1)
    # Gumbel-max: the largest of logits plus Gumbel noise is a sample of their softmax.
    noise = generator.gumbel(size=filtered.shape)
    return (filters.log_probabilities(filtered) + noise).argmax(axis=-1)


def _until_stop(token_ids: list[int], stop_token_ids: Collection[int]) -> list[int]:
    for index, token_id in enumerate(token_ids):
        if token_id in stop_token_ids:
            return token_ids[:index]
    return token_ids
