"""What a visitor should know of a text before trusting the answer to it."""

from itertools import pairwise

import streamlit as st

from tfplay.app.layout import plain
from tfplay.text import Tokenizer
from tfplay.text.words import normalize

MOST_LETTERS = 2000
"""Of a longer text only the beginning is looked at."""

MOST_NAMED = 8


def reading_notes(tokenizer: Tokenizer, *texts: str) -> None:
    """Warns of texts without words, and of words and letters that the model never learned."""
    texts = [normalize(text)[:MOST_LETTERS] for text in texts if text.strip()]
    if texts and not all(any(map(str.isalnum, text)) for text in texts):
        st.warning(
            "There is no word here, only signs: the model has little to go by.",
            icon=":material/sentiment_neutral:",
        )
    unknown = list(dict.fromkeys(part for text in texts for part in unknown_parts(tokenizer, text)))
    if unknown:
        named = ", ".join(f"“{plain(part)}”" for part in unknown[:MOST_NAMED])
        more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
        st.warning(
            f"The model has never learned {named}{more}: what it says of them is a guess.",
            icon=":material/unknown_document:",
        )


def unknown_parts(tokenizer: Tokenizer, text: str) -> list[str]:
    """What a tokenizer has no token for: unknown words, and letters that it spells in bytes."""
    pieces = tokenizer.pieces(text)
    in_bytes = {
        (piece.start, piece.end)
        for piece, following in pairwise(pieces)
        if (piece.start, piece.end) == (following.start, following.end)
    }
    return [
        text[piece.start : piece.end].strip()
        for piece in pieces
        if piece.token_id == tokenizer.unknown_id or (piece.start, piece.end) in in_bytes
    ]


def cut_note(tokenizer: Tokenizer, text: str, room: int) -> None:
    """Says so if a text has more tokens than the model reads of it."""
    num_tokens = len(tokenizer.tokenize(text))
    if num_tokens > room:
        st.info(
            f"The text has {num_tokens:,} tokens. The model reads the first {room:,} of them and "
            "judges by these.",
            icon=":material/content_cut:",
        )
