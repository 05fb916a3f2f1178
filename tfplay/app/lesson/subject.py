"""One model and one sentence for all Learn pages, kept in the session and in the address."""

from typing import Any, NamedTuple

import streamlit as st

from tfplay.app.frame.state import begin_with
from tfplay.app.frame.text_box import longest_read, text_box
from tfplay.app.model.choosing import choose_model
from tfplay.app.model.examples import examples_of
from tfplay.app.model.loading import load_trained
from tfplay.app.model.steps import choose_step
from tfplay.app.model.text_input import example_buttons
from tfplay.store import Model
from tfplay.tasks import TASKS, TrainedModel

TEXT_TASKS = tuple(name for name, task in TASKS.items() if task.about.reads_text)
MOST_EXAMPLES = 3


class Subject(NamedTuple):
    """What a Learn page looks into."""

    model: Model
    text: str
    """What the model reads; empty for one that reads pictures."""
    second: str
    """What a translator or a chat model is to have written, or the question to a passage."""

    @property
    def task(self) -> str:
        """What the model has learned."""
        return self.model.task

    @property
    def text_key(self) -> str:
        """The key in `st.session_state` by which a `tries` button changes the text."""
        return _key("text", self.model)

    def load(self) -> TrainedModel:
        """The model with its tokenizer and labels, from the cache."""
        return load_trained(self.model)


def choose_subject(*tasks: str) -> Subject:
    """Lets the visitor choose the model, how far it is trained, and what it reads.

    The choice holds for all Learn pages and stands in the address, `?run= &step= &text= &second=`:
    whoever opens it sees the same.

    Args:
        *tasks: What the model may have learned; all that read text if there are none. The
            sentence of a model that reads pictures is empty.
    """
    left, right = st.columns(2)
    linked_id = st.query_params.get("run")
    with left:
        model = choose_model(*(tasks or TEXT_TASKS), purpose="to look into")
        model = choose_step(model)
    texts = {"text": "", "second": ""}
    if model.task in TEXT_TASKS:
        if linked_id == model.id:  # otherwise the texts in the address are another model's
            _take_over_linked(model)
        with right:
            texts |= _write_texts(model)
    for name, text in texts.items():
        if text:
            st.query_params[name] = text
        else:
            st.query_params.pop(name, None)
    return Subject(model, texts["text"], texts["second"].strip())


def _write_texts(model: Model) -> dict[str, str]:
    """The boxes for what this model reads, filled with what was there, or with an example."""
    about = TASKS[model.task].about
    examples = [_as_texts(example) for example in examples_of(model)]
    first = examples[0] if examples else {}
    fields = {"text": about.text_label}
    if about.second_label:
        fields["second"] = about.second_label
    texts = {}
    for name, label in fields.items():
        key, kept = _key(name, model), _kept(name)
        begin_with(key, kept.get(model.id, first.get(name, "")))
        if name == "text":
            text = text_box(label, key, longest_read(model), height=80)
        else:
            text = text_box(
                label, key, longest_read(model), st.text_input, placeholder=about.second_help
            )
        texts[name] = kept[model.id] = text
    if len(examples) > 1:
        choices = {
            example.get("second") or example["text"]: {
                _key(name, model): text for name, text in example.items()
            }
            for example in examples[:MOST_EXAMPLES]
        }
        example_buttons(choices, _key("text", model))
    return texts


def _take_over_linked(model: Model) -> None:
    """Puts the texts of an address that was opened just now into their boxes."""
    for name in ("text", "second"):
        linked = st.query_params.get(name)
        if linked is not None and linked != _kept(name).get(model.id):
            st.session_state[_key(name, model)] = linked


def _as_texts(example: Any) -> dict[str, str]:
    if isinstance(example, str):
        return {"text": example}
    return {"text": example["context"], "second": example["question"]}


def _kept(name: str) -> dict[str, str]:
    """What stood last in the box of that name, by the model's id."""
    return st.session_state.setdefault(f"lesson {name}", {})


def _key(name: str, model: Model) -> str:
    return f"{name} of {model.id}"
