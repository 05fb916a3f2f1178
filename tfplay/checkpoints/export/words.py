"""Tokenizers of ours as the files that the `tokenizers` and `transformers` libraries read."""

from collections.abc import Mapping
from typing import Any

from tfplay.checkpoints.words.files import bert_json, byte_level_json
from tfplay.errors import InputError
from tfplay.text import LibraryTokenizer, SpecialTokens, Tokenizer
from tfplay.text.tokenizers.by_words import WordByWordTokenizer
from tfplay.text.tokenizers.byte_pair import BytePairTokenizer
from tfplay.text.tokenizers.library_data import LONGEST_WORD, completed
from tfplay.text.tokenizers.whole import CharacterTokenizer
from tfplay.text.tokenizers.wordpiece import CAPITALISED, WordPieceTokenizer
from tfplay.text.words import GLUE, LETTER, WORD_PATTERNS

SAMPLES = (
    "The quick brown fox jumps over the lazy dog. Don't you see? It's 12:30 on 2024-05-17!",
    "  two spaces,\ttab\nnew line \n\n (brackets) [more] {and} <tags> a_b #1 50% x=y+z ...",
    "नमस्ते दुनिया! यह हिन्दी है। क्षत्रिय, ऋषि; १२३",
    "Café naïve cafe\u0301 ÀÉÎõü ß ŉ İstanbul ςΣσ ﬁ ½ № Ⅻ",
    "日本語の文章。中文，한국어 ไทย العربية עברית",
    "emoji 🙂👩‍👩‍👧 zero\u200dwidth\u200cjoiner soft\u00adhyphen \u00a0nbsp \u2028",
    "don’t 'quoted' rock'n'roll ''twice'' end' 's 'll WE'LL can't",
)
"""Texts on which a tokenizer and what is written of it must agree."""

_BETWEEN_WORDS = (
    rf"(?<=\S)(?=\S)(?!(?<={LETTER})(?=['’]?{LETTER}))(?!(?<={LETTER}['’])(?={LETTER}))"
)
_GLUED = {
    "normalizer": {
        "type": "Sequence",
        "normalizers": [
            {"type": "NFC"},
            {"type": "Replace", "pattern": {"Regex": _BETWEEN_WORDS}, "content": GLUE},
        ],
    },
    "pre_tokenizer": {
        "type": "Split",
        "pattern": {"Regex": rf"(?:(?<=\S){GLUE})?(?:{WORD_PATTERNS['word'].pattern})"},
        "behavior": "Removed",
        "invert": True,
    },
    "decoder": {
        "type": "Sequence",
        "decoders": [
            {"type": "WordPiece", "prefix": GLUE, "cleanup": False},
            {"type": "Fuse"},
            {"type": "Replace", "pattern": {"String": " \n"}, "content": "\n"},
            {"type": "Replace", "pattern": {"String": "\n "}, "content": "\n"},
        ],
    },
}
"""Words as `glued_words` splits them: first "##" is put where one touches the word before it."""

_NAMES = {"pad": "pad", "unknown": "unk", "start": "bos", "end": "eos", "mask": "mask"}
"""What the libraries call each role of a special token."""
_NAMES_IN_ENCODERS = {"start": "cls", "end": "sep"}
"""And what they call it too, if the model is an encoder."""


def tokenizer_json(tokenizer: Tokenizer, architecture: str) -> dict[str, Any]:
    """The content of a `tokenizer.json`.

    Args:
        tokenizer: The tokenizer.
        architecture: What the model is; an encoder reads its texts between the start and the end
            token, and so it is written.

    Raises:
        InputError: The `tokenizers` library knows nothing that gives every text the same ids.
    """
    data = _content(tokenizer)
    _require_same_ids(tokenizer, data)
    return data | {"post_processor": _around(tokenizer, architecture)}


def named_tokens(special: SpecialTokens, architecture: str) -> dict[str, str]:
    """The special tokens by the libraries' names, such as "bos"."""
    names = [*_NAMES.items()]
    if architecture == "encoder-only":
        names += _NAMES_IN_ENCODERS.items()
    return {name: token for role, name in names if (token := getattr(special, role)) is not None}


