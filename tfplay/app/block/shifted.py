"""The decoder's input in training: the labels, shifted right by one."""

from html import escape

import numpy as np
import streamlit as st

from tfplay.app.block.chosen_block import ChosenBlock
from tfplay.app.lesson import below_picture, exports, source_caption, tries

WORDS = (
    "In training a decoder reads the whole sentence at once, and its target at each token is the "
    "next one: its input is the labels **shifted right** by one, with a start token in front where "
    "there is one. The mask keeps it from reading the answer off its own input; so all positions "
    "are trained in one pass, where a recurrent network goes word by word."
)
FORMULA = r"\text{loss} = -\frac{1}{T} \sum_{t=1}^{T} \log p(y_t \mid y_{<t})"


def shifted_view(chosen: ChosenBlock) -> None:
    """What a decoder reads in training, and its target at each position."""
    if chosen.traced.trace.decoder is None or chosen.trained.labels:
        st.info("This model has no decoder that writes: nothing is shifted.")
        return
    rows = shifted_rows(chosen)
    st.html(shifted_html(rows))
    losses = [-np.log(row["probability"]) for row in rows]
    st.markdown(f"Mean loss of this sentence: **{np.mean(losses):.3f}** nats.")
    with below_picture("shifted right", WORDS, FORMULA):
        exports("shifted right", table=rows)
    text, key = chosen.subject.text, chosen.subject.text_key
    words = text.split()
    tries(
        {
            "Read it twice": {key: f"{text} {text}"},
            "Read it backwards": {key: " ".join(reversed(words))},
            "Read half of it": {key: " ".join(words[: -(-len(words) // 2)])},
        }
    )
    source_caption(
        chosen.subject,
        "the probability that the model gives each label, from one forward pass over the inputs.",
    )


def shifted_rows(chosen: ChosenBlock) -> list[dict[str, object]]:
    """A row for each position: the input, its label, and how likely the model thinks it."""
    traced = chosen.traced
    ids = label_ids(chosen)
    labels = chosen.trained.tokenizer.labels(ids)
    logits = traced.trace.logits[0, : len(ids)].astype("float64")
    logits -= logits.max(axis=-1, keepdims=True)
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    return [
        {
            "position": place + 1,
            "input": traced.target_tokens[place],
            "label": labels[place],
            "probability": float(probabilities[place, label]),
        }
        for place, label in enumerate(ids)
    ]


def label_ids(chosen: ChosenBlock) -> list[int]:
    """The targets: the input without its first token, and for a translator an end."""
    inputs = chosen.traced.inputs
    name = "decoder_token_ids" if "decoder_token_ids" in inputs else "token_ids"
    ids = inputs[name][0].tolist()[1:]
    return [*ids, chosen.trained.tokenizer.end_id] if name.startswith("decoder") else ids


def shifted_html(rows: list[dict[str, object]]) -> str:
    """Input above label, with the probability of the label below; the text within is escaped."""
    lines = {"input": "reads", "label": "target"}
    html = []
    for name, title in lines.items():
        cells = "".join(f"<td dir='auto'>{escape(str(row[name]))}</td>" for row in rows)
        html.append(f"<tr><th scope='row'>{title}</th>{cells}</tr>")
    shares = "".join(
        f"<td style='--share: {row['probability']:.3f}'>{row['probability']:.1%}</td>"
        for row in rows
    )
    html.append(f"<tr class='shares'><th scope='row'>probability</th>{shares}</tr>")
    return f"<div class='shifted'><table>{''.join(html)}</table></div>"
