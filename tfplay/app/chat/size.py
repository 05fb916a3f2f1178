"""The last message answered by another model too: what does its size buy?"""

import time
from contextlib import closing
from math import log

import streamlit as st

from tfplay.app.chat.current import current_id
from tfplay.app.chat.replying import grow, speed
from tfplay.app.frame.layout import errors_shown, fragment, metrics_row, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.visible import visible
from tfplay.app.model.choosing import model_labels, usable_models
from tfplay.app.model.loading import load_trained
from tfplay.chat import Reply
from tfplay.config import DecodingConfig
from tfplay.store import Model
from tfplay.store.conversations import Conversation, Turn
from tfplay.text import Message

_ANSWERS = "answers of other models"  # in the session, by conversation, turn and model


@fragment
def compare_sizes(conversation: Conversation, turns: list[Turn], config: DecodingConfig) -> None:
    """Lets a model of another size answer the last message, beside the reply that it has.

    The conversation stays as it is. Nothing is drawn where no model has replied, or there is only
    one.

    Args:
        conversation: The open one.
        turns: The branch that is shown.
        config: How replies are chosen.
    """
    if not turns or turns[-1].role != "assistant":
        return
    reply = turns[-1]
    models = usable_models(("chat", "language-model"))
    first = models.get(reply.facts.get("run", ""))
    others = [model for model in models.values() if model is not first]
    if first is None or not others:
        return
    others.sort(key=lambda model: -abs(log(model.parameters / first.parameters)))
    with st.expander("How much does size buy?", icon=":material/balance:"):
        other, is_asked = _choose(others)
        left, right = st.columns(2, gap="medium")
        with left:
            _draw_answer(first, reply.content, reply.facts)
        answers = st.session_state.setdefault(_ANSWERS, {})
        place = (current_id(), reply.id, other.id)
        with right, errors_shown(then_stop=False):
            if is_asked:
                answers[place] = _answer(other, conversation.messages(reply.parent), config)
            if place in answers:
                _draw_answer(other, *answers[place])
                st.caption(_ratio(first, other))


def _choose(others: list[Model]) -> tuple[Model, bool]:
    """The other model, at first the one whose size differs most, and whether it shall answer."""
    by_id = {model.id: model for model in others}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = choose_one(
            *("Another model", list(by_id), others[0].id, "other chat model", st.selectbox),
            link="other_model",
            format_func=model_labels(others).get,
        )
        is_asked = st.button("Let it answer the same message", icon=":material/reply:")
    return by_id[chosen], is_asked


def _answer(
    model: Model, messages: list[Message], config: DecodingConfig
) -> tuple[str, dict[str, float]]:
    """The model's reply, shown while it grows, and how fast it was written."""
    place = st.empty()
    trained = load_trained(model)
    text, times = "", [time.perf_counter()]
    with closing(Reply(trained, messages, config)) as reply:
        for piece in grow(reply, place):
            times.append(time.perf_counter())
            text += piece
    place.empty()
    return text, speed(times, len(reply.token_ids))


def _draw_answer(model: Model, text: str, facts: dict[str, float]) -> None:
    st.markdown(f"**{plain(model.title)}**")
    st.text(visible(text))
    known = {"Parameters": f"{model.parameters:,}"}
    if "tokens_per_second" in facts:
        known["Tokens/s"] = f"{facts['tokens_per_second']:,.0f}"
    metrics_row(known)


def _ratio(first: Model, other: Model) -> str:
    smaller, larger = sorted((first, other), key=lambda model: model.parameters)
    return (
        f"{plain(larger.title)} has {larger.parameters / smaller.parameters:,.1f} times the "
        f"parameters of {plain(smaller.title)}. What each was trained on differs too."
    )
