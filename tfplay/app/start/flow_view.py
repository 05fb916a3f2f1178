"""The demonstration: a sentence on its way through one of the three architectures."""

from typing import Any

import streamlit as st

from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.snapshot import opened_snapshot
from tfplay.app.frame.state import choose_one
from tfplay.app.lesson import Subject, choose_sentence, source_caption, traced
from tfplay.app.start.architectures import ADDRESS, ARCHITECTURES, Architecture
from tfplay.app.start.stages import WHOLE, opened_page, stages_of
from tfplay.app.widgets.flow import OpenedPart, flow_picture
from tfplay.showing.flow import Flow, example_flow, flow_of
from tfplay.store import open_model


def flow_view() -> Subject:
    """Draws the sentence's way, and goes to the page of the stage that the visitor opens.

    Architecture, sentence and stage stand in the address: `?architecture= &text= &stage=`.

    Returns:
        The model and the sentence.
    """
    names = list(ARCHITECTURES)
    with st.container(key="subject", horizontal=True, gap="small", vertical_alignment="center"):
        name = choose_one(
            "Architecture",
            names,
            names[0],
            "start architecture",
            link=ADDRESS,
            format_func=lambda each: ARCHITECTURES[each].label,
            label_visibility="collapsed",
            width="content",
        )
        architecture = ARCHITECTURES[name]
        example = example_flow(architecture.model)
        opened = opened_snapshot()
        model = opened.model if opened else open_model(architecture.model)
        subject = choose_sentence(model, example.text)
    with errors_shown():
        is_example = model.origin == "shipped" and subject.text == example.text
        flow = example if is_example else _flow(subject)
    _draw(flow, subject, architecture)
    source_caption(subject, architecture.text)
    return subject


def _flow(subject: Subject) -> Flow:
    found = traced(subject)
    return flow_of(subject.load(), subject.text, found.reading, found.trace)


def _draw(flow: Flow, subject: Subject, architecture: Architecture) -> None:
    stages = stages_of(flow)
    opened: OpenedPart | None = None

    def draw(label: str, options: list[str], key: str, **looks: Any) -> str:
        nonlocal opened
        opened = flow_picture(
            flow.to_json(),
            stages,
            st.session_state[key],
            architecture.answer,
            key="flow",
            on_choose=lambda stage: st.session_state.update({key: stage}),
        )
        return st.session_state[key]

    names = [stage.id for stage in stages]
    choose_one("Stage", names, WHOLE, "start stage", draw, link="stage")
    if opened:
        page, query = opened_page(flow, opened)
        st.switch_page(page, query_params={"run": subject.model.id, "text": subject.text} | query)
