"""The three architectures as the models that came with TFPlay have them: drawn, and at work."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from tfplay import decoding
from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import errors_shown, fragment
from tfplay.app.model.loading import load_trained
from tfplay.app.widgets.diagram import Shape, box, diagram, line, words
from tfplay.config import (
    DecodingConfig,
    ModelConfig,
    count_attention,
    count_embeddings,
    count_feed_forward,
    count_head,
)
from tfplay.store import Model, open_model
from tfplay.tasks import classify, translate

WIDTH, PART, GAP = 230, 40, 8


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
    config = model.config
    shapes, width, height = architecture_shapes(config)
    stacks = "two stacks" if config.architecture == "encoder-decoder" else "a stack"
    label = (
        f"{model.title}: {stacks} of {config.num_layers} blocks, {config.hidden_dim} wide, with "
        f"{config.num_heads} heads each; {model.parameters:,} parameters."
    )
    diagram(shapes, width, height, label, key=f"{architecture.model} diagram")
    st.caption(label)


@fragment
def _example(architecture: Architecture) -> None:
    st.text(f"“{architecture.example}”")
    if st.button(architecture.action, key=f"{architecture.model} example"):
        with errors_shown(then_stop=False):
            st.text(_answer(open_model(architecture.model), architecture.example))
    query = {"run": architecture.model}
    st.page_link(
        architecture.page, label="Try your own", icon=":material/arrow_forward:", query_params=query
    )


def _answer(model: Model, text: str) -> str:
    """What the model says to a text, in a line."""
    trained = load_trained(model)
    match model.task:
        case "classification":
            [probabilities] = classify(trained, [text])
            best = max(probabilities, key=probabilities.get)
            return f"{best}: {probabilities[best]:.1%}"
        case "language-model":
            prompt_ids = np.array([trained.tokenizer.tokenize(text)])
            [written] = decoding.generate(
                trained.model, prompt_ids, DecodingConfig(max_new_tokens=20)
            )
            return trained.tokenizer.detokenize([*prompt_ids[0].tolist(), *written])
    return translate(trained, text, DecodingConfig()).text


def architecture_shapes(config: ModelConfig) -> tuple[list[Shape], float, float]:
    """A model drawn from its configuration: shapes, width and height.

    Read from the bottom up, as the text goes.
    """
    if config.architecture != "encoder-decoder":
        shapes, height = _tower(config, 0, 0, _end(config))
        return shapes, WIDTH, height
    decoder, height = _tower(config, WIDTH + 50, 0, _end(config), reads_encoder=True)
    _, encoder_height = _tower(config, 0, 0, "")
    top = height - encoder_height  # both stand on the same ground
    encoder, _ = _tower(config, 0, top, "")
    return [*encoder, *decoder, *_bridges(config, top)], 2 * WIDTH + 50, height


def _tower(
    config: ModelConfig, x: float, y: float, end: str, reads_encoder: bool = False
) -> tuple[list[Shape], float]:
    """One stack from the top down: what it ends with, its blocks, its embeddings."""
    middle = x + WIDTH / 2
    shapes: list[Shape] = []
    if end:
        shapes += _part(x, y, end, f"{count_head(config):,}", "end")
    else:
        shapes.append(words(middle, y + PART / 2, "what was read", "soft"))
    y += PART + GAP
    heads = f"attention: {config.num_heads} heads of {config.head_dim}"
    parts = [(f"feed-forward: {config.intermediate_dim}", count_feed_forward(config), "feed")]
    if reads_encoder:
        parts.append(("cross-" + heads, count_attention(config), "cross"))
    is_masked = config.architecture == "decoder-only" or reads_encoder
    own = ("masked " if is_masked else "") + heads
    parts.append((own, count_attention(config), "attention"))
    for number in range(config.num_layers, 0, -1):
        height = len(parts) * (PART + 4) + 12
        shapes.append(box(x + 0.5, y, WIDTH - 1, height, "frame"))
        shapes.append(line(f"M {middle} {y} v {-GAP}"))
        for index, (name, count, kind) in enumerate(parts):
            place = y + 8 + index * (PART + 4)
            shapes += _part(x + 26, place, name, f"{count:,}", kind, WIDTH - 34)
        shapes.append(words(x + 13, y + height / 2, str(number), "strong"))
        y += height + GAP
    shapes.append(line(f"M {middle} {y} v {-GAP}"))
    rows = config.vocabulary_size or (config.max_sequence_length - 1)
    shared = "the same " if config.architecture == "encoder-decoder" and not end else ""
    embedding = f"{shared}embedding: {rows:,} × {config.hidden_dim}"
    shapes += _part(x, y, embedding, f"{count_embeddings(config):,}", "")
    return shapes, y + PART + 2


def _part(
    x: float, y: float, name: str, count: str, kind: str, width: float = WIDTH - 1
) -> list[Shape]:
    middle = x + width / 2
    return [
        box(x + 0.5, y, width - 1, PART, kind),
        words(middle, y + PART / 2 - 8, name),
        words(middle, y + PART / 2 + 9, f"{count} parameters", "soft"),
    ]


def _bridges(config: ModelConfig, encoder_top: float) -> list[Shape]:
    """From what the encoder read to each decoder block's cross-attention."""
    height = 3 * (PART + 4) + 12 + GAP
    places = [
        PART + GAP + number * height + 8 + PART + 4 + PART / 2
        for number in range(config.num_layers)
    ]
    trunk = WIDTH + 20
    start = encoder_top + PART / 2
    reach = f"M {WIDTH / 2 + 50} {start} H {trunk} V"
    return [line(f"{reach} {place} H {WIDTH + 50 + 26}") for place in places]


def _end(config: ModelConfig) -> str:
    """What a model ends with, in a few words."""
    if config.num_classes:
        return f"head: {config.num_classes} classes"
    tied = " (the embedding again)" if config.tie_embeddings else ""
    return f"next of {config.vocabulary_size:,}{tied}"
