"""What sort of token it is, by its letters."""

import unicodedata

from tfplay.text import Tokenizer


def token_kind(tokenizer: Tokenizer, token_id: int) -> str:
    """The kind of a token, as people call it."""
    token = tokenizer.vocabulary[token_id]
    if token in tokenizer.special_tokens.spellings:
        return "special"
    [label] = tokenizer.labels([token_id])
    text = label.replace("␣", "").replace("##", "")
    if tokenizer.kind in ("byte-pair", "library") and text.startswith("<") and text.endswith(">"):
        return "byte"
    if not text or not any(letter.isalnum() for letter in text):
        return "space or mark"
    if text.isdigit():
        return "number"
    if unicodedata.name(text[0], "").startswith("DEVANAGARI"):
        return "Devanagari"
    return "capital" if text[0].isupper() else "begins a word" if label[0] == "␣" else "letters"
