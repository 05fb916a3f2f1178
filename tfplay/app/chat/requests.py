"""What a visitor asks for on the Chat page, carried out before the page is drawn."""

from typing import Any, NamedTuple

import streamlit as st

from tfplay.app.chat.current import (
    NEW_SYSTEM,
    begin_conversation,
    change_conversation,
    current_id,
    go_to,
    my_conversations,
)
from tfplay.app.frame.snapshot import opened_snapshot
from tfplay.app.frame.visitor import visitor
from tfplay.classroom import require_unlocked
from tfplay.errors import InputError
from tfplay.store.conversations import Conversation, Turn
from tfplay.store.digest import digest
from tfplay.text.words import normalize

LONGEST_MESSAGE = 20_000  # characters
_KEY = "chat request"


class Wanted(NamedTuple):
    """A reply that is asked for.

    Attributes:
        after: The turn that is answered.
        begun: What the reply begins with already.
        undo: For a message that the model may not be able to read: where the conversation stood
            before it.
    """

    after: int
    begun: str = ""
    undo: "Undo | None" = None


class Undo(NamedTuple):
    """How it was before a message was said.

    Attributes:
        last: Where the branch ended that was shown.
        is_draft: Whether the message goes back to where it was written.
    """

    last: int | None
    is_draft: bool = False


def ask(do: str, **what: Any) -> None:
    """Has something done when the page runs next: a callback of its widgets."""
    st.session_state[_KEY] = {"do": do, **what}


def take_request() -> Wanted | None:
    """Does what was asked for.

    Returns:
        The reply that it needs, if any. What cannot be done leaves the conversation as it was, and
        the page says why.
    """
    request = st.session_state.pop(_KEY, None)
    if request is None or request["do"] not in _DO:
        return None
    if opened_snapshot() and request["do"] not in _LOOKING:
        return None
    forget_outcome()
    try:
        if request["do"] not in _LOOKING:
            require_unlocked("chat", digest(visitor()))
        return _DO[request["do"]](request)
    except InputError as error:
        st.session_state["chat error"] = str(error)
        if request["do"] == "say":
            st.session_state["draft"] = request["text"]
        return None


def look() -> None:
    """Does what changes only how much of the conversation is shown, in a fragment of the page.

    The whole page runs again for anything else that is asked for.
    """
    request = st.session_state.get(_KEY)
    if request is None:
        return
    if request["do"] not in _LOOKING:
        st.rerun()
    take_request()


def forget_outcome() -> None:
    """What went wrong with the last request is told until the next."""
    for key in ("chat error", "chat note"):
        st.session_state.pop(key, None)


def take_back(wanted: Wanted) -> None:
    """Takes back the message that the model cannot read, and what there is only because of it."""
    if wanted.undo is None:
        return
    with change_conversation() as conversation:
        conversation.remove(wanted.after)
        conversation.last = wanted.undo.last
    if not conversation.turns:
        st.session_state[NEW_SYSTEM] = conversation.system
        my_conversations().delete(current_id())
        go_to(None)


def _say(request: dict[str, Any]) -> Wanted:
    text = _checked(request["text"])
    begin_conversation()
    with change_conversation() as conversation:
        before = conversation.last
        return Wanted(conversation.add("user", text, after=before).id, undo=Undo(before, True))


def _edit(request: dict[str, Any]) -> Wanted:
    text = _checked(request["text"])
    with change_conversation() as conversation:
        before = conversation.last
        parent = _turn(conversation, request).parent
        return Wanted(conversation.add("user", text, after=parent).id, undo=Undo(before))


def _instruct(request: dict[str, Any]) -> None:
    text = _checked(request["text"]) if request["text"].strip() else ""
    if current_id() is None:
        st.session_state[NEW_SYSTEM] = text
        return
    with change_conversation() as conversation:
        conversation.system = text


def _reply(request: dict[str, Any]) -> Wanted:
    return Wanted(_turn(my_conversations().open(current_id()), request).id)


def _regenerate(request: dict[str, Any]) -> Wanted:
    turn = _turn(my_conversations().open(current_id()), request)
    return Wanted(turn.parent, request.get("text", ""))


def _show(request: dict[str, Any]) -> None:
    with change_conversation() as conversation:
        conversation.show(_turn(conversation, request).id)


def _remove(request: dict[str, Any]) -> None:
    with change_conversation() as conversation:
        conversation.remove(_turn(conversation, request).id)


def _earlier(request: dict[str, Any]) -> None:
    shown = st.session_state.setdefault("turns shown", {})
    shown[current_id()] = shown.get(current_id(), 0) + 1


def _xray(request: dict[str, Any]) -> None:
    chosen = (current_id(), request["turn"])
    is_open = st.session_state.get("turn under X-ray") == chosen
    st.session_state["turn under X-ray"] = None if is_open else chosen


_DO = {
    "say": _say,
    "edit": _edit,
    "instruct": _instruct,
    "reply": _reply,
    "regenerate": _regenerate,
    "show": _show,
    "remove": _remove,
    "earlier": _earlier,
    "xray": _xray,
}
_LOOKING = ("earlier", "xray")


def _turn(conversation: Conversation, request: dict[str, Any]) -> Turn:
    if request["turn"] not in conversation.turns:
        raise InputError("This message is not there any more; another tab may have deleted it.")
    return conversation.turns[request["turn"]]


def _checked(text: str) -> str:
    if not text.strip():
        raise InputError("The message is empty; write at least a word.")
    if len(text) > LONGEST_MESSAGE:
        raise InputError(
            f"The message has {len(text):,} characters; the most is {LONGEST_MESSAGE:,}."
        )
    return normalize(text)
