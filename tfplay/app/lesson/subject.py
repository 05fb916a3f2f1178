"""One model and one sentence for all pages, in one bar, kept in the session and in the address."""

from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st

from tfplay.app.frame.address import begin_linked, keep_linked, write_address
from tfplay.app.frame.layout import plain
from tfplay.app.frame.snapshot import opened_snapshot
from tfplay.app.frame.text_box import linked_text, longest_read, text_box
from tfplay.app.model.choosing import choose_model
from tfplay.app.model.examples import examples_of
from tfplay.app.model.loading import load_trained
from tfplay.app.model.steps import choose_step, wanted_step
from tfplay.app.widgets.live_typing import send_while_typing
from tfplay.cutting import cut_text
from tfplay.store import Model
from tfplay.tasks import TASKS, TrainedModel

TEXT_TASKS = tuple(name for name, task in TASKS.items() if task.about.reads_text)
MODEL_KEY = "model to look into"
"""The key in `st.session_state` by which a `tries` button changes the Learn pages' model."""
LONGEST_LABEL = 60
"""Characters of an example in the menu."""


class Subject(NamedTuple):
    """What a page looks into."""

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


def choose_subject(
    *tasks: str,
    purpose: str = "to look into",
    preferred: str | None = None,
    may_force: bool = True,
) -> Subject:
    """The bar in which the visitor chooses the model, how far it is trained, and what it reads.

    The choice holds for all pages and stands in the address, `?run= &step= &text= &second=`:
    whoever opens it sees the same.

    Args:
        *tasks: What the model may have learned; all that read text if there are none. The
            sentence of a model that reads pictures is empty.
        purpose: What the model is for, as in "to translate with".
        preferred: The model that is proposed at first, as `choose_model` takes it.
        may_force: Whether the visitor may say what a model that writes is to have written.
    """
    with st.container(key="subject"):
        left, right = st.columns([2, 3])
        with left, st.container(horizontal=True, gap="small"):
            model = choose_model(*(tasks or TEXT_TASKS), purpose=purpose, preferred=preferred)
            model = _choose_step(model)
        texts: dict[str, str] = {}
        if model.task in TEXT_TASKS:
            with right, st.container(horizontal=True, gap="small"):
                texts = _write_texts(model, may_force)
    for name in {"text", "second"} - texts.keys():
        write_address(name, None)  # it is another model's
    return Subject(model, texts.get("text", ""), texts.get("second", "").strip())


def choose_sentence(model: Model, example: str) -> Subject:
    """The box for a text that this model reads, which all pages keep, and the address has.

    Args:
        model: One that reads a single text.
        example: What stands there at first.
    """
    label = TASKS[model.task].about.text_label
    text = _write("text", label, model, {"text": example}, st.text_area, height="content")
    send_while_typing(label)
    return Subject(model, text, "")


def _choose_step(model: Model) -> Model:
    """The slider over the steps of the training, behind a button that says which one it is."""
    if len(model.steps()) < 2:
        return choose_step(model)
    with st.popover(f"Step {wanted_step(model):,}", icon=":material/history:", key="step popover"):
        return choose_step(model)


def _write_texts(model: Model, may_force: bool) -> dict[str, str]:
    """The boxes for what this model reads, filled with what was there, or with an example."""
    about = TASKS[model.task].about
    examples = [_as_texts(example) for example in examples_of(model)]
    first = examples[0] if examples else {}
    texts = {"text": _write("text", about.text_label, model, first, st.text_area, height="content")}
    send_while_typing(about.text_label)
    if about.second_help and may_force:
        with st.popover(about.second_label, icon=":material/edit_note:"):
            texts["second"] = _write(
                *("second", about.second_label, model, first, st.text_input),
                placeholder=about.second_help,
            )
    elif about.second_label and not about.second_help:  # it cannot be left out
        texts["second"] = _write("second", about.second_label, model, first, st.text_input)
    if len(examples) > 1 and not opened_snapshot():
        _choose_example(examples, model)
    return texts


def _write(
    name: str,
    label: str,
    model: Model,
    first: dict[str, str],
    draw: Callable[..., str],
    **looks: Any,
) -> str:
    key, example = _key(name, model), first.get(name, "")
    text_box(label, begin_linked(name, key, example, str), longest_read(model), draw, **looks)
    # The address says the example, too: it may be another one on another day.
    return keep_linked(name, key, None if example else "", linked_text)


def _choose_example(examples: list[dict[str, str]], model: Model) -> None:
    """A menu whose entries fill the boxes."""
    menu = f"examples of {model.id}"

    def take() -> None:
        chosen = examples[st.session_state[menu]]
        st.session_state.update({_key(name, model): text for name, text in chosen.items()})

    st.menu_button(
        *("Examples", range(len(examples))),
        key=menu,
        format_func=_example_labels(examples).__getitem__,
        on_click=take,
    )


def _example_labels(examples: list[dict[str, str]]) -> list[str]:
    """What the menu calls each, in Markdown: the beginning of a text, or a question.

    No two may be the same: those that are have their numbers.
    """
    texts = [cut_text(each.get("second") or each["text"], LONGEST_LABEL) for each in examples]
    return [
        plain(text if texts.count(text) == 1 else f"{number}. {text}")
        for number, text in enumerate(texts, start=1)
    ]


def _as_texts(example: Any) -> dict[str, str]:
    if isinstance(example, str):
        return {"text": example}
    return {"text": example["context"], "second": example["question"]}


def _key(name: str, model: Model) -> str:
    return f"{name} of {model.id}"
