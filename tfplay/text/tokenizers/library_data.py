"""What a `tokenizer.json` says, checked and completed before the `tokenizers` library gets it."""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from os.path import commonprefix
from typing import Any

from tfplay.cutting import quoted
from tfplay.errors import InputError

LONGEST_WORD = 1000
"""Characters; the library's WordPiece takes the square of a word's length."""
_SPARE_IDS = 1000
_MOST_NODES = 2_000_000
"""Of the tree in which the library looks for Unigram's pieces, some 340 bytes of memory each. The
largest vocabularies, of 250,000 pieces in a hundred languages, need fewer."""


def completed(data: Any, special: Collection[str], chat_template: str) -> dict[str, Any]:
    """The data without what is no part of turning a text into ids, and with all special tokens.

    Nothing is added around a text, cut off, filled up or left to chance. Each added token stands in
    the model's vocabulary under its id, as the library would otherwise count on by itself.

    Args:
        data: The content of a `tokenizer.json`.
        special: Spellings of the special tokens.
        chat_template: Added tokens that it writes are special too.

    Raises:
        InputError: It is no such content, or tokens and ids contradict each other.
    """
    model = data.get("model") if isinstance(data, Mapping) else None
    if not isinstance(model, Mapping) or not isinstance(model.get("vocab"), dict | list):
        raise InputError("This is no tokenizer.json: it has no model with a 'vocab'.")
    told = data.get("added_tokens") or []
    if not isinstance(told, list):
        raise InputError(f"The added tokens are {quoted(told)}, not a list.")
    added = [*{each["content"]: each for each in map(_added_token, told)}.values()]
    for token in added:
        if token["special"] or token["content"] in special or token["content"] in chat_template:
            token |= {"special": True, "normalized": False}
    ids = _ids(model["vocab"])
    named = {token["content"] for token in added}
    added += [
        _added_token({"id": ids[token], "content": token, "special": True})
        for token in dict.fromkeys(special)
        if token in ids and token not in named
    ]
    longest = model.get("max_input_chars_per_word", 0)
    if not isinstance(longest, int) or longest > LONGEST_WORD:
        raise InputError(
            f"The vocabulary's max_input_chars_per_word is {quoted(longest)}; the most is "
            f"{LONGEST_WORD:,}."
        )
    added.sort(key=lambda token: token["id"])
    model = dict(model) | ({"dropout": None} if "dropout" in model else {})
    if isinstance(model["vocab"], list):
        added = _without_gaps(added, len(ids))
    else:
        model["vocab"] = _with_added(ids, added)
    unused = dict.fromkeys(("truncation", "padding", "post_processor"))
    parts = {name: data.get(name) for name in ("normalizer", "pre_tokenizer", "decoder")}
    return {"version": "1.0", "added_tokens": added, **parts, **unused, "model": model}


def _added_token(token: Any) -> dict[str, Any]:
    """An added token with all that the library asks of it."""
    if not isinstance(token, Mapping) or not isinstance(token.get("content"), str):
        raise InputError(f"The added token {quoted(token)} has no text.")
    if type(token.get("id")) is not int or token["id"] < 0:
        raise InputError(f"The added token {quoted(token['content'])} has no id.")
    flags = ("single_word", "lstrip", "rstrip", "normalized", "special")
    return {name: token[name] for name in ("id", "content")} | {
        name: token.get(name) is True for name in flags
    }


def _ids(vocab: dict | list) -> dict[str, int]:
    """The id of each token of a model: as it says, or Unigram's place in its list."""
    if isinstance(vocab, list):
        for number, entry in enumerate(vocab):
            if not isinstance(entry, list | tuple) or not entry or not isinstance(entry[0], str):
                raise InputError(
                    f"Token {number} of the vocabulary is {quoted(entry)}, not a text."
                )
        _require_small_tree([entry[0] for entry in vocab])
        return {entry[0]: number for number, entry in enumerate(vocab)}
    for token, token_id in vocab.items():
        if type(token_id) is not int or token_id < 0:
            raise InputError(f"The token {quoted(token)} has the id {quoted(token_id)}.")
    return vocab


