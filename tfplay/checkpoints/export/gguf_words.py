"""A vocabulary of byte pairs as the entries of a GGUF file."""

from collections.abc import Iterator, Mapping
from typing import Any

from tfplay.checkpoints.export.words import SAMPLES, named_tokens
from tfplay.checkpoints.words.gguf_words import PREFIX, ROLES, gguf_words
from tfplay.checkpoints.words.sentence_piece import CONTROL, NORMAL, UNUSED, USER_DEFINED
from tfplay.checkpoints.words.splits import SPLIT_NAMES
from tfplay.errors import InputError
from tfplay.text import BytePairTokenizer, LibraryTokenizer, Tokenizer
from tfplay.text.tokenizers.library_data import kinds_within
from tfplay.text.words import normalize


def gguf_vocabulary(tokenizer: Tokenizer, chat_template: str | None = None) -> dict[str, Any]:
    """The entries that a GGUF file has for its vocabulary.

    How a text falls into words the format only names, so each name is tried until one gives the
    same ids. Programs that read the file do not compose characters; the texts that are tried are.

    Args:
        tokenizer: The tokenizer.
        chat_template: How the model reads a conversation, in Jinja; a published tokenizer has its
            own.

    Raises:
        InputError: It is no vocabulary of byte pairs, or splits words in a way that has no name.
    """
    merges, kinds = _byte_pairs(tokenizer)
    named = named_tokens(tokenizer.special_tokens, "decoder-only")
    about: dict[str, Any] = {
        f"{PREFIX}model": "gpt2",
        f"{PREFIX}tokens": list(tokenizer.vocabulary),
        f"{PREFIX}token_type": kinds,
        f"{PREFIX}merges": merges,
        f"{PREFIX}add_bos_token": False,
    }
    for name, token in named.items():
        about[f"{PREFIX}{ROLES[name]}_token_id"] = tokenizer.vocabulary.index(token)
    template = getattr(tokenizer, "chat_template", None) or chat_template
    if template:
        about["tokenizer.chat_template"] = template
    texts = [*map(normalize, SAMPLES), *_spelled(tokenizer, kinds)]
    for name in SPLIT_NAMES:
        about[f"{PREFIX}pre"] = name
        if _gives_same_ids(tokenizer, about, texts):
            return about
    raise InputError(
        "A GGUF file names one of a few ways to split a text into words, and none of them gives "
        "the tokens of this vocabulary."
    )


def _byte_pairs(tokenizer: Tokenizer) -> tuple[list[str], list[int]]:
    """The merges, "left right" each, and of what kind each token is."""
    if isinstance(tokenizer, BytePairTokenizer):
        special = set(tokenizer.special_tokens.spellings)
        kinds = [CONTROL if token in special else NORMAL for token in tokenizer.vocabulary]
        return list(tokenizer.merges), kinds
    data = tokenizer.to_json()["tokenizer"] if isinstance(tokenizer, LibraryTokenizer) else {}
    if "ByteLevel" not in kinds_within(data.get("decoder")):
        raise InputError(
            "A GGUF file is written with a vocabulary of byte pairs; this model's is none."
        )
    pairs = (each if isinstance(each, str) else " ".join(each) for each in data["model"]["merges"])
    return list(pairs), list(_kinds(tokenizer, data))


def _kinds(tokenizer: Tokenizer, data: Mapping[str, Any]) -> Iterator[int]:
    added = {token["content"]: token["special"] for token in data["added_tokens"]}
    for token in tokenizer.vocabulary:
        if token in added:
            yield CONTROL if added[token] else USER_DEFINED
        else:
            yield NORMAL if token in data["model"]["vocab"] else UNUSED


def _spelled(tokenizer: Tokenizer, kinds: list[int]) -> list[str]:
    """Each token as a text, if it is a whole one: where a word may end shows in these."""
    normal = (token_id for token_id, kind in enumerate(kinds) if kind == NORMAL)
    spelled = (tokenizer.token_bytes(token_id, [token_id]) for token_id in normal)
    texts = (each.decode("utf-8", errors="ignore") for each in spelled)
    return [text for text in texts if normalize(text) == text]


def _gives_same_ids(tokenizer: Tokenizer, about: Mapping[str, Any], texts: list[str]) -> bool:
    data, _ = gguf_words(about)
    size = tokenizer.vocabulary_size
    written = LibraryTokenizer(data, tokenizer.special_tokens, size=size)
    few = len(SAMPLES)
    return all(
        written.tokenize_batch(part) == tokenizer.tokenize_batch(part)
        for part in (texts[:few], texts[few:])
    )
