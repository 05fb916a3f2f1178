"""Activation patching: one vector at a time is taken from another text."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.frame.layout import controls, errors_shown, fragment, metrics_row, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.text_box import linked_text_box, longest_read
from tfplay.app.layers.asked import Asked
from tfplay.app.layers.lens import level_names
from tfplay.app.lesson import (
    Subject,
    Traced,
    below_picture,
    exports,
    source_caption,
    traced,
    tries,
)
from tfplay.app.widgets.chart import show_chart
from tfplay.errors import InputError
from tfplay.text import Tokenizer

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models import Trace

MOST_TOKENS = 128
"""Of a longer text there would be too many forward passes: one a token and level."""

WORDS = (
    "Write a second text with as many tokens, which the model answers otherwise. Then the model "
    "reads the **second** text, over and over, each time with one vector of the stream taken from "
    "the **first**. Where that moves the answer to the first text's, the vector carries what the "
    "answer depends on."
)
FORMULA = (
    r"\text{moved} = m_{\text{patched}} - m_{\text{second}}, \qquad "
    r"m = \text{logit}(\text{answer}) - \text{logit}(\text{alternative})"
)

STACKS = {
    "encoder": "What was read of the source: the vectors that cross-attention looks at.",
    "decoder": "What is being written: how far what was read has come into the decoder's own "
    "vectors. What it wrote before the answer is the same for both texts.",
}


@fragment
def patching_view(subject: Subject, found: Traced, asked: Asked) -> None:
    """Where the answer to the text above turns into that to another.

    Args:
        subject: The model.
        found: Its forward pass.
        asked: The two answers that are weighed.
    """
    other = swapped(subject.text, subject.load().source_tokenizer)
    key, longest = f"patch text of {subject.model.id}", longest_read(subject.model)
    stacks = [name for name in STACKS if getattr(found.trace, name) is not None]
    stack = stacks[0]
    with controls("patching"):
        text = linked_text_box("Second text", key, longest, other, "other_text", st.text_input)
        if len(stacks) > 1:
            stack = choose_one("Whose stream", STACKS, stack, "patch stack", link="stack")
    with errors_shown(then_stop=False):
        first, second, tokens = _aligned(subject, found, text, asked, stack)
        _show(subject, asked, first, second, stack, tokens)
    if len(stacks) > 1:
        st.caption(STACKS[stack])
    tries({"Two words swapped": {key: other}, "The same text": {key: subject.text}})


def _show(
    subject: Subject,
    asked: Asked,
    first: "Trace",
    second: "Trace",
    stack: str,
    tokens: list[str],
) -> None:
    answer, against = asked.answer, asked.against
    metric = [float((answer.logit(x) - against.logit(x))[0]) for x in (first.logits, second.logits)]
    numbers = {"First text": metric[0], "Second text": metric[1], "Apart": metric[0] - metric[1]}
    logits = explain.patched_logits(subject.load().model, second, first, answer, stack)
    moved = logits[..., answer.choice] - logits[..., against.choice] - metric[1]
    names = level_names(len(moved))
    columns = [f"{place + 1}. {token}" for place, token in enumerate(tokens)]
    figure = figures.grid(moved, names, columns, "moved", number_format="+.2f")
    show_chart(figure, key="patching", alt="How far each patched vector moves the answer")
    st.markdown(asked.question)
    metrics_row({name: f"{value:+.3f}" for name, value in numbers.items()})
    inner = moved[1:-1] * np.sign(numbers["Apart"])
    if inner.max(initial=0) > 0:
        level, place = np.unravel_index(inner.argmax(), inner.shape)
        st.markdown(
            f"Between embeddings and end, **{plain(columns[place])}** **{names[level + 1]}** moves "
            f"the answer most towards the first text's: by {moved[level + 1, place]:+.2f} of "
            f"{numbers['Apart']:+.2f}."
        )
    table = [
        {"level": names[n], "position": t + 1, "token": tokens[t], "moved": float(value)}
        for (n, t), value in np.ndenumerate(moved)
    ]
    with below_picture("patching", WORDS, FORMULA):
        exports("patching", figure, table)
    source_caption(subject, f"{moved.size} forward passes; tokens are the second text's.")


def _aligned(
    subject: Subject, found: Traced, text: str, asked: Asked, stack: str
) -> "tuple[Trace, Trace, list[str]]":
    """The forward passes on both texts, with as many tokens in the stack, and the second's tokens.

    An encoder-decoder writes the same to both.

    Raises:
        InputError: The second text has more or fewer tokens than the first, or there are too many.
    """
    trained, name = subject.load(), "token_ids"
    inputs = [found.inputs, traced(subject._replace(text=text)).inputs]
    if trained.architecture == "encoder-decoder":
        name = f"{stack}_token_ids"
        inputs[1] = found.inputs | {"encoder_token_ids": inputs[1]["encoder_token_ids"]}
    length, others = (each[name].shape[1] for each in inputs)
    if stack == "decoder" and asked.answer.row is not None:
        # What comes later does not matter to it: the two replies may differ in length.
        length, others = asked.answer.row + 1, min(asked.answer.row + 1, others)
    if others != length:
        raise InputError(
            f"The second text has {others} tokens where the first has {length}; patching needs as "
            "many."
        )
    if length > MOST_TOKENS:
        raise InputError(f"The text has {length} tokens; patching takes {MOST_TOKENS} at most.")
    inputs = [each | {name: each[name][:, :length]} for each in inputs]
    first, second = (explain.trace_arrays(trained.model, each) for each in inputs)
    tokenizer = trained.source_tokenizer if stack == "encoder" else trained.tokenizer
    return first, second, tokenizer.labels(inputs[1][name][0])


def swapped(text: str, tokenizer: Tokenizer) -> str:
    """The text with two neighbouring words swapped, in the middle if it keeps as many tokens so.

    Without such a pair it is the text itself.
    """
    words, count = text.split(" "), len(tokenizer.tokenize(text))
    for place in sorted(range(1, len(words)), key=lambda place: abs(place - len(words) / 2)):
        other = words.copy()
        other[place - 1 : place + 1] = words[place], words[place - 1]
        candidate = " ".join(other)
        if candidate != text and len(tokenizer.tokenize(candidate)) == count:
            return candidate
    return text
