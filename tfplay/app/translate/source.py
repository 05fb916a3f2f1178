"""What a model cannot read of the text to translate."""

import streamlit as st

from tfplay.app.model.loading import source_tokenizer_of
from tfplay.app.widgets.spans import MarkedSpan, spans_html
from tfplay.store import Model
from tfplay.text.unfamiliar import UnfamiliarWord, unfamiliar_words
from tfplay.text.words import normalize

UNKNOWN_COLOR, SPELLED_OUT_COLOR = 5, 7


def mark_unfamiliar(model: Model, text: str) -> None:
    """Shows the text with the words marked that the vocabulary does not have, if there are any."""
    text = normalize(text)
    words = unfamiliar_words(source_tokenizer_of(model), text)
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
