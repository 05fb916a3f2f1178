"""Texts to try a model on, with examples at hand."""

import streamlit as st

from tfplay.app.frame.layout import plain
from tfplay.app.frame.text_box import longest_read, text_box
from tfplay.app.model.examples import examples_of
from tfplay.cutting import cut_text
from tfplay.store import Model

LONGEST_LABEL = 48  # characters


def text_to_try(model: Model, label: str = "Text", height: int = 110) -> str:
    """Lets the visitor write a text, or take one of the model's examples.

    Args:
        model: The model that will read it; the first of its examples stands there at first.
        label: What the text is.
        height: Of the box, in pixels.
    """
    key = f"{label} for {model.id}"
    examples = [example for example in examples_of(model) if isinstance(example, str)]
    st.session_state.setdefault(key, examples[0] if examples else "")
    text = text_box(label, key, longest_read(model), height=height)
    if len(examples) > 1:
        example_buttons({example: {key: example} for example in examples}, key)
    return text


def passage_and_question(model: Model) -> tuple[str, str]:
    """Lets the visitor write a passage and a question on it, or take one of the model's examples.

    Args:
        model: The model that will read them; its examples are dictionaries.
    """
    examples = examples_of(model)
    passage_key, question_key = f"passage for {model.id}", f"question for {model.id}"
    first = examples[0] if examples else {"context": "", "question": ""}
    st.session_state.setdefault(passage_key, first["context"])
    st.session_state.setdefault(question_key, first["question"])
    context = text_box("Passage", passage_key, longest_read(model), height=150)
    question = text_box("Question", question_key, longest_read(model), st.text_input)
    if len(examples) > 1:
        choices = {
            example["question"]: {
                passage_key: example["context"],
                question_key: example["question"],
            }
            for example in examples
        }
        example_buttons(choices, question_key)
    return context, question


def example_buttons(choices: dict[str, dict[str, str]], key: str) -> None:
    """A row of buttons, each of which fills widgets: their texts by their keys."""
    with st.container(horizontal=True, gap="small"):
        for number, (name, texts) in enumerate(choices.items()):
            st.button(
                plain(cut_text(name, LONGEST_LABEL)),
                key=f"{key} example {number}",
                on_click=st.session_state.update,
                args=(texts,),
            )
