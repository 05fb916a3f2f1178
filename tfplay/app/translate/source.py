"""The text to translate, and what the model cannot read of it."""

import streamlit as st

from tfplay.app.model.loading import tokenizer_of
from tfplay.app.model.text_input import text_to_try
from tfplay.app.widgets.live_typing import send_while_typing
from tfplay.app.widgets.spans import MarkedSpan, spans_html
from tfplay.store import Model
from tfplay.text.unfamiliar import UnfamiliarWord, unfamiliar_words
from tfplay.text.words import normalize

UNKNOWN_COLOR, SPELLED_OUT_COLOR = 5, 7


def source_text(model: Model, label: str) -> str:
    """Lets the visitor write what is to be translated; it is sent whenever they pause.

    Args:
        model: What translates it.
        label: The language, or else what it is.
    """
    text = text_to_try(model, label, height=150)
    send_while_typing(label)
    return text


def mark_unfamiliar(model: Model, text: str) -> None:
    """Shows the text with the words marked that the vocabulary does not have, if there are any."""
    text = normalize(text)
    words = unfamiliar_words(tokenizer_of(model), text)
    if not words:
        return
    with st.container(border=True):
        st.html(spans_html(text, [_mark(word) for word in words]))
        st.caption(
            "Marked words are not in this model's vocabulary. An **unknown** one it cannot read at "
            "all; one in **pieces** it reads nearly letter by letter."
        )


def _mark(word: UnfamiliarWord) -> MarkedSpan:
    if word.is_unknown:
        return MarkedSpan(word.start, word.end, "unknown", UNKNOWN_COLOR)
    return MarkedSpan(word.start, word.end, f"{word.num_pieces} pieces", SPELLED_OUT_COLOR)
