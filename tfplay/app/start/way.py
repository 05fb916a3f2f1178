"""How a sentence travels, on one screen, from text to answer; each stage is a door."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from tfplay.app.frame import navigation as pages
from tfplay.app.frame.layout import errors_shown
from tfplay.app.lesson import choose_subject, source_caption, traced
from tfplay.app.lesson.block_answers import answer_at, usual_place
from tfplay.app.lesson.chosen_block import ChosenBlock
from tfplay.app.start.recurrence import recurrence_view
from tfplay.app.widgets.diagram import Shape, box, cells, diagram, words
from tfplay.cutting import cut_text

SHOWN_ROWS, SHOWN_COLUMNS = 10, 24
WIDTH, HEIGHT = 220, 110


class Stage(NamedTuple):
    """A stage of the way."""

    title: str
    shape: str
    text: str
    page: str
    """A constant of `tfplay.app.frame.navigation`."""
    picture: np.ndarray | list[str] | list[tuple[str, float]]
    """A matrix (rows, columns), words, or answers with their probabilities."""


def way_view() -> None:
    """The model and the sentence for all Learn pages, and the sentence's stages."""
    with errors_shown():
        subject = choose_subject()
        found = traced(subject)
        stack = "decoder" if found.trace.decoder is not None else "encoder"
        stages = way_stages(ChosenBlock(subject, found, stack, 0))
    for start in range(0, len(stages), 3):
        columns = st.columns(3)
        for number, stage in enumerate(stages[start : start + 3], start=start):
            with columns[number - start]:
                _card(number + 1, stage)
    source_caption(
        subject,
        f"shapes as they are; of a matrix the first {SHOWN_ROWS} rows and {SHOWN_COLUMNS} columns "
        "are drawn, green above 0, red below.",
    )
    st.subheader("Why not one word after another?", anchor=False)
    recurrence_view(subject.text, len(getattr(found.trace, stack).blocks))


def way_stages(chosen: ChosenBlock) -> list[Stage]:
    """Every stage of the sentence's way, with its real shape and numbers.

    Args:
        chosen: The model and its sentence; of an encoder-decoder the decoder.
    """
    trace, tokens, task = chosen.traced.trace, chosen.traced.tokens, chosen.subject.task
    stack, config = chosen.stack_trace, chosen.trained.model.config
    has_both = trace.encoder is not None and trace.decoder is not None
    embeddings = (trace.encoder or trace.decoder).embeddings[0]
    attention = getattr(stack.blocks[0], "cross_attention" if has_both else "self_attention")
    scores = attention.attention_scores[0]
    answer = answer_at(chosen, trace.logits, usual_place(chosen))
    blocks = f"{len(stack.blocks)} blocks" + (" in each of two stacks" if has_both else "")
    answers = list(zip(answer.names, map(float, answer.probabilities), strict=True))
    return [
        Stage(
            "Tokens",
            f"{len(tokens)} tokens of {config.vocabulary_size:,}",
            "The text falls into pieces; each is a number to the model.",
            pages.TOKENS,
            tokens,
        ),
        Stage(
            "Embeddings and positions",
            _size(embeddings.shape),
            "Each number becomes a row of the embedding matrix; where it stands is added.",
            pages.EMBEDDINGS,
            embeddings,
        ),
        Stage(
            "Attention",
            f"{len(scores)} heads · {_size(scores.shape[1:])}",
            "Each token takes what it needs from others. "
            + ("Rows write, columns were read." if has_both else "Here the first head."),
            pages.ATTENTION,
            scores[0],
        ),
        Stage(
            "Inside a block",
            _size(stack.blocks[0].residual_after[0].shape),
            "Attention, then a network for each token alone; both are added to what was there.",
            pages.BLOCK,
            stack.blocks[0].residual_after[0],
        ),
        Stage(
            "Layer upon layer",
            f"{blocks} · {_size(stack.output[0].shape)}",
            "Block after block the rows turn from what a token is to what follows from it.",
            pages.LAYERS,
            stack.output[0],
        ),
        Stage(
            "The answer",
            f"logits {_size(trace.logits.shape[1:])}",
            "A softmax makes probabilities of the last rows' scores.",
            pages.page_of(task),
            answers,
        ),
    ]


def _size(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _card(number: int, stage: Stage) -> None:
    with st.container(border=True, height="stretch"):
        st.markdown(f"#### {number}. {stage.title}")
        st.caption(f"**{stage.shape}** · {stage.text}")
        shapes = picture_shapes(stage.picture)
        diagram(shapes, WIDTH, HEIGHT, f"{stage.title}: {stage.shape}", key=f"way {stage.title}")
        st.page_link(stage.page, label="**Look closer**", icon=":material/arrow_forward:")


def picture_shapes(picture: np.ndarray | list) -> list[Shape]:
    """A small picture: a matrix as colours, words as boxes, or answers as bars."""
    if isinstance(picture, np.ndarray):
        return cells(picture[:SHOWN_ROWS, :SHOWN_COLUMNS], 0, 4, WIDTH, HEIGHT - 8)
    if picture and isinstance(picture[0], str):
        return _pieces(picture)
    shapes = []
    for row, (name, probability) in enumerate(picture):
        y = 4 + row * 21
        shapes.append(box(90, y, max(1, probability * 90), 16, "end"))
        shapes.append(words(0, y + 8, cut_text(name, 13), "start"))
        shapes.append(words(186, y + 8, f"{probability:.0%}", "start soft"))
    return shapes


def _pieces(tokens: list[str]) -> list[Shape]:
    """Tokens as boxes in lines, as many as there is room for."""
    shapes: list[Shape] = []
    x = y = 4.0
    for index, token in enumerate(tokens):
        name = cut_text(token, 12)
        width = 12 + 7.5 * len(name)
        if x + width > WIDTH:
            x, y = 4.0, y + 26
        if y + 22 > HEIGHT:
            break
        kind = ("attention", "feed", "end", "cross")[index % 4]
        shapes += [box(x, y, width, 21, kind), words(x + width / 2, y + 11, name)]
        x += width + 4
    return shapes
