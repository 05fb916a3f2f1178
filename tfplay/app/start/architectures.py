"""The three architectures as the models that came with TFPlay have them: drawn, and at work."""

from typing import NamedTuple

import streamlit as st

from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import errors_shown, fragment
from tfplay.app.model.drawing import architecture_label, architecture_shapes
from tfplay.app.model.loading import load_trained
from tfplay.app.widgets.diagram import diagram
from tfplay.store import open_model
from tfplay.tasks import TASKS


class Architecture(NamedTuple):
    """One of the three, and the model that stands for it."""

    title: str
    text: str
    model: str
    """The name of a model that came with TFPlay."""
    example: str
    page: str
    """Where it is used; a constant of `tfplay.app.frame.navigation`."""
    action: str


ARCHITECTURES = (
    Architecture(
        "Encoder only: to understand",
        "Every token looks at all others, before and after it. BERT is one. Good for classes, "
        "names, answers in a passage.",
        "sentiment",
        "The food was not bad at all, we loved it.",
        pages.UNDERSTAND,
        "Is it kind?",
    ),
    Architecture(
        "Decoder only: to write",
        "Each token looks at itself and those before it, and says what comes next. GPT is one. "
        "Good for writing and chatting.",
        "text",
        "Once upon a time there was a little",
        pages.WRITE,
        "How does it go on?",
    ),
    Architecture(
        "Encoder and decoder: to translate",
        "One stack reads the source, the other writes, and looks at what was read in each of its "
        "blocks. The first transformer was one. Good for turning one text into another.",
        "translator",
        "We are friends.",
        pages.TRANSLATE,
        "Translate it",
    ),
)


def architectures_view() -> None:
    """The three side by side; nothing of it needs a model until its example is asked for."""
    for column, architecture in zip(st.columns([4, 4, 7]), ARCHITECTURES, strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"#### {architecture.title}")
            st.markdown(architecture.text)
            with errors_shown(then_stop=False):
                _drawn(architecture)
                _example(architecture)


def _drawn(architecture: Architecture) -> None:
    model = open_model(architecture.model)
    label = f"{architecture_label(model)}; {model.parameters:,} parameters."
    diagram(*architecture_shapes(model.config), label, key=f"{architecture.model} diagram")
    st.caption(label)


@fragment
def _example(architecture: Architecture) -> None:
    st.text(f"“{architecture.example}”")
    if st.button(architecture.action, key=f"{architecture.model} example"):
        with errors_shown(then_stop=False):
            trained = load_trained(open_model(architecture.model))
            st.text(TASKS[trained.task].answer_line(trained, architecture.example))
    query = {"run": architecture.model}
    st.page_link(
        architecture.page, label="Try your own", icon=":material/arrow_forward:", query_params=query
    )
