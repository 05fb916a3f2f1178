"""The line under an answer that says when to doubt it."""

import streamlit as st

from tfplay.app.frame.layout import plain
from tfplay.cutting import cut_text
from tfplay.trust import NEW_WORDS, UNLIKE, Judgement

MOST_NAMED, LONGEST_NAMED = 8, 40
"""Words that are named, and how many characters of each; of more only the number is told."""


def show_judgement(judgement: Judgement | None) -> None:
    """Draws the line; nothing where there is nothing to say, or nobody has measured it."""
    if text := judgement_text(judgement):
        icon = "warning" if text.startswith(UNLIKE) else "info"
        st.markdown(f":material/{icon}: {plain(text)}")


def judgement_text(judgement: Judgement | None) -> str:
    """The judgement in words, with those words that are new to the model.

    Returns:
        Nothing, where there is nothing to say.
    """
    if judgement is None or not judgement.sentence:
        return ""
    if judgement.sentence != NEW_WORDS:
        return judgement.sentence
    named = ", ".join(cut_text(word, LONGEST_NAMED) for word in judgement.unfamiliar[:MOST_NAMED])
    more = len(judgement.unfamiliar) - MOST_NAMED
    return f"{NEW_WORDS} ({named}{f' and {more} more' if more > 0 else ''})"
