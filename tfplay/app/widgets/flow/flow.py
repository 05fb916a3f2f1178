"""A sentence's way through a model, in one moving picture."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import streamlit as st

from tfplay.app.widgets.component import load_component, run_again


class Stage(NamedTuple):
    """A part of the way that can be looked at by itself."""

    id: str
    """"whole", "tokens", "embeddings", "attention", "blocks" or "answer"."""
    label: str
    """On its button."""
    text: str
    """What is seen there."""
    door: str
    """Where more of it can be seen."""


class OpenedPart(NamedTuple):
    """What the visitor wants to see more of."""

    stage: str
    """The id of a `Stage`."""
    lane: int = 0
    """The stack, counted from 0."""
    layer: int = 0
    """The block, counted from 1; 0 is none in particular."""
    head: int = 0
    """The head, counted from 1; 0 is all."""


def flow_picture(
    flow: dict[str, Any],
    stages: Sequence[Stage],
    stage: str,
    answer: str,
    key: str,
    on_choose: Callable[[str], None],
) -> OpenedPart | None:
    """Draws a sentence's way from its tokens to the answer; points travel along the attention.

    The pointer or the keyboard's focus on a token, a vector or an answer tells its numbers, a press
    keeps them there.

    Args:
        flow: As `tfplay.showing.flow.Flow.to_json` writes it.
        stages: The stages; the first is the whole.
        stage: The id of the one that is looked at.
        answer: The title of the answers.
        key: Tells several of them apart.
        on_choose: Called with the id of the stage that is chosen before the page runs again.

    Returns:
        What the visitor has just asked to see more of, if anything.
    """

    def choose() -> None:
        on_choose(st.session_state[key]["chosen"])

    data = {"flow": flow, "stages": [each._asdict() for each in stages], "answer": answer}
    opened = load_component(__file__)(
        key=key,
        data=data | {"stage": stage},
        on_chosen_change=choose,
        on_opened_change=run_again,
    )["opened"]
    return OpenedPart(**opened) if opened else None
