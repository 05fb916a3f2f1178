"""The list of conversations in the sidebar: search, open, begin, import."""

import streamlit as st

from tfplay.app.chat.current import NEW_SYSTEM, current_id, go_to, my_conversations
from tfplay.app.chat.requests import forget_outcome
from tfplay.app.frame.layout import errors_shown, plain
from tfplay.app.frame.locks import upload
from tfplay.app.frame.text_box import LONGEST_LINE, text_box
from tfplay.app.frame.visible import shown, visible
from tfplay.app.frame.visitor import expiry_notice
from tfplay.store.conversations import MAX_BYTES, Entry, read_conversations
from tfplay.text import Report

MOST_SHOWN = 30
_TOLD = "told of an import"


def conversation_list() -> None:
    """Draws the visitor's conversations in the sidebar.

    It is part of the page's run: to choose another conversation stops a reply that grows.
    """
    with st.sidebar, st.container(key="conversations", gap="small"):
        with st.container(horizontal=True):
            st.button(
                "New chat",
                icon=":material/edit_square:",
                width="stretch",
                on_click=_open,
                args=(None,),
            )
            _importing()
        words = text_box(
            *("Search conversations", "words in conversations", LONGEST_LINE, st.text_input),
            placeholder="Search names and words",
            label_visibility="collapsed",
            icon=":material/search:",
        )
        found = my_conversations().list(words)
        with st.container(key="found conversations", gap=None):
            for entry in found[:MOST_SHOWN]:
                (_damaged if entry.title is None else _entry)(entry)
        if len(found) > MOST_SHOWN:
            st.caption(f"{len(found) - MOST_SHOWN:,} older ones: search for their words.")
        elif words and not found:
            st.caption("No conversation has all these words.")
        expiry_notice()


def _entry(entry: Entry) -> None:
    st.button(
        shown(entry.title) or "Nothing said yet",
        key=f"conversation {entry.id}",
        type="secondary" if entry.id == current_id() else "tertiary",
        width="stretch",
        on_click=_open,
        args=(entry.id,),
    )


def _damaged(entry: Entry) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"damaged {entry.id}"):
        st.caption(":material/broken_image: A damaged file", width="stretch")
        st.button(
            "Delete",
            icon=":material/delete:",
            key=f"delete {entry.id}",
            type="tertiary",
            on_click=_delete,
            args=(entry.id,),
        )


def _importing() -> None:
    with st.popover("Import", icon=":material/upload:", help="Conversations from a file"):
        if told := st.session_state.pop(_TOLD, None):
            st.caption(plain(told))
        number = st.session_state.setdefault("imported conversations", 0)
        given = upload(
            'A JSON file: [{"role": "user", "content": "Hello!"}, …], one with all branches, or '
            "what ChatGPT or Open WebUI exports",
            ["json", "jsonl"],
            key=f"conversation file {number}",  # a new one, empty, after each import
            max_upload_size=MAX_BYTES // 1024**2,
        )
        if given:
            with errors_shown(then_stop=False):
                report = Report()
                found = read_conversations(visible(given.name), given.getvalue(), report)
                imported = [my_conversations().add(conversation) for conversation in found]
                st.session_state["imported conversations"] += 1
                if report.left_out or report.notes or len(found) > 1:
                    st.session_state[_TOLD] = report.text("conversation")
                _open(imported[-1])
                st.rerun()


def _delete(conversation_id: str) -> None:
    my_conversations().delete(conversation_id)
    if conversation_id == current_id():
        _open(None)


def _open(conversation_id: str | None) -> None:
    st.session_state.pop(NEW_SYSTEM, None)
    forget_outcome()
    go_to(conversation_id)
