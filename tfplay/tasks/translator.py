"""Translating with a trained encoder-decoder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import keras
import numpy as np
from keras import ops

from tfplay.config import DecodingConfig
from tfplay.decoding import beam_search, generate
from tfplay.errors import InputError
from tfplay.tasks.batches import bucket_length, pad
from tfplay.text import Tokenizer

BATCH_SIZE = 64


class ScoredText(NamedTuple):
    """One of beam search's answers."""

    text: str
    score: float
    """Sum of log probabilities, divided by length to the power of the length penalty."""


@dataclass(frozen=True)
class Translation:
    """A translation, and where the model looked while it wrote it.

    Attributes:
        source_tokens: The S tokens that the encoder read, as people read them.
        target_tokens: The T tokens that the decoder wrote; the end token too if it came to it.
        text: The translation.
        cross_attention: (layers, heads, T, S): how much of its attention each head gave to each
            source token when each target token was written; rows sum to 1.
        score: Beam search's score of the translation; `None` for other strategies.
        hypotheses: All of beam search's answers, best first; none for other strategies.
    """

    source_tokens: list[str]
    target_tokens: list[str]
    text: str
    cross_attention: np.ndarray
    score: float | None
    hypotheses: list[ScoredText]


def translate(
    model: keras.Model, tokenizer: Tokenizer, text: str, config: DecodingConfig
) -> Translation:
    """Translates one text.

    Args:
        model: An `EncoderDecoder` that was trained on translation.
        tokenizer: The one it was trained with.
        text: The source text; line breaks count as spaces.
        config: How the translation is chosen.

    Raises:
        InputError: The text is empty, or longer than the model can read.

    Example:
        >>> translation = translate(model, tokenizer, "How are you?", DecodingConfig())
        >>> translation.text
        'तुम कैसे हो?'
    """
    source_ids = encode_source(model, tokenizer, text)
    inputs = _encoder_inputs(model, tokenizer, [source_ids])
    prompt_ids, stop_token_ids = np.array([[tokenizer.start_id]]), [tokenizer.end_id]
    hypotheses = []
    if config.strategy == "beam":
        row = {name: array[0] for name, array in inputs.items()}
        answers = beam_search(model, prompt_ids[0], config, stop_token_ids, **row)
        hypotheses = [
            ScoredText(tokenizer.detokenize(answer.token_ids), answer.score) for answer in answers
        ]
        target_ids = answers[0].token_ids
    else:
        [target_ids] = generate(model, prompt_ids, config, stop_token_ids, **inputs)

    room = min(config.max_new_tokens, model.config.max_sequence_length - 1)
    written_ids = [*target_ids, tokenizer.end_id][:room]
    return Translation(
        source_tokens=tokenizer.labels(source_ids),
        target_tokens=tokenizer.labels(written_ids),
        text=tokenizer.detokenize(target_ids),
        cross_attention=_cross_attention(
            model, source_ids, [tokenizer.start_id, *written_ids[:-1]]
        ),
        score=hypotheses[0].score if hypotheses else None,
        hypotheses=hypotheses,
    )


def translate_all(model: keras.Model, tokenizer: Tokenizer, texts: Sequence[str]) -> list[str]:
    """Translates many texts greedily, in batches of one shape.

    Raises:
        InputError: A text is empty, or longer than the model can read.
    """
    sources = [encode_source(model, tokenizer, text) for text in texts]
    config = DecodingConfig(max_new_tokens=model.config.max_sequence_length)
    prompt_ids = np.full((BATCH_SIZE, 1), tokenizer.start_id)
    inputs = _encoder_inputs(model, tokenizer, sources)
    answers = []
    for start in range(0, len(texts), BATCH_SIZE):
        rows = np.arange(start, start + BATCH_SIZE) % len(texts)  # the last batch is filled up
        batch = {name: array[rows] for name, array in inputs.items()}
        answers += generate(model, prompt_ids, config, [tokenizer.end_id], **batch)
    return [tokenizer.detokenize(answer) for answer in answers[: len(texts)]]


def encode_source(model: keras.Model, tokenizer: Tokenizer, text: str) -> list[int]:
    """The token ids that the encoder reads: the text's and the end token.

    Raises:
        InputError: The text is empty, or longer than the model can read.
    """
    token_ids = [*tokenizer.tokenize(" ".join(text.split())), tokenizer.end_id]
    if len(token_ids) == 1:
        raise InputError("There is nothing to translate: the text is empty.")
    if len(token_ids) > model.config.max_sequence_length:
        raise InputError(
            f"The text has {len(token_ids) - 1} tokens; this model reads at most "
            f"{model.config.max_sequence_length - 1}."
        )
    return token_ids


def _encoder_inputs(
    model: keras.Model, tokenizer: Tokenizer, sources: list[list[int]]
) -> dict[str, np.ndarray]:
    length = bucket_length(max(map(len, sources), default=1), model.config.max_sequence_length)
    token_ids = pad(sources, length, tokenizer.pad_id)
    return {
        "encoder_token_ids": token_ids,
        "encoder_padding_mask": token_ids != tokenizer.pad_id,
    }


def _cross_attention(
    model: keras.Model, source_ids: list[int], decoder_token_ids: list[int]
) -> np.ndarray:
    """(layers, heads, T, S) attention scores of the decoder on the encoder's output."""
    trace = model.trace(
        {
            "encoder_token_ids": np.array([source_ids], dtype="int32"),
            "decoder_token_ids": np.array([decoder_token_ids], dtype="int32"),
        }
    )
    scores = [block.cross_attention.attention_scores[0] for block in trace.decoder.blocks]
    return ops.convert_to_numpy(ops.stack(scores))
