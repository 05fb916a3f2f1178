"""What a model reads: a visitor's text as its task gives it to the model, token by token."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tfplay.config import DecodingConfig
from tfplay.errors import InputError

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.tasks import TrainedModel

MASK = "[MASK]"


class Reading(NamedTuple):
    """What a model reads of a visitor's text."""

    inputs: dict[str, np.ndarray]
    """As the model takes them, (1, T) each."""
    tokens: list[str]
    """The tokens as people read them; an encoder-decoder's source."""
    target_tokens: list[str]
    """What the decoder of an encoder-decoder is given, its start token first; else the tokens."""
    written_tokens: list[str]
    """What it is to write at each of them: the same shifted left, then the end token."""


def read(trained: "TrainedModel", text: str, second: str = "") -> Reading:
    """What a model reads.

    Args:
        trained: The model; it reads text.
        text: The text; for "answers" the passage, for "chat" what the user says.
        second: For "answers" the question. For "chat" and "translation" what the model is to have
            written; empty is its own reply or translation.

    Raises:
        InputError: A text is empty.
    """
    if not text.strip():
        raise InputError("There is nothing to attend to: the text is empty.")
    return _READERS.get(trained.task, _read_whole)(trained, text, second)


def _read_source_and_target(trained: "TrainedModel", text: str, second: str) -> Reading:
    from tfplay.tasks.translator import encode_source

    tokenizer = trained.tokenizer
    source_ids = encode_source(trained, text)
    target_ids = tokenizer.tokenize(second) if second else _own_translation(trained, source_ids)
    read_ids = [tokenizer.start_id, *target_ids]
    inputs = {"encoder_token_ids": [source_ids], "decoder_token_ids": [read_ids]}
    return Reading(
        {name: np.array(token_ids, dtype="int32") for name, token_ids in inputs.items()},
        tokenizer.labels(source_ids),
        tokenizer.labels(read_ids),
        tokenizer.labels([*target_ids, tokenizer.end_id]),
    )


def _own_translation(trained: "TrainedModel", source_ids: list[int]) -> list[int]:
    """The token ids that an encoder-decoder writes for a source, without the end token."""
    from tfplay.tasks.batches import bucket_length, pad

    tokenizer = trained.tokenizer
    source = pad([source_ids], bucket_length(len(source_ids), trained.context), tokenizer.pad_id)
    return _continuation(
        trained,
        [tokenizer.start_id],
        encoder_token_ids=source,
        encoder_padding_mask=source != tokenizer.pad_id,
    )


def _continuation(
    trained: "TrainedModel", prompt_ids: list[int], **source: np.ndarray
) -> list[int]:
    """What the model writes after a prompt, greedily, without the end token."""
    from tfplay.decoding import generate

    room = trained.context - len(prompt_ids)
    config = DecodingConfig(max_new_tokens=max(1, room))
    end_id = trained.tokenizer.end_id
    [token_ids] = generate(trained.model, np.array([prompt_ids]), config, [end_id], **source)
    return token_ids[:room]


def _read_text(trained: "TrainedModel", text: str, second: str) -> Reading:
    return _reading(trained, trained.tokenizer.tokenize(text))


def _read_whole(trained: "TrainedModel", text: str, second: str) -> Reading:
    """A start token, the text, an end token."""
    tokenizer = trained.tokenizer
    return _reading(trained, [tokenizer.start_id, *tokenizer.tokenize(text), tokenizer.end_id])


def _read_masked(trained: "TrainedModel", text: str, second: str) -> Reading:
    """As a whole text, with mask tokens; the space before a mask belongs to the mask."""
    tokenizer = trained.tokenizer
    *parts, last = text.split(MASK)
    token_ids = [tokenizer.start_id]
    for part in parts:
        token_ids += [*tokenizer.tokenize(part.rstrip()), tokenizer.mask_id]
    return _reading(trained, [*token_ids, *tokenizer.tokenize(last), tokenizer.end_id])


def _read_translation(trained: "TrainedModel", text: str, second: str) -> Reading:
    if trained.architecture == "encoder-decoder":
        return _read_source_and_target(trained, text, second)
    from tfplay.tasks.translator import encode_source

    prompt_ids = [*encode_source(trained, text), trained.tokenizer.start_id]
    return _read_with_answer(trained, prompt_ids, second)


def _read_chat(trained: "TrainedModel", text: str, second: str) -> Reading:
    from tfplay.tasks.chat import encode_messages

    prompt_ids = encode_messages(trained.tokenizer, [{"role": "user", "content": text}])
    return _read_with_answer(trained, prompt_ids, second)


def _read_with_answer(trained: "TrainedModel", prompt_ids: list[int], answer: str) -> Reading:
    """A prompt, and what is written after it: an answer given, or else the model's own."""
    written = trained.tokenizer.tokenize(answer) if answer else _continuation(trained, prompt_ids)
    return _reading(trained, [*prompt_ids, *written])


def _read_passage(trained: "TrainedModel", text: str, second: str) -> Reading:
    from tfplay.tasks.answering import segments

    tokenizer = trained.tokenizer
    question = [tokenizer.start_id, *tokenizer.tokenize(second), tokenizer.end_id]
    passage = [*tokenizer.tokenize(text), tokenizer.end_id]
    reading = _reading(trained, question + passage)
    segment_ids = np.array([segments(question, passage)])
    return reading._replace(inputs=reading.inputs | {"segment_ids": segment_ids})


def _reading(trained: "TrainedModel", token_ids: list[int]) -> Reading:
    tokens = trained.tokenizer.labels(token_ids)
    written = [*tokens[1:], *trained.tokenizer.labels([trained.tokenizer.end_id])]
    return Reading({"token_ids": np.array([token_ids], dtype="int32")}, tokens, tokens, written)


def read_picture(pixels: np.ndarray, patch_size: int, channels: int) -> Reading:
    """A picture's patches, named by row and column, with [CLS] before them.

    Args:
        pixels: (height, width), from 0 to 1.
        patch_size: Side of a patch.
        channels: That the model reads.
    """
    images = np.repeat(pixels[None, ..., None], channels, axis=-1).astype("float32")
    rows, columns = pixels.shape[0] // patch_size, pixels.shape[1] // patch_size
    patches = [f"{row + 1},{column + 1}" for row, column in np.ndindex(rows, columns)]
    names = ["[CLS]", *patches]
    return Reading({"images": images}, names, names, [])


_READERS: dict[str, Callable[[Any, str, str], Reading]] = {
    "language-model": _read_text,
    "chat": _read_chat,
    "translation": _read_translation,
    "masked-words": _read_masked,
    "answers": _read_passage,
}