def _content(tokenizer: Tokenizer) -> dict[str, Any]:
    ids = {token: token_id for token_id, token in enumerate(tokenizer.vocabulary)}
    special, unknown = tokenizer.special_tokens.spellings, tokenizer.special_tokens.unknown or ""
    model: dict[str, Any]
    match tokenizer:
        case LibraryTokenizer():
            return _with_charsmap(tokenizer.to_json())
        case BytePairTokenizer():
            split = _split(tokenizer) | {"ignore_merges": False}
            data = byte_level_json(ids, tokenizer.merges, split)
        case CharacterTokenizer():
            model = {"type": "WordLevel", "vocab": ids, "unk_token": unknown}
            data = {"model": model, **_split(tokenizer), "decoder": {"type": "Fuse"}}
        case WordPieceTokenizer(word_pattern="bert"):
            data = bert_json(tokenizer.vocabulary, tokenizer.uncased, unknown, special)
            if tokenizer.capital:
                data["normalizer"] = _with_capitals(tokenizer.capital, data["normalizer"])
        case WordPieceTokenizer():
            model = {"type": "WordPiece", "vocab": ids, "unk_token": unknown}
            model |= {"continuing_subword_prefix": GLUE, "max_input_chars_per_word": LONGEST_WORD}
            data = {"model": model, **_GLUED}
        case _:
            raise InputError(
                f"A {tokenizer.kind} vocabulary is not written: it knows a word also without the "
                "space before it that it was learned with, which no tokenizer.json says."
            )
    return completed(data, special, "")


def _with_capitals(mark: str, normalizer: dict[str, Any]) -> dict[str, Any]:
    """A normalizer that first puts a mark behind each word with a capital."""
    behind = {"Regex": rf"{CAPITALISED}\K"}  # \K keeps what stands before it
    marking = {"type": "Replace", "pattern": behind, "content": mark}
    return {"type": "Sequence", "normalizers": [marking, normalizer]}


def _split(tokenizer: WordByWordTokenizer) -> dict[str, Any]:
    """Composed characters, and words by the tokenizer's own pattern."""
    pattern = WORD_PATTERNS[tokenizer.word_pattern].pattern
    parts: list[dict[str, Any]] = [
        {
            "type": "Split",
            "pattern": {"Regex": pattern.replace("(?s:.)", r"[\s\S]")},
            "behavior": "Isolated",
            "invert": False,
        }
    ]
    if isinstance(tokenizer, BytePairTokenizer):
        spelled = {"add_prefix_space": False, "trim_offsets": True, "use_regex": False}
        parts.append({"type": "ByteLevel", **spelled})
    return {
        "normalizer": {"type": "NFC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": parts},
    }


def _with_charsmap(saved: Mapping[str, Any]) -> dict[str, Any]:
    """A published vocabulary; SentencePiece's map of characters becomes a part of it."""
    data = dict(saved["tokenizer"])
    if saved["charsmap"]:
        mapped = {"type": "Precompiled", "precompiled_charsmap": saved["charsmap"]}
        parts = [mapped, *([data["normalizer"]] if data["normalizer"] else [])]
        data["normalizer"] = {"type": "Sequence", "normalizers": parts}
    return data


def _require_same_ids(tokenizer: Tokenizer, data: Mapping[str, Any]) -> None:
    """Raises an `InputError` if what is written gives a text other ids."""
    written = LibraryTokenizer(data, tokenizer.special_tokens, size=tokenizer.vocabulary_size)
    for text in SAMPLES:
        ours, theirs = tokenizer.tokenize(text), written.tokenize(text)
        if ours != theirs:
            raise InputError(
                "This vocabulary cannot be written as a tokenizer.json: that would make other "
                f"tokens of {text!r}."
            )


def _around(tokenizer: Tokenizer, architecture: str) -> dict[str, Any] | None:
    """What the library puts around a text: as the encoders here read theirs."""
    special = tokenizer.special_tokens
    if architecture == "decoder-only" or special.end is None:
        return None
    start = [] if architecture == "encoder-decoder" or special.start is None else [special.start]
    return {
        "type": "TemplateProcessing",
        "single": [*map(_special, start), _text("A", 0), _special(special.end)],
        "pair": [
            *(*map(_special, start), _text("A", 0), _special(special.end)),
            *(_text("B", 1), _special(special.end, 1)),
        ],
        "special_tokens": {
            token: {"id": token, "ids": [tokenizer.vocabulary.index(token)], "tokens": [token]}
            for token in {*start, special.end}
        },
    }


def _special(token: str, segment: int = 0) -> dict[str, Any]:
    return {"SpecialToken": {"id": token, "type_id": segment}}


def _text(name: str, segment: int) -> dict[str, Any]:
    return {"Sequence": {"id": name, "type_id": segment}}
