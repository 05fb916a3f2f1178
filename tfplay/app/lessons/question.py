"""A step's question while it is written; its answer is computed when the teacher asks for it."""

import json
from inspect import Parameter

import streamlit as st

from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.text_box import LONGEST_LINKED
from tfplay.app.frame.visible import shown
from tfplay.app.lessons.fields import (
    Change,
    change_lesson,
    field,
    field_key,
    step_setting,
    text_field,
)
from tfplay.app.model.choosing import model_labels, models_at_hand
from tfplay.app.model.loading import load_trained
from tfplay.lessons import Draft, StepDraft, computation_arguments, computed_answer
from tfplay.lessons.answers import check_computation
from tfplay.lessons.lesson import LONGEST_CHOICE, LONGEST_WORDS, MOST_CHOICES

ANSWERS = {
    "next_token": "The likeliest next token",
    "answer": "The model's answer: a translation, a class, a next token",
    "token_count": "How many tokens the text falls into",
    "most_attended": "The token that another looks at most",
    "settled_block": "The block after which the answer is settled",
    "settled_step": "The step of training after which the answer is settled",
    "nearest_token": "The token with the nearest embedding",
    "loss_change": "Whether the loss of the training falls or rises",
}
"""What a model can be asked, in words."""
_COMPUTED = "computed answers"


def question_editor(lesson_id: str, step: StepDraft) -> None:
    """The question's fields, and the answer once it was asked for."""
    _text("Question", lesson_id, step, "asks", placeholder="Which word does “it” look at most?")
    field(
        *(st.selectbox, "Answer: what the model is asked", lesson_id, f"compute of {step.id}"),
        *(step.compute, step_setting(step, "compute")),
        options=list(ANSWERS),
        format_func=ANSWERS.__getitem__,
    )
    _arguments(lesson_id, step)
    _choices(lesson_id, step)
    _text("Feedback", lesson_id, step, "feedback", placeholder="Said after the guess.")
    with errors_shown(then_stop=False):
        _answer(lesson_id, step)


def _text(label: str, lesson_id: str, step: StepDraft, name: str, **looks: str) -> None:
    text_field(
        *(label, lesson_id, f"{name} of {step.id}", getattr(step, name), step_setting(step, name)),
        LONGEST_WORDS,
        st.text_area,
        height=68,
        **looks,
    )


def _arguments(lesson_id: str, step: StepDraft) -> None:
    """What the computation takes; what stays empty is as the step's link has it."""
    with st.container(horizontal=True):
        for name, parameter in computation_arguments(step.compute).items():
            _argument(lesson_id, step, name, is_needed=parameter.default is Parameter.empty)


def _argument(lesson_id: str, step: StepDraft, name: str, is_needed: bool) -> None:
    kept, change = step.arguments.get(name, ""), _argument_setting(step, name)
    key = f"{name} for {step.compute} of {step.id}"
    linked = step.linked_argument(name) if is_needed else ""
    usual = f"{linked} (as the link has it)" if linked else ""
    if name != "model":
        label = name.capitalize() + ("" if is_needed else " (may be empty)")
        text_field(label, lesson_id, key, kept, change, LONGEST_LINKED, placeholder=usual)
        return
    labels = model_labels(models_at_hand()) | {"": usual or "Choose a model"}
    field(
        *(st.selectbox, "Model", lesson_id, key, kept, change),
        options=list(dict.fromkeys(["", *labels, kept])),
        format_func=lambda model_id: labels.get(model_id, model_id),
    )


def _choices(lesson_id: str, step: StepDraft) -> None:
    def change(draft: Draft, text: str) -> None:
        lines = map(str.strip, text.splitlines())
        draft.step(step.id).choices = [line for line in lines if line]

    text_field(
        *("Choices, one a line", lesson_id, f"choices of {step.id}", "\n".join(step.choices)),
        *(change, MOST_CHOICES * (LONGEST_CHOICE + 1), st.text_area),
        height=120,
        help=f"2 to {MOST_CHOICES}; the model's answer must be one of them.",
    )


def _answer(lesson_id: str, step: StepDraft) -> None:
    computation = step.computation()
    computed = st.session_state.setdefault(_COMPUTED, {})
    asked = json.dumps(computation)
    if st.button("Compute the answer", icon=":material/calculate:", key=f"compute {step.id}"):
        check_computation(computation)
        with st.spinner("The model answers …", show_time=True):
            computed[asked] = computed_answer(computation, load_trained)
    if asked not in computed:
        return
    answer = computed[asked]
    st.markdown(f"The model's answer: **{shown(answer)}**")
    if answer not in step.choices:
        st.caption("It is not among the choices yet.")
        st.button(
            "Add it to the choices",
            icon=":material/add:",
            key=f"add answer {step.id}",
            on_click=_add_choice,
            args=(lesson_id, step, answer),
        )


def _add_choice(lesson_id: str, step: StepDraft, answer: str) -> None:
    choices = [*step.choices, answer]
    change_lesson(lesson_id, lambda draft: step_setting(step, "choices")(draft, choices))
    st.session_state[field_key(lesson_id, f"choices of {step.id}")] = "\n".join(choices)


def _argument_setting(step: StepDraft, name: str) -> Change:
    return lambda draft, value: draft.step(step.id).arguments.update({name: value})
