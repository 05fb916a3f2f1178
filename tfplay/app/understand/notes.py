"""What a visitor should know of a text before trusting the answer to it."""

from collections.abc import Sequence

import streamlit as st

from tfplay.app.frame.layout import plain
from tfplay.cutting import whole_letters
from tfplay.tasks import TrainedModel
from tfplay.text import Tokenizer
from tfplay.text.unfamiliar import unfamiliar_words
from tfplay.text.words import normalize

MOST_LETTERS = 2000
"""Of a longer text only the beginning is looked at."""

MOST_NAMED = 8


def reading_notes(trained: TrainedModel, *texts: str) -> None:
    """Warns of texts without words, and of words that the model never learned.

    The latter is left to the judgement of the answer, where there is one.
    """
    texts = [normalize(whole_letters(text, MOST_LETTERS)) for text in texts if text.strip()]
    if texts and not all(any(map(str.isalnum, text)) for text in texts):
        st.warning(
            "There is no word here, only signs: the model has little to go by.",
            icon=":material/sentiment_neutral:",
        )
    if trained.trust:
        return
    unfamiliar = dict.fromkeys(
        text[word.start : word.end]
        for text in texts
        for word in unfamiliar_words(trained.tokenizer, text)
        if word.is_unknown or word.num_pieces > word.end - word.start  # its letters are in bytes
    )
    if unfamiliar:
        named = ", ".join(f"“{plain(word)}”" for word in list(unfamiliar)[:MOST_NAMED])
        more = f" and {len(unfamiliar) - MOST_NAMED} more" if len(unfamiliar) > MOST_NAMED else ""
        st.warning(
            f"The model has never learned {named}{more}: what it says of them is a guess.",
            icon=":material/unknown_document:",
        )


def cut_note(tokenizer: Tokenizer, text: str, room: int) -> None:
    """Says so if a text has more tokens than the model reads of it."""
    num_tokens = len(tokenizer.tokenize(text))
    if num_tokens > room:
        st.info(
            f"The text has {num_tokens:,} tokens. The model reads the first {room:,} of them and "
            "judges by these.",
            icon=":material/content_cut:",
        )


def windows_note(windows: Sequence[range]) -> None:
    """Says so if the model reads a passage in several parts.

    Args:
        windows: The tokens of each part.
    """
    if len(windows) > 1:
        st.info(
            f"The passage has {windows[-1].stop:,} tokens. Beside the question the model reads "
            f"{len(windows[0]):,} at once: it read {len(windows):,} parts that overlap, and judged "
            "each token in the part that shows most around it.",
            icon=":material/content_cut:",
        )