def _require_small_tree(pieces: list[str]) -> None:
    """Raises an `InputError` if the pieces' different beginnings are too many."""
    spelled = sorted(piece.encode("utf-8", "replace") for piece in pieces)
    if sum(map(len, spelled)) <= _MOST_NODES:
        return
    nodes = sum(
        len(piece) - len(commonprefix([before, piece]))
        for before, piece in pairwise([b"", *spelled])
    )
    if nodes > _MOST_NODES:
        raise InputError(
            f"The pieces take {nodes:,} places in a tree; {_MOST_NODES:,} is the most."
        )


def _with_added(ids: dict[str, int], added: list[dict[str, Any]]) -> dict[str, int]:
    """All tokens' ids; the library cannot count past an id that is missing."""
    for token in added:
        if ids.get(token["content"], token["id"]) != token["id"]:
            raise InputError(
                f"The token {quoted(token['content'])} has two ids: {ids[token['content']]} in the "
                f"vocabulary, {token['id']} among the added tokens."
            )
    return ids | {token["content"]: token["id"] for token in added}


def _without_gaps(added: list[dict[str, Any]], size: int) -> list[dict[str, Any]]:
    """Unigram's added tokens, with unused ones for the ids that are missing behind its list."""
    given = {token["id"]: token for token in added}
    most = max(given, default=0)
    _require_sensible(most + 1, size + len(given))
    ids = sorted({*given, *range(size, most + 1)})
    return [given.get(each) or _added_token(_unused_token(each)) for each in ids]


def _unused_token(token_id: int) -> dict[str, Any]:
    return {"id": token_id, "content": f"<unused {token_id}>", "special": True}


def ordered_vocabulary(ids: Mapping[str, int], size: int | None) -> list[str]:
    """The tokens by their ids, with a name for each id that has none.

    Args:
        ids: The id of each token.
        size: Number of ids; None for as many as there are.

    Raises:
        InputError: Two tokens have the same id, or ids and number contradict each other.
    """
    most = max(ids.values(), default=-1) + 1
    size = most if size is None else size
    if type(size) is not int or size < most:
        raise InputError(f"The vocabulary has {most:,} tokens and the model {quoted(size)}.")
    _require_sensible(size, len(ids))
    tokens: list[str | None] = [None] * size
    for token, token_id in ids.items():
        if tokens[token_id] is not None:
            raise InputError(
                f"The tokens {quoted(tokens[token_id])} and {quoted(token)} have the same id, "
                f"{token_id}."
            )
        tokens[token_id] = token
    return [
        _unused_token(token_id)["content"] if token is None else token
        for token_id, token in enumerate(tokens)
    ]


def _require_sensible(size: int, num_tokens: int) -> None:
    """A huge id must not cost a huge list."""
    if size > 2 * num_tokens + _SPARE_IDS:
        raise InputError(f"There are {size:,} ids for {num_tokens:,} tokens: most have none.")


def parts_within(part: Any) -> Iterator[Mapping[str, Any]]:
    """A normalizer, a pre-tokenizer or a decoder, and those that it consists of."""
    if isinstance(part, Mapping):
        yield part
        for value in part.values():
            if isinstance(value, list):
                for each in value:
                    yield from parts_within(each)


def kinds_within(part: Any) -> set[str]:
    """The names of a part and of those that it consists of, such as "ByteLevel"."""
    return {str(each.get("type")) for each in parts_within(part)}


def without_space_in_front(splitter: Any) -> Any:
    """A pre-tokenizer that puts no space where a text begins."""
    if isinstance(splitter, list):
        return [without_space_in_front(part) for part in splitter]
    if not isinstance(splitter, Mapping):
        return splitter
    changed = {name: without_space_in_front(value) for name, value in splitter.items()}
    return changed | ({"prepend_scheme": "never"} if "prepend_scheme" in changed else {})
