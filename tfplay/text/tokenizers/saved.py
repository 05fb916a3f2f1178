"""Tokenizers from the JSON they were saved as."""

import os
from pathlib import Path

from tfplay.errors import InputError
from tfplay.text.files import read_json
from tfplay.text.tokenizers.base import SpecialTokens, Tokenizer
from tfplay.text.tokenizers.byte_pair import BytePairTokenizer
from tfplay.text.tokenizers.library import LibraryTokenizer
from tfplay.text.tokenizers.whole import CharacterTokenizer, WordTokenizer
from tfplay.text.tokenizers.wordpiece import WordPieceTokenizer

TOKENIZERS: dict[str, type[Tokenizer]] = {
    tokenizer.kind: tokenizer
    for tokenizer in (CharacterTokenizer, WordTokenizer, BytePairTokenizer, WordPieceTokenizer)
}
"""Every kind of tokenizer that can learn a vocabulary, by its name."""

_SAVED = TOKENIZERS | {LibraryTokenizer.kind: LibraryTokenizer}


def tokenizer_from_json(data: dict) -> Tokenizer:
    """Builds the tokenizer whose `to_json` gave this data.

    Raises:
        InputError: If the data is not a tokenizer's.
    """
    if not isinstance(data, dict) or data.get("kind") not in tuple(_SAVED):
        kinds = ", ".join(_SAVED)
        raise InputError(f"This is not a tokenizer: its 'kind' must be one of {kinds}.")
    settings = {name: value for name, value in data.items() if name != "kind"}
    try:
        settings["special_tokens"] = SpecialTokens(**settings["special_tokens"])
        return _SAVED[data["kind"]](**settings)
    except (AttributeError, KeyError, TypeError) as error:
        raise InputError(f"This is not a {data['kind']} tokenizer: {error}.") from error


def load_tokenizer(path: str | os.PathLike) -> Tokenizer:
    """Loads a tokenizer that was saved by `Tokenizer.save`.

    Raises:
        InputError: If the file is missing, damaged, or not a tokenizer.
    """
    data = read_json(path)
    try:
        return tokenizer_from_json(data)
    except InputError as error:
        raise InputError(f"{Path(path).name}: {error}") from error
