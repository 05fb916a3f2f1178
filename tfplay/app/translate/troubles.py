"""Why a translation goes wrong, in sentences, each with its number."""

import streamlit as st

from tfplay.app.frame.layout import plain
from tfplay.app.model.loading import load_trained
from tfplay.store import Model
from tfplay.tasks import Translation, TranslationTrace, find_troubles

MUCH = 0.5
"""Of the attention: with this share on punctuation and the end token they are told of."""


def show_troubles(model: Model, translation: Translation, trace: TranslationTrace) -> None:
    """What may have gone wrong in a translation; nothing if nothing was found."""
    sentences = trouble_sentences(model, translation, trace)
    if sentences:
        st.markdown("**Why it goes wrong, where it does**")
        st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def trouble_sentences(model: Model, translation: Translation, trace: TranslationTrace) -> list[str]:
    """A sentence of Markdown for each trouble that occurs."""
    trained = load_trained(model)
    troubles = find_troubles(trained, translation, trace)
    num_written = len(translation.target_ids)
    found = []
    if troubles.sink_share >= MUCH and troubles.sink_share > troubles.sink_even_share:
        found.append(
            f"**A sink**: {troubles.sink_share:.0%} of the attention on the source rests on "
            f"punctuation and the end token, which are {troubles.sink_even_share:.0%} of its "
            "tokens. Heads that find nothing look there, and the words share the rest."
        )
    if troubles.num_unknown_read:
        found.append(
            f"**Not read**: {_tokens(troubles.num_unknown_read)} of the source "
            f"({troubles.num_unknown_read / len(translation.source_ids):.0%}) unknown; whatever "
            "stood there, the model saw the same mark."
        )
    if troubles.num_unknown_written:
        found.append(
            f"**Not written**: {_tokens(troubles.num_unknown_written)} of the translation unknown; "
            "the model knows that a word belongs there and has no letters for it."
        )
    if troubles.num_repeats:
        row = plain(trained.tokenizer.detokenize(troubles.repeated_ids).strip())
        found.append(
            f"**A loop**: “{row}” ({len(troubles.repeated_ids)} tokens) stands "
            f"{troubles.num_repeats} times. What was written once makes itself likelier."
        )
    if troubles.unsure_steps:
        least = int(trace.written_probabilities.argmin())
        token = plain(translation.target_tokens[least])
        found.append(
            f"**Unsure**: at {len(troubles.unsure_steps)} of {num_written} steps the token written "
            f"had less than 50 %; least sure was “{token}”, step {least + 1}, with "
            f"{percent(trace.written_probabilities[least])}."
        )
    if not troubles.is_finished:
        found.append(
            f"**No end**: after {num_written} tokens there was no room for more, and no end token "
            "had come."
        )
    return found


def percent(probability: float) -> str:
    """With one decimal, where that is not nothing."""
    return f"{probability:.1%}" if probability >= 0.0005 else "under 0.1%"


def _tokens(count: int) -> str:
    return "1 token is" if count == 1 else f"{count} tokens are"
