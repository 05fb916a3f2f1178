"""BERT's and GPT-2's own files, as the content of a `tokenizer.json`."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text.files import read_utf8
from tfplay.untrusted import read_record, require_small

MOST_BYTES = 64_000_000
_BERT_LONGEST_WORD = 100


def read_vocab_txt(path: Path) -> list[str]:
    """The tokens of a `vocab.txt`, one a line; a token's id is its line.

    Raises:
        InputError: It is missing, damaged, or has a token twice.
    """
    require_small(path, MOST_BYTES)
    tokens = read_utf8(path).rstrip("\n").split("\n")
    lines: dict[str, int] = {}
    for line, token in enumerate(tokens, start=1):
        if token in lines:
            raise InputError(
                f"{path.name}: line {line} is {quoted(token)}, as line {lines[token]} is."
            )
        lines[token] = line
    return tokens


def bert_json(
    tokens: Sequence[str],
    lowercase: bool,
    unknown: str,
    special: Collection[str],
    strip_accents: bool | None = None,
    chinese_characters: bool = True,
) -> dict[str, Any]:
    """A vocabulary of BERT's as the content of a `tokenizer.json`.

    Args:
        tokens: By their ids; "##" stands before what goes on with a word.
        lowercase: Whether text is lower-cased.
        unknown: The token of words that cannot be made of the others.
        special: The special tokens.
        strip_accents: Whether accents are taken off; None if it goes with `lowercase`.
        chinese_characters: Whether each Chinese character is a word.

    Raises:
        InputError: There is no such token for unknown words.
    """
    ids = {token: number for number, token in enumerate(tokens)}
    if unknown not in ids:
        raise InputError(f"The vocabulary has no {quoted(unknown)} for words that are unknown.")
    return {
        "model": {
            "type": "WordPiece",
            "unk_token": unknown,
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": _BERT_LONGEST_WORD,
            "vocab": ids,
        },
        "added_tokens": [
            {"id": ids[token], "content": token, "special": True}
            for token in special
            if token in ids
        ],
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": chinese_characters,
            "strip_accents": strip_accents,
            "lowercase": lowercase,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
    }


def read_vocab_json(path: Path) -> dict[str, int]:
    """The id of each token, as `vocab.json` gives it.

    Raises:
        InputError: It is missing, damaged, or does not give each token its own id.
    """
    ids = read_record(path, MOST_BYTES)
    if not ids or any(type(each) is not int for each in ids.values()):
        wrong = next((each for each in ids.items() if type(each[1]) is not int), None)
        raise InputError(f"{path.name} must give each token its id; it has {quoted(wrong)}.")
    if (different := len(set(ids.values()))) < len(ids):
        raise InputError(f"{path.name} has {different:,} different ids for {len(ids):,} tokens.")
    return ids


def read_merges_txt(path: Path) -> list[str]:
    """The merges of a `merges.txt`, "left right" each, the first learned first.

    Raises:
        InputError: It is missing or damaged.
    """
    require_small(path, MOST_BYTES)
    lines = read_utf8(path).rstrip("\n").split("\n")
    merges = lines[1:] if lines[0].startswith("#version") else lines
    for number, merge in enumerate(merges, start=1 + len(lines) - len(merges)):
        if merge.count(" ") != 1 or len(merge) < 3:
            raise InputError(f"{path.name}: line {number} is {quoted(merge)}, no two tokens.")
    return merges


def byte_level_json(
    ids: Mapping[str, int], merges: Sequence[str], split: Mapping[str, Any]
) -> dict[str, Any]:
    """A vocabulary of byte pairs as the content of a `tokenizer.json`.

    Args:
        ids: The id of each token, spelled with a letter for each byte.
        merges: "left right" each, the first learned first.
        split: How text falls into words, as `split_of` gives it.

    Raises:
        InputError: A merge does not name two tokens.
    """
    pairs = []
    for merge in merges:
        left, space, right = merge.partition(" ") if isinstance(merge, str) else ("", "", "")
        if not (left in ids and right in ids and left + right in ids):
            raise InputError(f"The merge {quoted(merge)} names a token that is not there.")
        pairs.append([left, right])
    return {
        "model": {
            "type": "BPE",
            "ignore_merges": split["ignore_merges"],
            "vocab": dict(ids),
            "merges": pairs,
        },
        "normalizer": split["normalizer"],
        "pre_tokenizer": split["pre_tokenizer"],
        "decoder": {
            "type": "ByteLevel",
            "add_prefix_space": True,
            "trim_offsets": True,
            "use_regex": True,
        },
    }
