"""How text falls into words before byte pairs are merged, by the name that GGUF files give it.

The patterns are those of the models' own `tokenizer.json`, as
https://github.com/ggml-org/llama.cpp/blob/master/src/llama-vocab.cpp names them.
"""

from typing import Any

from tfplay.cutting import quoted
from tfplay.errors import InputError

_ENDINGS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_WORD = r"[^\r\n\p{L}\p{N}]?\p{L}+"
_REST = r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
_GPT2_WORD = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_LLAMA3 = rf"{_ENDINGS}|{_WORD}|\p{{N}}{{1,3}}|{_REST}"
_QWEN2 = rf"{_ENDINGS}|{_WORD}|\p{{N}}|{_REST}"
_CAPITALS, _SMALL = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_BEFORE = r"[^\r\n\p{L}\p{N}]?"
_SLASHED = _REST.replace(r"[\r\n]*|", r"[\r\n/]*|")
_TEKKEN = rf"{_BEFORE}{_CAPITALS}*{_SMALL}+|{_BEFORE}{_CAPITALS}+{_SMALL}*|\p{{N}}|{_SLASHED}"
_GPT4O = (
    rf"{_BEFORE}{_CAPITALS}*{_SMALL}+{_ENDINGS}?|{_BEFORE}{_CAPITALS}+{_SMALL}*{_ENDINGS}?"
    rf"|\p{{N}}{{1,3}}|{_SLASHED}"
)


def _pattern(pattern: str, behavior: str = "Isolated") -> dict[str, Any]:
    return {
        "type": "Split",
        "pattern": {"Regex": pattern},
        "behavior": behavior,
        "invert": False,
    }


_GPT2 = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
_BYTES = _GPT2 | {"use_regex": False}
_DIGIT_BY_DIGIT = {"type": "Digits", "individual_digits": True}

_SPLITS: dict[str, list[dict[str, Any]]] = {
    "gpt-2 gpt2 mpt olmo jais phi-2 trillion roberta-bpe granite-docling": [_GPT2],
    "smollm starcoder refact command-r codeshell exaone minerva-7b": [_DIGIT_BY_DIGIT, _GPT2],
    "llama-bpe llama3 llama-v3 falcon3 pixtral dbrx smaug-bpe chatglm-bpe glm4": [
        _pattern(_LLAMA3),
        _BYTES,
    ],
    "qwen2 stablelm2 deepseek-r1-qwen megrez hunyuan kormo grok-2": [_pattern(_QWEN2), _BYTES],
    "tekken": [_pattern(_TEKKEN), _BYTES],
    "gpt-4o llama4 kanana2": [_pattern(_GPT4O), _BYTES],
    "default": [
        *map(_pattern, (r"[\p{P}\$\+<=>\^~\|]+", _GPT2_WORD, r"\p{N}+", "[0-9][0-9][0-9]")),
        _BYTES,
    ],
}
_BY_NAME = {name: parts for names, parts in _SPLITS.items() for name in names.split()}
SPLIT_NAMES = tuple(names.split()[0] for names in _SPLITS)
"""One name for each way."""
_COMPOSED = ("qwen2", "deepseek-r1-qwen")
"""Their text is NFC-normalised first."""
_WHOLE_WORDS = ("llama-bpe", "llama3", "llama-v3", "falcon3", "pixtral", "tekken")
"""A word that is a token is not merged from its parts."""


def split_of(name: Any) -> dict[str, Any]:
    """The parts of a `tokenizer.json` that say how text falls into words.

    Args:
        name: The `tokenizer.ggml.pre` of a GGUF file.

    Raises:
        InputError: There is no such name, or it is not known here.
    """
    if not isinstance(name, str) or name not in _BY_NAME:
        known = ", ".join(sorted(_BY_NAME))
        raise InputError(f"The file splits words as {quoted(name)}; known are {known}.")
    return {
        "normalizer": {"type": "NFC"} if name in _COMPOSED else None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": _BY_NAME[name]},
        "ignore_merges": name in _WHOLE_WORDS,
    }
