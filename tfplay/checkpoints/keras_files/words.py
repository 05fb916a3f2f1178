"""The vocabulary of a Keras model as a tokenizer of ours."""

import string
from collections.abc import Sequence
from typing import Any

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text import LibraryTokenizer, SpecialTokens

_PAD = "[PAD]"
_USUAL = {
    "unknown": ("[UNK]", "[unk]", "<unk>", "UNK"),
    "start": ("[START]", "[start]", "<start>", "<s>", "[CLS]"),
    "end": ("[END]", "[end]", "<end>", "</s>", "[SEP]"),
    "mask": ("[MASK]", "[mask]", "<mask>"),
}
"""How Keras users spell special tokens."""
_PUNCTUATION = r"[!-/:-@\[-`{-~]"
"""Of ASCII, which `TextVectorization` strips from a text by itself."""


def word_tokenizer(words: Sequence[str], rows: int, size: int | None = None) -> LibraryTokenizer:
    """Texts fall into the words of a vocabulary of `TextVectorization`.

    As that does by itself, it lower-cases unless a word has a capital letter, and strips
    punctuation; where marks are words, it sets them apart instead, as the miniature GPT does.

    Args:
        words: In the order of the ids. The first, for padding, is empty and may be left out.
        rows: Of the model's embeddings in the file; fewer words leave some unused.
        size: How many ids the model here takes; `None` is as many as there are rows.

    Raises:
        InputError: There are more words than rows, none, or one stands twice.
    """
    words = list(words)
    while words and not words[-1]:
        words.pop()
    if not words:
        raise InputError("The vocabulary has no words.")
    if words[0] in _USUAL["unknown"]:  # as `get_vocabulary` without special tokens has it
        words = ["", *words]
    if not words[0]:
        words[0] = _PAD
    if len(words) > rows:
        raise InputError(
            f"The vocabulary has {len(words):,} words, and the model's embeddings {rows:,} rows: "
            "they do not belong together."
        )
    seen: set[str] = set()
    for place, word in enumerate(words):
        if word in seen or not word:
            what = f"the word {quoted(word)} twice" if word else f"no word in line {place + 1}"
            raise InputError(f"The vocabulary has {what}.")
        seen.add(word)
    special = {
        role: next((token for token in spellings if token in seen), None)
        for role, spellings in _USUAL.items()
    }
    plain = [word for word in words if word not in special.values() and word != words[0]]
    has_marks = any(word in string.punctuation for word in plain if len(word) == 1)
    is_lower = all(word == word.lower() for word in plain)
    return _tokenizer(words, special, size or rows, is_lower, has_marks)


def id_tokenizer(
    size: int,
    start_id: int | None = None,
    end_id: int | None = None,
    mask_id: int | None = None,
) -> LibraryTokenizer:
    """The ids themselves as words, for a model whose vocabulary nobody has: `"12 7 3"`.

    Args:
        size: How many there are.
        start_id: The id that begins a text, if there is one; most frequent, it is 2.
        end_id: The id that ends a text, if there is one.
        mask_id: The id that hides a word, if there is one; the masked language model's is the last.
    """
    words = [str(each) for each in range(size)]
    special: dict[str, str | None] = {"unknown": words[min(1, size - 1)]}
    for role, token_id in (("start", start_id), ("end", end_id), ("mask", mask_id)):
        if token_id is not None and token_id < size:
            special[role] = words[token_id]
    return _tokenizer(words, special, size, False, True)


def _tokenizer(
    words: list[str],
    special: dict[str, str | None],
    size: int,
    is_lower: bool,
    has_marks: bool,
) -> LibraryTokenizer:
    """By words; the first is padding."""
    changes: list[dict[str, Any]] = [{"type": "Lowercase"}] * is_lower
    splits = [{"type": "WhitespaceSplit"}]
    if has_marks:
        splits.append({"type": "Punctuation", "behavior": "Isolated"})
    else:
        changes.append({"type": "Replace", "pattern": {"Regex": _PUNCTUATION}, "content": ""})
    unknown = special.get("unknown") or words[0]
    data = {
        "normalizer": {"type": "Sequence", "normalizers": changes},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": splits},
        "model": {
            "type": "WordLevel",
            "unk_token": unknown,
            "vocab": {word: token_id for token_id, word in enumerate(words)},
        },
    }
    roles = dict.fromkeys(("start", "end", "mask", "system", "user", "assistant")) | special
    return LibraryTokenizer(data, SpecialTokens(**(roles | {"pad": words[0]})), size=size)
