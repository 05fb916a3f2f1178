"""Which word stands behind a mask."""

import streamlit as st

from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.strip import choose_token
from tfplay.app.lesson import choose_subject
from tfplay.app.model.judgement import show_judgement
from tfplay.app.model.loading import load_trained
from tfplay.app.understand.explained import explained
from tfplay.app.understand.notes import reading_notes
from tfplay.app.understand.xray import text_xray, xray
from tfplay.app.widgets.bars import bars
from tfplay.app.widgets.spans import MarkedSpan, spans_html
from tfplay.tasks import fill, judge_filled
from tfplay.text import typed
from tfplay.text.words import normalize

MASK = "[MASK]"
MOST_CANDIDATES = 8


def words_view() -> None:
    """A text with masks in it, and what may stand behind the one that is chosen."""
    model, text, _ = choose_subject("masked-words", purpose="to find masked words with")
    text = normalize(text)
    masked, number = choose_mask(text, f"hidden in {model.id}")
    with errors_shown():
        trained = load_trained(model)
        answers = fill(trained, masked, MOST_CANDIDATES)

    reading_notes(trained, text.replace(MASK, " "))
    filled, spans = _filled(masked, [answer[0].token for answer in answers])
    with st.container(border=True):
        st.html(spans_html(filled, spans))
    show_judgement(judge_filled(trained, masked, answers))
    if len(answers) > 1:
        st.caption(f"Behind mask {number + 1} of {len(answers)}; choose another above.")
    bars(answers[number], "candidates", "What may stand behind the mask")
    xray(lambda: text_xray(explained(model, masked, number, MOST_CANDIDATES), model.id))


def choose_mask(text: str, key: str) -> tuple[str, int]:
    """Lets the visitor choose a mask of a text, or a word of it to hide.

    Args:
        text: With or without masks.
        key: Tells several texts apart.

    Returns:
        The text with the chosen word masked, and which of its masks was chosen, from 0.
    """
    places = word_places(text)
    if not places:
        return text, 0
    words = [text[start:end] for start, end in places]
    usual = words.index(MASK) if MASK in words else len(words) // 2
    chosen = choose_token(words, key, "hidden", usual, label="Words; choose one to hide it")
    st.caption("Choose any word to hide it from the model, or a mask to see what may be behind it.")
    start, end = places[chosen]
    return text[:start] + MASK + text[end:], words[:chosen].count(MASK)


def word_places(text: str) -> list[tuple[int, int]]:
    """Where the words, marks and masks of a text begin and end, in characters."""
    places, offset = [], 0
    for number, part in enumerate(text.split(MASK)):
        if number:
            places.append((offset, offset + len(MASK)))
            offset += len(MASK)
        places += [(offset + start, offset + end) for start, end in typed.word_places(part)]
        offset += len(part)
    return places


def _filled(masked: str, tokens: list[str]) -> tuple[str, list[MarkedSpan]]:
    """The text with a token for each mask, and where these stand."""
    text, *rest = masked.split(MASK)
    spans = []
    for color, (token, part) in enumerate(zip(tokens, rest, strict=True)):
        spans.append(MarkedSpan(len(text), len(text) + len(token), color=color))
        text += token + part
    return text, spans
