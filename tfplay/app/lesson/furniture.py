"""What the Learn pages have in common: views to choose, things to try, where numbers are from."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tfplay.app.frame.address import begin_linked, keep_linked
from tfplay.app.frame.layout import controls, plain
from tfplay.app.frame.snapshot import opened_snapshot
from tfplay.app.frame.state import choose_one, one_of
from tfplay.app.lesson.subject import Subject
from tfplay.app.sharing import share


def choose_view(names: Sequence[str], label: str = "View", **looks: Any) -> str:
    """Lets the visitor choose one of the page's views; one but the first is in the address.

    Args:
        names: The views, unlike those of any other page.
        label: What is chosen.
        **looks: As `choose_one` takes them.
    """
    key = f"view {names[0]}"
    with controls(key):
        looks = {"label_visibility": "collapsed"} | looks
        return choose_one(label, names, names[0], key, link="view", **looks)


def view_tabs(names: Sequence[str]) -> Sequence[DeltaGenerator]:
    """A tab for each of the page's views; another open one than the first is in the address.

    Args:
        names: The views, unlike those of any other page.
    """
    key = begin_linked("view", f"view {names[0]}", names[0], one_of(names), names)
    tabs = st.tabs(names, key=key, on_change="rerun")
    keep_linked("view", key, names[0])
    return tabs


def below_picture(name: str, words: str, *formulas: str) -> DeltaGenerator:
    r"""The row below a picture: "Why?", "How" and sharing; its exports may be drawn in it, too.

    Args:
        name: The picture's; unlike any other's on the page.
        words: What the picture shows and why that matters, in Markdown; empty where that stands
            beside it.
        *formulas: How it is computed, in LaTeX.

    Example::

        with below_picture("norms", "Each row is brought to mean 0.", r"x - \mu"):
            exports("norms", figure, rows)
    """
    row = st.container(key=f"below {name}", horizontal=True, gap="small")
    with row:
        if words:
            with st.popover("Why?", icon=":material/help:"):
                st.markdown(words)
        if formulas:
            with st.popover("How", icon=":material/function:"):
                for formula in formulas:
                    st.latex(formula)
        share(name)
    return row


def tries(choices: Mapping[str, Mapping[str, Any]]) -> None:
    """The row "what to try": buttons that set widgets, of this view or of another.

    A snapshot has none.

    Args:
        choices: By what the button says, unlike any other on the page: values by widgets' keys.

    Example:
        >>> tries({"Say it twice": {subject.text_key: "moon river moon river"}})
    """
    if opened_snapshot():
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption("Try", width="content")
        for label, values in choices.items():
            update = st.session_state.update
            if st.button(plain(label), key=f"try {label}", on_click=update, args=(dict(values),)):
                st.rerun()  # all of the page, also from within a fragment


def source_caption(subject: Subject, what: str, of_input: bool = True) -> None:
    """Says from which model, step and sentence the numbers are.

    Args:
        subject: The model and its sentence.
        what: What was computed, in Markdown.
        of_input: Whether the sentence plays a part.
    """
    model = f"**{plain(subject.model.title)}**"
    step = "" if subject.model.step is None else f" after step {subject.model.step:,}"
    read = "text" if subject.text else "picture"
    source = f" from the {read} above" if of_input else ""
    st.caption(f"Computed by {model}{step}{source}: {what}")
