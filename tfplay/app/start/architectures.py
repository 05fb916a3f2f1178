"""The three architectures, and the models that came with TFPlay that stand for them."""

from typing import NamedTuple

import streamlit as st

from tfplay.app.model.drawing import architecture_label, architecture_shapes
from tfplay.app.widgets.diagram import diagram
from tfplay.store import Model

ADDRESS = "architecture"
"""What the page's address calls the choice."""


class Architecture(NamedTuple):
    """One of the three."""

    label: str
    """On its button."""
    text: str
    """How it works, and what it is good for, in Markdown."""
    model: str
    """The name of a model that came with TFPlay, of which there is an `example_flow`."""
    answer: str
    """What the model answers with, in a word or two."""


ARCHITECTURES = {
    "decoder-only": Architecture(
        "Decoder-only: writes",
        "**Decoder-only**, as GPT: each token looks at itself and those before it, and says what "
        "comes next. Good for writing and chatting.",
        "text",
        "Next token",
    ),
    "encoder-decoder": Architecture(
        "Encoder-decoder: translates",
        "**Encoder-decoder**, as the first transformer: one stack reads, the other writes, and "
        "looks at what was read in each of its blocks. Good for turning one text into another.",
        "translator",
        "Next token",
    ),
    "encoder-only": Architecture(
        "Encoder-only: understands",
        "**Encoder-only**, as BERT: every token looks at all others, before and after it. Good for "
        "classes, names, answers in a passage.",
        "sentiment",
        "Class",
    ),
}


def built_view(model: Model) -> None:
    """The model as a drawing of its parts, with their parameters."""
    label = f"{architecture_label(model)}; {model.parameters:,} parameters."
    diagram(*architecture_shapes(model.config), label, key="start diagram")
    st.caption(label)
