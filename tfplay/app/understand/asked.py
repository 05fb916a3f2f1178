"""What a visitor asks: the model and the text, which stand in the page's address too."""

import streamlit as st

from tfplay.app.model.choosing import choose_model
from tfplay.app.model.steps import choose_step
from tfplay.app.model.text_input import passage_and_question, text_to_try
from tfplay.store import Model

LONGEST_LINKED = 2000
"""Characters; a longer text is left out of the address."""


def model_asked(task: str, purpose: str) -> Model:
    """Lets the visitor choose a model and how far it is trained.

    Args:
        task: What it has learned.
        purpose: What it is for, as in "to classify texts with".
    """
    linked_id = st.query_params.get("run")
    model = choose_model(task, purpose=purpose)
    if model.id != linked_id:  # then the texts in the address are another model's
        for name in ("text", "second"):
            st.query_params.pop(name, None)
    return choose_step(model)


def text_asked(model: Model) -> str:
    """Lets the visitor write a text; it is kept in the address, `?text=...`."""
    keys = {"text": f"Text for {model.id}"}
    _fill_boxes(keys)
    text = text_to_try(model)
    _keep(keys)
    return text


def question_asked(model: Model) -> tuple[str, str]:
    """Lets the visitor write a passage, `?text=...`, and a question on it, `?second=...`."""
    keys = {"text": f"passage for {model.id}", "second": f"question for {model.id}"}
    _fill_boxes(keys)
    asked = passage_and_question(model)
    _keep(keys)
    return asked


def _fill_boxes(keys: dict[str, str]) -> None:
    """With the texts of an address that was opened just now, or with what was left there."""
    for name, key in keys.items():
        linked, kept = st.query_params.get(name), _kept().get(key)
        if linked is not None and linked != kept:
            st.session_state[key] = linked
        elif kept is not None:
            st.session_state.setdefault(key, kept)


def _keep(keys: dict[str, str]) -> None:
    for name, key in keys.items():
        text = _kept()[key] = st.session_state[key]
        if 0 < len(text) <= LONGEST_LINKED:
            st.query_params[name] = text
        else:
            st.query_params.pop(name, None)


def _kept() -> dict[str, str]:
    """What stood last in each box."""
    return st.session_state.setdefault("texts asked", {})
