"""Translating with a trained model."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from keras import ops

from tfplay.config import DecodingConfig
from tfplay.decoding import beam_search, generate
from tfplay.errors import InputError
from tfplay.tasks.base import BATCH_SIZE, TrainedModel
from tfplay.tasks.batches import bucket_length, pad


class ScoredText(NamedTuple):
    """One of beam search's answers."""

    text: str
    score: float
    """Sum of log probabilities, divided by length to the power of the length penalty."""


@dataclass(frozen=True)
class Translation:
    """A translation, and where the model looked while it wrote it.

    Attributes:
        source_tokens: The S tokens of the source that the model read, as people read them.
        target_tokens: The T tokens that it wrote; the end token too if it came to it.
        text: The translation.
        cross_attention: (layers, heads, T, S): how much of its attention each head gave to each
            source token when each target token was written; rows sum to 1. A decoder-only model has
            self-attention only: its rows are the part of it that went to the source.
        score: Beam search's score of the translation; `None` for other strategies.
        hypotheses: All of beam search's answers, best first; none for other strategies.
    """

    source_tokens: list[str]
    target_tokens: list[str]
    text: str
    cross_attention: np.ndarray
    score: float | None
    hypotheses: list[ScoredText]


class _Prompt(NamedTuple):
    """What decoding begins with."""

    token_ids: list[int]
    source: dict[str, np.ndarray]
    """What the encoder reads, (1, S) each; nothing if there is no encoder."""


def translate(trained: TrainedModel, text: str, config: DecodingConfig) -> Translation:
    """Translates one text.

    Args:
        trained: A model that learned translation.
        text: The source text; line breaks count as spaces.
        config: How the translation is chosen.

    Raises:
        InputError: The text is empty, or longer than the model can read.

    Example:
        >>> translation = translate(trained, "How are you?", DecodingConfig())
        >>> translation.text
        'तुम कैसे हो?'
    """
    tokenizer = trained.tokenizer
    source_ids = encode_source(trained, text)
    prompt = _make_prompt(trained, source_ids)
    stop_token_ids = [tokenizer.end_id]
    hypotheses = []
    if config.strategy == "beam":
        row = {name: array[0] for name, array in prompt.source.items()}
        prompt_ids = np.array(prompt.token_ids)
        answers = beam_search(trained.model, prompt_ids, config, stop_token_ids, **row)
        hypotheses = [
            ScoredText(tokenizer.detokenize(answer.token_ids), answer.score) for answer in answers
        ]
        target_ids = answers[0].token_ids
    else:
        prompt_ids = np.array([prompt.token_ids])
        [target_ids] = generate(trained.model, prompt_ids, config, stop_token_ids, **prompt.source)

    room = min(config.max_new_tokens, trained.context - len(prompt.token_ids))
    written_ids = [*target_ids, tokenizer.end_id][:room]
    return Translation(
        source_tokens=tokenizer.labels(source_ids),
        target_tokens=tokenizer.labels(written_ids),
        text=tokenizer.detokenize(target_ids),
        cross_attention=_attention_on_source(trained, source_ids, prompt, written_ids),
        score=hypotheses[0].score if hypotheses else None,
        hypotheses=hypotheses,
    )


def translate_all(
    trained: TrainedModel, texts: Sequence[str], max_new_tokens: int | None = None
) -> list[str]:
    """Translates many texts greedily, in batches of one shape.

    Args:
        trained: A model that learned translation.
        texts: The source texts.
        max_new_tokens: Of each translation; `None` is as many as the model reads.

    Raises:
        InputError: A text is empty, or longer than the model can read.
    """
    sources = [encode_source(trained, text) for text in texts]
    prompts = [_make_prompt(trained, source_ids) for source_ids in sources]
    groups = defaultdict(list)
    for index, prompt in enumerate(prompts):
        shapes = tuple(array.shape for array in prompt.source.values())
        groups[len(prompt.token_ids), shapes].append(index)
    answers: list[list[int]] = [[] for _ in texts]
    for indices in groups.values():
        for start in range(0, len(indices), BATCH_SIZE):
            # The last batch begins again with the first examples, and has the same shape so.
            rows = [indices[i % len(indices)] for i in range(start, start + BATCH_SIZE)]
            translated = _generate_rows(trained, [prompts[row] for row in rows], max_new_tokens)
            for row, answer in zip(rows, translated, strict=True):
                answers[row] = answer
    return [trained.tokenizer.detokenize(answer) for answer in answers]


def _generate_rows(
    trained: TrainedModel, prompts: Sequence[_Prompt], max_new_tokens: int | None
) -> list[list[int]]:
    """The greedy continuations of prompts of one shape."""
    names = prompts[0].source
    source = {name: np.concatenate([prompt.source[name] for prompt in prompts]) for name in names}
    prompt_ids = np.array([prompt.token_ids for prompt in prompts])
    config = DecodingConfig(max_new_tokens=max_new_tokens or trained.context)
    return generate(trained.model, prompt_ids, config, [trained.tokenizer.end_id], **source)


def encode_source(trained: TrainedModel, text: str) -> list[int]:
    """The token ids of the source: the text's, and the end token that an encoder also reads.

    Raises:
        InputError: The text is empty, or longer than the model can read.
    """
    token_ids = trained.tokenizer.tokenize(" ".join(text.split()))
    if not token_ids:
        raise InputError("There is nothing to translate: the text is empty.")
    has_encoder = trained.architecture == "encoder-decoder"
    longest = trained.context - (1 if has_encoder else 2)  # the start token and one answer
    if len(token_ids) > longest:
        raise InputError(
            f"The text has {len(token_ids)} tokens; this model reads at most {longest}."
        )
    return [*token_ids, trained.tokenizer.end_id] if has_encoder else token_ids


def _make_prompt(trained: TrainedModel, source_ids: list[int]) -> _Prompt:
    tokenizer = trained.tokenizer
    if trained.architecture == "decoder-only":
        return _Prompt([*source_ids, tokenizer.start_id], {})
    length = bucket_length(len(source_ids), trained.context)
    token_ids = pad([source_ids], length, tokenizer.pad_id)
    source = {
        "encoder_token_ids": token_ids,
        "encoder_padding_mask": token_ids != tokenizer.pad_id,
    }
    return _Prompt([tokenizer.start_id], source)


def _attention_on_source(
    trained: TrainedModel, source_ids: list[int], prompt: _Prompt, written_ids: list[int]
) -> np.ndarray:
    """(layers, heads, T, S) attention scores of what was written on the source."""
    read_ids = np.array([[*prompt.token_ids, *written_ids[:-1]]], dtype="int32")
    if trained.architecture == "decoder-only":
        blocks = trained.model.trace({"token_ids": read_ids}).decoder.blocks
        scores = ops.stack([block.self_attention.attention_scores[0] for block in blocks])
        first = len(prompt.token_ids) - 1
        return ops.convert_to_numpy(scores)[:, :, first:, : len(source_ids)]
    encoder_token_ids = np.array([source_ids], dtype="int32")
    inputs = {"encoder_token_ids": encoder_token_ids, "decoder_token_ids": read_ids}
    blocks = trained.model.trace(inputs).decoder.blocks
    scores = ops.stack([block.cross_attention.attention_scores[0] for block in blocks])
    return ops.convert_to_numpy(scores)
