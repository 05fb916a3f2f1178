"""A translation: its text, how it is read aloud, beam search's other answers, its scores."""

import re
from collections.abc import Sequence

import streamlit as st

from tfplay.app.frame.layout import metrics_row, plain
from tfplay.app.frame.text_box import LONGEST_TEXT, linked_text_box
from tfplay.app.lesson import exports
from tfplay.app.model.judgement import show_judgement
from tfplay.app.model.loading import tokenizer_of
from tfplay.app.translate.languages import language_pair
from tfplay.app.translate.translating import TranslatedPart
from tfplay.store import Model
from tfplay.tasks import join_parts, translation_scores
from tfplay.text.romanize import romanize
from tfplay.trust import worst

ONE_LINE = 40
"""Characters of a translation beside which there is room."""
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")


def show_translation(model: Model, parts: Sequence[TranslatedPart]) -> None:
    """The whole translation, put together from its parts."""
    text = _joined(parts)
    with st.container(border=True, key="answer", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            written = text or "(The model ended at once and wrote nothing.)"
            st.text(written, width="content" if len(written) < ONE_LINE else "stretch")
            if reading := reading_aid(text):
                st.caption(f"Pronounced: *{reading}*", width="content")
        _unknown(model, parts)
    show_judgement(worst([part.judgement for part in parts]))
    if len(parts) > 1:
        config = model.config
        shared = ", for your words and its own" if config.architecture == "decoder-only" else ""
        st.caption(
            f"Longer than this model reads at once ({config.max_sequence_length} tokens{shared}): "
            f"translated in {len(parts)} parts."
        )
    for part in parts:
        _hypotheses(part)


def _joined(parts: Sequence[TranslatedPart]) -> str:
    return join_parts([part.text for part in parts], [part.translation.text for part in parts])


def reading_aid(text: str) -> str:
    """How a text in Devanagari is read, in Latin letters; empty if there is none in it."""
    return plain(romanize(text)) if _DEVANAGARI.search(text) else ""


def _unknown(model: Model, parts: Sequence[TranslatedPart]) -> None:
    """Unknown tokens have no letters: that there are some must be said."""
    unknown_id = tokenizer_of(model).unknown_id
    count = sum(part.translation.target_ids.count(unknown_id) for part in parts)
    if count:
        times = "once" if count == 1 else f"{count} times"
        st.caption(f"It wrote the unknown token {times}: a word that it has no letters for.")


def _hypotheses(part: TranslatedPart) -> None:
    answers = part.translation.hypotheses
    if answers:
        with st.expander("All beams and their scores", expanded=True):
            table = [answer._asdict() for answer in answers]
            st.dataframe(table)
            exports("beams", table=table)
            st.caption(
                "Score: sum of the tokens' log probabilities, divided by the length. Finished: it "
                "came to its end token."
            )


def score_translation(model: Model, parts: Sequence[TranslatedPart]) -> None:
    """Lets the visitor write right translations, and compares."""
    text = _joined(parts)
    with st.expander("Score it against a reference"):
        written = linked_text_box(
            *("Reference translations, one a line", "references", LONGEST_TEXT, "", "references"),
            help="Right translations, from {} into {}.".format(
                *language_pair(model) or ("the text", "the other language")
            ),
        )
        references = [line.strip() for line in written.split("\n") if line.strip()]
        if not references or not text:
            return
        scores = translation_scores([text], [references])
        metrics_row({"BLEU": f"{scores['bleu']:.1f}", "chrF": f"{scores['chrf']:.1f}"})
        st.caption(
            "From 0 to 100: how many runs of words (BLEU, up to four) or of letters (chrF) it "
            "shares with a reference. Meant for whole corpora: one sentence says little."
        )
