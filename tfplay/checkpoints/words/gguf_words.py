"""The vocabulary in a GGUF file, as the content of a `tokenizer.json`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tfplay.checkpoints.words.files import bert_json, byte_level_json
from tfplay.checkpoints.words.roles import tokens_by_id
from tfplay.checkpoints.words.sentence_piece import (
    BPE,
    CONTROL,
    MOST_SCORE,
    NORMAL,
    UNIGRAM,
    UNKNOWN,
    UNUSED,
    USER_DEFINED,
    SentencePiece,
    SentencePieceModel,
    as_tokenizer_json,
)
from tfplay.checkpoints.words.splits import split_of
from tfplay.cutting import quoted
from tfplay.errors import InputError

PREFIX = "tokenizer.ggml."
ROLES = {
    **{"bos": "bos", "eos": "eos", "pad": "padding", "unk": "unknown"},
    **{"mask": "mask", "cls": "cls", "sep": "seperator"},  # as the format spells it
}
_LLAMA = {"bos": 1, "eos": 2, "unk": 0}
"""Ids that a SentencePiece vocabulary has unless the file says otherwise."""


def gguf_words(about: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The vocabulary as the content of a `tokenizer.json`, and which token each role has.

    Args:
        about: The entries of the file.

    Raises:
        InputError: It has no vocabulary, one of a kind that is not read, or a damaged one.
    """
    tokens, told = _tokens(about), _numbers(about, "token_type")
    kinds = [NORMAL] * len(tokens) if told is None else [int(kind) for kind in told]
    if len(kinds) != len(tokens):
        raise InputError(f"The file has {len(tokens):,} tokens and {len(kinds):,} kinds of them.")
    model = about.get(f"{PREFIX}model")
    if model not in tuple(_READERS):
        known = ", ".join(_READERS)
        raise InputError(f"The vocabulary is of the kind {quoted(model)}; {known} are read.")
    ids = {name: about.get(f"{PREFIX}{key}_token_id") for name, key in ROLES.items()}
    if model == "llama":
        ids = {name: _LLAMA.get(name) if each is None else each for name, each in ids.items()}
    elif model == "bert" and ids["bos"] is None and ids["cls"] is None:
        ids["cls"] = about.get(f"{PREFIX}bos_token_id")
    spelling = dict(enumerate(tokens))
    named = tokens_by_id({f"{name}_token_id": _plain(each) for name, each in ids.items()}, spelling)
    return _READERS[model](about, tokens, kinds, named), named


def _tokens(about: Mapping[str, Any]) -> Sequence[str]:
    tokens = _list(about, "tokens")
    if tokens is None or not len(tokens) or not all(isinstance(token, str) for token in tokens):
        raise InputError(f"The file has no vocabulary: its tokens are {quoted(tokens)}.")
    if len(set(tokens)) < len(tokens):
        [(twice, _)] = Counter(tokens).most_common(1)
        raise InputError(f"The token {quoted(twice)} stands twice in the vocabulary.")
    return tokens


def _list(about: Mapping[str, Any], name: str) -> Any:
    """A list of the vocabulary, if it is there."""
    value = about.get(f"{PREFIX}{name}")
    if value is not None and (isinstance(value, str) or not hasattr(value, "__len__")):
        raise InputError(f"The file is damaged: its {name} are {quoted(value)}.")
    return value


def _numbers(about: Mapping[str, Any], name: str) -> list[Any] | None:
    """A list of numbers of the vocabulary, if it is there."""
    values = _list(about, name)
    numbers = values.tolist() if isinstance(values, np.ndarray) else values
    for number in () if numbers is None else numbers:
        if not isinstance(number, int | float) or not abs(number) < MOST_SCORE:
            raise InputError(f"The file is damaged: one of its {name} is {quoted(number)}.")
    return None if numbers is None else list(numbers)


def _plain(token_id: Any) -> Any:
    return int(token_id) if hasattr(token_id, "__index__") else token_id


def _byte_level(
    about: Mapping[str, Any], tokens: Sequence[str], kinds: Sequence[int], named: Mapping[str, str]
) -> dict[str, Any]:
    """As GPT-2 and most models since: byte pairs, words split as `pre` says."""
    pre = about.get(f"{PREFIX}pre", "default")
    merges = _list(about, "merges")
    if merges is None or not len(merges):
        raise InputError("The file has a vocabulary of byte pairs and no merges.")
    added = [
        {"id": number, "content": token, "special": kind == CONTROL}
        for number, (token, kind) in enumerate(zip(tokens, kinds, strict=True))
        if kind in (CONTROL, USER_DEFINED)
    ]
    ids = {token: number for number, token in enumerate(tokens)}
    return byte_level_json(ids, list(merges), split_of(pre)) | {"added_tokens": added}


def _sentence_piece(
    about: Mapping[str, Any], tokens: Sequence[str], kinds: Sequence[int], named: Mapping[str, str]
) -> dict[str, Any]:
    """As Llama's first vocabularies (byte pairs with scores) and as T5's (Unigram)."""
    scores = _numbers(about, "scores")
    if scores is None or len(scores) != len(tokens):
        found = "none" if scores is None else f"{len(scores):,}"
        raise InputError(f"The file has {len(tokens):,} tokens and {found} of their scores.")
    is_unigram = about[f"{PREFIX}model"] == "t5"
    template = str(about.get("tokenizer.chat_template", ""))
    written = {
        token
        for token, kind in zip(tokens, kinds, strict=True)
        if kind == USER_DEFINED and token in template
    }
    model = SentencePieceModel(
        [
            SentencePiece(token, score, kind)
            for token, score, kind in zip(tokens, scores, kinds, strict=True)
        ],
        UNIGRAM if is_unigram else BPE,
        byte_fallback="<0x00>" in tokens,
        charsmap=gguf_charsmap(about),
        adds_space=bool(about.get(f"{PREFIX}add_space_prefix", True)),
        removes_spaces=bool(about.get(f"{PREFIX}remove_extra_whitespaces", is_unigram)),
    )
    return as_tokenizer_json(model, special={*named.values(), *written})


def _word_pieces(
    about: Mapping[str, Any], tokens: Sequence[str], kinds: Sequence[int], named: Mapping[str, str]
) -> dict[str, Any]:
    """As BERT's: the format marks what begins a word, not what goes on with it."""
    special = {
        token
        for token, kind in zip(tokens, kinds, strict=True)
        if kind in (CONTROL, UNKNOWN, UNUSED)
    } | {*named.values()}
    spelled = [
        token if token in special else token[1:] if token.startswith("▁") else f"##{token}"
        for token in tokens
    ]
    is_cased = any(token != token.lower() for token in set(spelled) - special)
    unknown = named.get("unk", "[UNK]")
    return bert_json(spelled, lowercase=not is_cased, unknown=unknown, special=special)


_READERS = {
    "gpt2": _byte_level,
    "llama": _sentence_piece,
    "t5": _sentence_piece,
    "bert": _word_pieces,
}


def gguf_charsmap(about: Mapping[str, Any]) -> bytes:
    """How characters are normalised, in SentencePiece's compiled form; empty for most."""
    charsmap = _numbers(about, "precompiled_charsmap") or []
    if wrong := [each for each in charsmap if each not in range(256)]:
        raise InputError(f"The file is damaged: its map of characters has a byte {wrong[0]}.")
    return bytes(map(int, charsmap))
