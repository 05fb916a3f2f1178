"""A tokenizer as the page's script takes it."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from tfplay.checkpoints.export.words import SAMPLES
from tfplay.errors import InputError
from tfplay.text import BytePairTokenizer, LibraryTokenizer, Tokenizer, WordPieceTokenizer
from tfplay.text.tokenizers.by_words import WordByWordTokenizer
from tfplay.text.tokenizers.wordpiece import BERT_LONGEST_WORD

_ROLES = ("pad", "unknown", "start", "end", "mask", "system", "user", "assistant")


def tokenizer_data(tokenizer: Tokenizer) -> dict[str, Any]:
    """What the script makes an equal tokenizer of.

    Args:
        tokenizer: Of ours; or a published one that works as BERT's or GPT-2's does.

    Raises:
        InputError: It works in a way that the script does not know.
    """
    known = as_known_kind(tokenizer)
    special = {
        role: known.special_id(role) for role in _ROLES if getattr(known.special_tokens, role)
    }
    data = {
        "kind": known.kind,
        "vocabulary": list(known.vocabulary),
        "special": special,
        "pattern": known.word_pattern,
        "glues": known.word_pattern == "word",
    }
    if isinstance(known, WordPieceTokenizer):
        data["uncased"], data["capital"] = known.uncased, known.capital
        data["longest_word"] = BERT_LONGEST_WORD if known.word_pattern == "bert" else None
    if isinstance(known, BytePairTokenizer):
        data["merges"] = list(_merged_ids(known))
    return data


def as_known_kind(tokenizer: Tokenizer) -> WordByWordTokenizer:
    """The tokenizer, or one of ours that does what a published one does.

    Raises:
        InputError: None of ours does.
    """
    if isinstance(tokenizer, WordByWordTokenizer):
        return tokenizer
    if isinstance(tokenizer, LibraryTokenizer):
        samples = tokenizer.tokenize_batch(SAMPLES)
        for known in _attempts(tokenizer):
            if known.tokenize_batch(SAMPLES) == samples:
                return known
    raise InputError(
        "No page is made of this model: its published tokenizer splits text neither as BERT's "
        "(uncased) nor as GPT-2's does, which are those that the page's script knows."
    )


def _attempts(tokenizer: LibraryTokenizer) -> Iterator[WordByWordTokenizer]:
    """Tokenizers of ours with its vocabulary."""
    vocabulary, special = tokenizer.vocabulary, tokenizer.special_tokens
    with suppress(InputError):
        yield WordPieceTokenizer(vocabulary, special, word_pattern="bert", uncased=True)
    merges = tokenizer.to_json()["tokenizer"]["model"].get("merges") or []
    spelled = [each if isinstance(each, str) else " ".join(each) for each in merges]
    with suppress(InputError):
        yield BytePairTokenizer(vocabulary, spelled, special, word_pattern="gpt2")


def _merged_ids(tokenizer: BytePairTokenizer) -> Iterator[int]:
    """For each merge three ids: of its left side, of its right side, and of both together."""
    ids = {token: token_id for token_id, token in enumerate(tokenizer.vocabulary)}
    for merge in tokenizer.merges:
        left, _, right = merge.partition(" ")
        yield from (ids[left], ids[right], ids[left + right])
