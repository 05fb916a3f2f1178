"""What a published vocabulary's special tokens are for, as its small files tell."""

from collections.abc import Iterable, Mapping
from typing import Any

from tfplay.text import SpecialTokens

NAMES = ("bos", "eos", "pad", "unk", "mask", "cls", "sep")
"""What the Hugging Face Hub's files call the roles."""


def named_tokens(record: Mapping[str, Any]) -> dict[str, str]:
    """The spelling of each role that a record such as `tokenizer_config.json` names."""
    found = {}
    for name in NAMES:
        token = record.get(f"{name}_token")
        token = token.get("content") if isinstance(token, Mapping) else token
        if isinstance(token, str):
            found[name] = token
    return found


def tokens_by_id(record: Mapping[str, Any], spelling: Mapping[int, str]) -> dict[str, str]:
    """The spelling of each role whose id a record such as `generation_config.json` gives."""
    found = {}
    for name in NAMES:
        token_id = record.get(f"{name}_token_id")
        token_id = token_id[0] if isinstance(token_id, list) and token_id else token_id
        if type(token_id) is int and token_id in spelling:
            found[name] = spelling[token_id]
    return found


def special_tokens(named: Mapping[str, str], vocabulary: Iterable[str]) -> SpecialTokens:
    """The special tokens that tfplay knows.

    A text begins with bos or, as BERT's, with cls, and ends with eos or sep. Where no
    token is for padding, or one that is not there, another does: what is padded is not looked at.
    """
    start = named.get("bos") or named.get("cls")
    end = named.get("eos") or named.get("sep")
    pad = named.get("pad")
    if pad not in set(vocabulary):
        pad = end or named.get("unk") or start
    return SpecialTokens(
        pad=pad,
        unknown=named.get("unk"),
        start=start,
        end=end,
        mask=named.get("mask"),
        system=None,
        user=None,
        assistant=None,
    )
