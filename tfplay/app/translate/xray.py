"""The X-ray of a translation: where the model looked, and what else it might have written."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from tfplay import figures
from tfplay.app.frame.layout import controls, fragment, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.strip import choose_line
from tfplay.app.lesson.attention import AttentionMap
from tfplay.app.lesson.heads import ALL, choose_head
from tfplay.app.model.loading import tokenizer_of
from tfplay.app.sharing import share
from tfplay.app.translate import forcing
from tfplay.app.translate.translating import TranslatedPart, looked_inside, translated
from tfplay.app.translate.troubles import percent, show_troubles
from tfplay.app.widgets.bars import bars
from tfplay.app.widgets.chart import show_chart
from tfplay.app.widgets.csv_button import csv_button
from tfplay.config import DecodingConfig
from tfplay.store import Model
from tfplay.tasks import Translation, TranslationTrace

TO_SOURCE, TO_ITSELF = "On your words", "On its own words"
SHOWN_CANDIDATES = 6
STACKED_CANDIDATES = 5

_EXPLANATIONS = {
    ("encoder-decoder", TO_SOURCE): "**Cross-attention**: how much each token that it wrote drew "
    "on each token that you wrote.",
    ("decoder-only", TO_SOURCE): "This model has no encoder and no cross-attention. Shown is the "
    "part of its **masked self-attention** that went back to your words.",
    ("encoder-decoder", TO_ITSELF): "The decoder's **masked self-attention**: how much each token "
    "drew on those that stood there already.",
    ("decoder-only", TO_ITSELF): "The part of its **masked self-attention** that went to what it "
    "had written itself.",
}


@fragment
def translation_xray(model: Model, parts: Sequence[TranslatedPart], config: DecodingConfig) -> None:
    """Opens the model up for a translation, or for one part of a long one.

    Args:
        model: What made it.
        parts: What `translated_parts` gave.
        config: How it was chosen.
    """
    part = _choose_part(parts)
    subject = model.id, model.step, part.text, tuple(part.translation.target_ids)
    begun = forcing.beginnings(subject, tokenizer_of(model).vocabulary_size)
    translation = part.translation
    if begun:
        greedy = DecodingConfig(max_new_tokens=config.max_new_tokens)
        translation = translated(model, part.text, greedy, begun[-1])
    trace = looked_inside(model, translation)
    if begun:
        _beside(model, part.translation, translation, len(begun[-1]), subject)
    with controls("translation x-ray"):
        kinds = [TO_SOURCE, TO_ITSELF]
        kind = choose_one(
            *("Attention", kinds, TO_SOURCE, "translation Attention"),
            link="attention",
            label_visibility="collapsed",
        )
        layer, head = choose_head(
            *trace.cross_attention.shape[:2],
            "translation",
            layer=ALL,
            head=ALL,
            layers_as_one=[ALL],
            heads_as_one=[ALL],
            numbers_first=False,
        )
    left, right = st.columns([3, 2], gap="large")
    with left:
        chosen = _lines(translation, trace, kind, layer, head)
        st.caption(_EXPLANATIONS[model.config.architecture, kind])
    with right:
        _step(model, translation, trace, chosen, subject)
    st.markdown("**How sure it was, step by step**")
    _all_steps(model, translation, trace)
    show_troubles(model, translation, trace)


def _choose_part(parts: Sequence[TranslatedPart]) -> TranslatedPart:
    if len(parts) == 1:
        return parts[0]
    number = choose_one(
        *("Part", range(len(parts)), 0, "part of the text", st.selectbox),
        link="part",
        format_func=lambda number: f"{number + 1}. {parts[number].text.strip()}",
    )
    return parts[number]


def _beside(
    model: Model, first: Translation, forced: Translation, num_forced: int, subject: tuple
) -> None:
    """The model's own translation beside the one that was forced."""
    for column, title, translation in zip(
        st.columns(2), ("Its own", "With your token"), (first, forced), strict=True
    ):
        likely = looked_inside(model, translation).written_probabilities
        with column, st.container(border=True):
            st.caption(title)
            st.text(translation.text or "(nothing)")
            st.caption(f"Log probability {np.log(likely).sum():.2f}, {len(likely)} tokens")
    token = plain(forced.target_tokens[num_forced - 1])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Token {num_forced} had to be “{token}”; from there on it decoded greedily.")
        st.button("Undo", icon=":material/undo:", on_click=forcing.take_back, args=(subject,))
        st.button("Its own again", on_click=forcing.forget)


def _lines(
    translation: Translation,
    trace: TranslationTrace,
    kind: str,
    layer: int | str,
    head: int | str,
) -> int:
    """Lines between the tokens; returns the step that is looked at."""
    if kind == TO_SOURCE:
        attention = AttentionMap(
            trace.cross_attention, translation.target_tokens, translation.source_tokens
        )
    else:
        attention = AttentionMap(
            trace.self_attention, translation.target_tokens, trace.given_tokens
        )
    least_sure = int(trace.written_probabilities.argmin())
    locked = choose_line(
        attention.source_tokens,
        attention.target_tokens,
        attention.head(layer, head),
        key=f"lines {hash((*translation.source_ids, -1, *translation.target_ids))}",
        link="written",
        usual=least_sure,
        titles=("looked at", "written"),
    )
    label, icon = "All layers and heads as CSV", ":material/download:"
    with st.container(horizontal=True, gap="small"):
        csv_button(label, attention.to_csv, "attention.csv", icon=icon)
        share("translation")
    return least_sure if locked is None else locked


def _step(
    model: Model, translation: Translation, trace: TranslationTrace, chosen: int, subject: tuple
) -> None:
    """The likeliest tokens of one step, each to be taken instead of what was written."""
    written_id = translation.target_ids[chosen]
    token = plain(translation.target_tokens[chosen])
    probability = trace.written_probabilities[chosen]
    st.markdown(f"**Step {chosen + 1}**: it wrote “{token}”, at {percent(probability)}")
    ids = trace.candidate_ids[chosen, :SHOWN_CANDIDATES].tolist()
    labels = tokenizer_of(model).labels(ids)
    likely = trace.candidate_probabilities[chosen, :SHOWN_CANDIDATES].tolist()
    wanted = bars(
        list(zip(labels, likely, strict=True)),
        "candidates",
        "The likeliest tokens of this step",
        marked=ids.index(written_id) if written_id in ids else None,
        choices=[None if token_id == written_id else token_id for token_id in ids],
        hint="Decode again from",
    )
    st.caption("What if it had written another? Choose one, and decoding goes on from there.")
    if wanted is not None:
        forcing.force(subject, (*translation.target_ids[:chosen], wanted))
        st.rerun()


def _all_steps(model: Model, translation: Translation, trace: TranslationTrace) -> None:
    tokenizer = tokenizer_of(model)
    shown = trace.candidate_ids[:, :STACKED_CANDIDATES]
    figure = figures.candidate_steps(
        translation.target_tokens,
        [tokenizer.labels(ids) for ids in shown.tolist()],
        trace.candidate_probabilities[:, :STACKED_CANDIDATES],
    )
    show_chart(figure, key="steps", alt="The likeliest tokens of every step")
    st.caption("In full: what it wrote. Paler: what it might have written instead; point at it.")
