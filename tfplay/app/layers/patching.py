"""Activation patching: one vector at a time is taken from another text."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from tfplay import figures
from tfplay.app.layers.asked import Asked
from tfplay.app.layers.lens import level_names
from tfplay.app.layout import errors_shown, metrics_row, plain
from tfplay.app.lesson import Subject, Traced, exports, source_caption, traced, tries
from tfplay.app.widget_state import begin_with
from tfplay.errors import InputError

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models import Trace

MOST_TOKENS = 128
"""Of a longer text there would be too many forward passes: one a token and level."""


@st.fragment
def patching_view(subject: Subject, found: Traced, asked: Asked) -> None:
    """Where the answer to the text above turns into that to another.

    Args:
        subject: The model.
        found: Its forward pass.
        asked: The two answers that are weighed.
    """
    st.markdown(
        "Write a second text with as many tokens, which the model answers otherwise. Then the "
        "model reads the **second** text, over and over, each time with one vector of the stream "
        "taken from the **first**. Where that brings the first text's answer back, the vector "
        "carries what the answer depends on."
    )
    st.latex(
        r"\text{restored} = \frac{m_{\text{patched}} - m_{\text{second}}}"
        r"{m_{\text{first}} - m_{\text{second}}}, \qquad "
        r"m = \text{logit}(\text{answer}) - \text{logit}(\text{alternative})"
    )
    key = begin_with(f"patch text of {subject.run.id}", swapped(subject.text))
    text = st.text_input("Second text", key=key)
    tries({"Two words swapped": {key: swapped(subject.text)}, "The same text": {key: subject.text}})
    with errors_shown(then_stop=False):
        first, second, tokens = _aligned(subject, found, text, asked)
        _show(subject, asked, first, second, tokens)


def _show(
    subject: Subject, asked: Asked, first: "Trace", second: "Trace", tokens: list[str]
) -> None:
    from tfplay.explain import patched_logits

    answer, against = asked.answer, asked.against
    metric = [float((answer.logit(x) - against.logit(x))[0]) for x in (first.logits, second.logits)]
    st.markdown(asked.question)
    metrics_row({"First text": f"{metric[0]:.3f}", "Second text": f"{metric[1]:.3f}"})
    if abs(metric[0] - metric[1]) < 1e-3:
        st.info("Both texts weigh the two answers alike, so that nothing can be restored.")
        return
    logits = patched_logits(subject.load().model, second, first, answer)
    patched = logits[..., answer.choice] - logits[..., against.choice]
    restored = (patched - metric[1]) / (metric[0] - metric[1])
    names = level_names(len(restored))
    columns = [f"{place + 1}. {token}" for place, token in enumerate(tokens)]
    most = np.unravel_index(restored[1:-1].argmax(), restored[1:-1].shape) if len(names) > 2 else ()
    if most:
        st.markdown(
            f"Between embeddings and end, most is restored by **{plain(columns[most[1]])}** "
            f"**{names[most[0] + 1]}**: {restored[most[0] + 1, most[1]]:.0%}."
        )
    figure = figures.grid(restored, names, columns, "restored", number_format=".0%")
    st.plotly_chart(figure, key="patching", alt="What each patched vector restores")
    source_caption(subject, f"{restored.size} forward passes; tokens are the second text's.")
    table = [
        {"level": names[n], "position": t + 1, "token": tokens[t], "restored": float(share)}
        for (n, t), share in np.ndenumerate(restored)
    ]
    exports("patching", figure, table)


def _aligned(
    subject: Subject, found: Traced, text: str, asked: Asked
) -> "tuple[Trace, Trace, list[str]]":
    """The forward passes on both texts, with as many tokens, and the second's tokens.

    Raises:
        InputError: The second text has more or fewer tokens than the first.
    """
    from tfplay.explain import trace_arrays

    other = traced(subject._replace(text=text))
    name = next(iter(found.inputs))  # the source of an encoder-decoder, else all there is
    first, second = found.inputs, other.inputs
    length = first[name].shape[1]
    if found.trace.encoder is None:  # what comes after the asked place makes no difference to it
        length = asked.answer.row + 1 if asked.answer.row is not None else length
        first, second = ({name: each[name][:, :length]} for each in (first, second))
    if second[name].shape[1] != length or len(other.tokens) < length:
        raise InputError(
            f"The second text has {second[name].shape[1]} tokens where the first has {length}; "
            "patching needs as many."
        )
    if length > MOST_TOKENS:
        raise InputError(f"The text has {length} tokens; patching takes {MOST_TOKENS} at most.")
    model = subject.load().model
    second = first | {key: ids for key, ids in second.items() if key != "decoder_token_ids"}
    traces = trace_arrays(model, first), trace_arrays(model, second)
    return *traces, other.tokens[:length]


def swapped(text: str) -> str:
    """The text with two neighbouring words in its middle swapped."""
    words = text.split(" ")
    middle = len(words) // 2
    if len(words) > 1:
        words[middle - 1 : middle + 1] = words[middle - 1 : middle + 1][::-1]
    return " ".join(words)
