"""The conversation as it is shown: its latest turns, and what can be done about each."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from tfplay.app.chat.current import current_id
from tfplay.app.chat.requests import ask
from tfplay.app.frame.snapshot import opened_snapshot
from tfplay.app.frame.visible import visible
from tfplay.app.widgets.component import load_component
from tfplay.store import Model
from tfplay.store.conversations import Conversation, Turn
from tfplay.text.report import counted

NOT_BY_MODEL = "Not written by the model"
AT_ONCE = 40
"""Turns that are shown of a long conversation, until more are asked for."""


def show_transcript(
    model: Model,
    conversation: Conversation,
    turns: Sequence[Turn],
    draw_xray: Callable[[Turn], None] | None = None,
) -> None:
    """Draws the latest turns of a branch, and what their replies say about themselves.

    Args:
        model: The one that is chosen; replies of another say so.
        conversation: The open one.
        turns: The branch.
        draw_xray: Draws the X-ray of the reply that the visitor has opened, below it; `None` while
            a reply to the last turn grows.
    """
    is_growing = draw_xray is None
    times_asked = st.session_state.get("turns shown", {}).get(current_id(), 0)
    earlier = max(0, len(turns) - (1 + times_asked) * AT_ONCE)
    seen_from = _last_facts(turns).get("seen_from")
    rows = [_row(model, conversation, turn, seen_from) for turn in turns[earlier:]]
    if rows and rows[-1]["role"] == "user" and not is_growing and not opened_snapshot():
        rows[-1]["actions"].insert(0, "reply")
    opened = [place for place, row in enumerate(rows, 1) if row["xray"]]
    cut = opened[0] if opened else len(rows)
    _draw("transcript", rows[:cut], earlier, is_growing)
    if opened and not is_growing:
        draw_xray(conversation.turns[rows[cut - 1]["id"]])
    if rows[cut:]:
        _draw("transcript below", rows[cut:], 0, is_growing)


def context_gauge(turns: Sequence[Turn]) -> None:
    """What still fits the model's context after the last reply, as it was counted then."""
    facts = _last_facts(turns)
    if facts:
        used, context = facts["read"] + facts["written"], facts["context"]
        st.progress(
            min(used / context, 1.0), room_text(used, context, turns, facts.get("seen_from"))
        )


def room_text(used: int, context: int, turns: Sequence[Turn], seen_from: int | None) -> str:
    """How many messages are forgotten, or how many more the context has room for.

    Args:
        used: Tokens that the last reply took, with all that it read.
        context: The most tokens.
        turns: The branch.
        seen_from: Id of the first turn that the reply could see; `None` if it saw all.

    Example:
        >>> room_text(
        ...     64, 256, [Turn(0, None, "user", "Hello."), Turn(1, 0, "assistant", "Hi.")], None
        ... )
        'Room for about 6 more messages: 64 of 256 tokens are used.'
    """
    tokens = f"{used:,} of {context:,} tokens are used."
    forgotten = next((place for place, turn in enumerate(turns) if turn.id == seen_from), 0)
    if forgotten:
        first = "first message is" if forgotten == 1 else f"first {forgotten:,} messages are"
        return f"The {first} forgotten, and with each new message more will be: {tokens}"
    room = (context - used) * len(turns) // used
    if not room:
        return f"With the next message the first ones are forgotten: {tokens}"
    return f"Room for about {counted(room, 'more message')}: {tokens}"


def _last_facts(turns: Sequence[Turn]) -> dict[str, Any]:
    """What was measured while the last reply was written; nothing of one from a file."""
    replies = [turn for turn in turns if turn.role == "assistant"]
    replies = [turn for turn in replies if turn.facts.get("is_by_model", True)]
    return replies[-1].facts if replies else {}


def _row(
    model: Model, conversation: Conversation, turn: Turn, seen_from: int | None
) -> dict[str, Any]:
    """What the component shows of a turn."""
    return {
        "id": turn.id,
        "role": turn.role,
        "text": visible(turn.content),
        "raw": turn.content,
        "siblings": conversation.following(turn.parent),
        "actions": _actions(conversation, turn),
        "facts": _facts_text(turn.facts, model) if turn.facts else "",
        "doubt": visible(turn.facts.get("doubt", "")),
        "speaker": "" if turn.facts.get("is_by_model", True) else NOT_BY_MODEL,
        "xray": st.session_state.get("turn under X-ray") == (current_id(), turn.id),
        "mark": "The last reply could not see what stands above: it no longer fit the context"
        if turn.id == seen_from
        else "",
    }


def _actions(conversation: Conversation, turn: Turn) -> list[str]:
    if opened_snapshot():
        return ["copy"] if turn.role == "user" else ["copy", "xray"]
    if turn.role == "user":
        return ["edit", "copy", "remove"]
    answers = turn.parent is not None and conversation.turns[turn.parent].role == "user"
    again = ["regenerate"] if answers and turn.facts.get("is_by_model", True) else []
    return [*again, "copy", "xray", "remove"]


def _facts_text(facts: dict[str, Any], model: Model) -> str:
    """What a reader should know of a reply: who wrote it, and whether it was cut."""
    if not facts.get("is_by_model", True):
        return NOT_BY_MODEL
    parts = []
    if facts["finish_reason"] != "stop":
        reasons = {"length": "cut at its longest", None: "stopped"}
        parts.append(reasons[facts["finish_reason"]])
    if facts["run"] != model.id:
        parts.append(f"by {visible(facts['model'])}")
    return " · ".join(parts)


def timings_text(facts: dict[str, Any]) -> str:
    """What was measured while a reply was written, in a line."""
    parts = [counted(facts["written"], "token")]
    if "tokens_per_second" in facts:
        parts.append(f"{facts['tokens_per_second']:,.0f} tokens/s")
    if "first_after" in facts:
        parts.append(f"first after {facts['first_after']:.2f} s")
    if facts["temperature"]:
        parts.append(f"temperature {facts['temperature']:g}")
    return " · ".join(parts)


def _draw(key: str, rows: list[dict[str, Any]], earlier: int, is_growing: bool) -> None:
    component = load_component(__file__)
    component(
        key=key,
        data={"turns": rows, "earlier": earlier, "growing": is_growing},
        on_request_change=lambda: _take(st.session_state[key]["request"]),
    )


def _take(request: dict[str, Any]) -> None:
    if request["do"] != "look":  # just to have the page run, perhaps with another request
        ask(**request)
