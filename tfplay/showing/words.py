"""Whatever turns text into token ids, asked in one way."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from tfplay.errors import InputError
from tfplay.text import Tokenizer


class Words(NamedTuple):
    """How a text becomes ids, and what ids are called."""

    encode: Callable[[str], Sequence[int]]
    name: Callable[[Sequence[int]], list[str]]
    pad_id: int = 0


def words_of(tokenizer: Any) -> Words:
    """The ways of a tokenizer.

    Args:
        tokenizer: One of ours, of keras-nlp or keras-hub, of `tokenizers` or `transformers`; a
            `keras.layers.TextVectorization`; or a function from a text to its ids.

    Raises:
        InputError: It is none of these.

    Example:
        >>> words_of(lambda text: [len(word) for word in text.split()]).encode("Not bad")
        [3, 3]
    """
    if isinstance(tokenizer, Tokenizer):
        return Words(tokenizer.tokenize, tokenizer.labels, tokenizer.pad_id)
    if hasattr(tokenizer, "convert_ids_to_tokens"):  # transformers
        pad_id = getattr(tokenizer, "pad_token_id", None) or 0
        return Words(
            lambda text: tokenizer(text)["input_ids"], tokenizer.convert_ids_to_tokens, pad_id
        )
    if hasattr(tokenizer, "id_to_token"):
        name = _one_by_one(tokenizer.id_to_token)
        if hasattr(tokenizer, "tokenize"):  # keras-nlp and keras-hub
            pad_id = getattr(tokenizer, "pad_token_id", None) or 0
            return Words(lambda text: np.asarray(tokenizer.tokenize(text)), name, pad_id)
        return Words(lambda text: tokenizer.encode(text).ids, name)  # tokenizers
    if hasattr(tokenizer, "get_vocabulary"):  # keras.layers.TextVectorization
        vocabulary = tokenizer.get_vocabulary()
        name = _one_by_one(lambda token_id: vocabulary[token_id])
        return Words(lambda text: np.asarray(tokenizer([text]))[0], name)
    if callable(tokenizer):
        return Words(tokenizer, _one_by_one(str))
    raise InputError(
        f"A {type(tokenizer).__name__} is no tokenizer: it has no `tokenize` with `id_to_token`, "
        "and is no function from a text to its ids."
    )


def _one_by_one(name: Callable[[int], str]) -> Callable[[Sequence[int]], list[str]]:
    def names(token_ids: Sequence[int]) -> list[str]:
        return [_text(name(int(token_id)), token_id) for token_id in token_ids]

    return names


def _text(name: Any, token_id: int) -> str:
    if isinstance(name, bytes):
        return name.decode(errors="replace")
    return str(token_id) if name is None else str(name)
