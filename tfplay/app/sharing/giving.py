"""Share: what one sees as a link, a QR code, code for other pages, or a snapshot."""

import os
from html import escape
from typing import NamedTuple

import segno
import streamlit as st

from tfplay.app.frame.layout import errors_shown, fragment
from tfplay.app.frame.locks import is_locked
from tfplay.app.frame.snapshot import choices_made, opened_snapshot
from tfplay.app.frame.visible import visible
from tfplay.app.frame.visitor import visitor
from tfplay.app.sharing.address import DELETE, EMBED, SNAPSHOT, page_address
from tfplay.app.sharing.opening import PAGE
from tfplay.app.sharing.qr_code import show_qr_code
from tfplay.app.sharing.said import said_by, shown_branch
from tfplay.app.widgets.copy_link import copy_link
from tfplay.errors import InputError
from tfplay.server import read_frame_ancestors
from tfplay.sharing import LONGEST_NOTE, LONGEST_TITLE, View, keep_snapshot
from tfplay.sharing.model_files import content_hash, files_of
from tfplay.store import Model, find_model
from tfplay.store.conversations import Conversation

FRAME_SIZE = (700, 500)
"""Pixels of a frame on another page."""

_DAYS = {"a week": 7, "a month": 30, "a year": 365}
_NOT_SHARED = (SNAPSHOT, DELETE, EMBED, "conversation")
"""Parameters that say nothing about what is seen, or what only its owner opens."""


class Links(NamedTuple):
    """The ways to hand on an address."""

    address: str
    markdown: str
    frame: str
    """HTML that shows it in a frame."""


def links_to(query: dict[str, str], title: str) -> Links:
    """The ways to hand on the open page with these parameters.

    Args:
        query: The parameters by their names.
        title: What the link is called.
    """
    address = page_address(query)
    framed = page_address(query | {EMBED: "true"})
    width, height = FRAME_SIZE
    title = visible(title)
    words = title.translate({ord(letter): f"\\{letter}" for letter in "\\[]<>`*_"})
    return Links(
        address,
        f"[{words}]({address})",
        f'<iframe src="{escape(framed)}" title="{escape(title)}" width="{width}" '
        f'height="{height}" style="border: 0" loading="lazy"></iframe>',
    )


def share(name: str, conversation: Conversation | None = None) -> None:
    """Two buttons: one copies the page's address, one opens all other ways to share.

    Args:
        name: Tells several of them on a page apart.
        conversation: What is said, on a page that shows it.
    """
    if conversation is None:  # the address of one opens for its owner alone
        copy_link(name)
    if not is_locked("sharing"):
        _share_button(name, conversation)


@fragment
def _share_button(name: str, conversation: Conversation | None) -> None:
    """Opens the dialog without another run of the page, which would close it when it is over."""
    if st.button("Share", icon=":material/share:", key=f"share {name}"):
        _share(conversation)


@st.dialog("Share what you see", width="medium")
def _share(conversation: Conversation | None) -> None:
    opened = opened_snapshot()
    if opened:
        links = links_to({SNAPSHOT: opened.snapshot.id}, opened.snapshot.title)
        _show_address(links.address)
        _show_other_forms(links)
        return
    link, snapshot = st.tabs(["Link", "Snapshot with the model"])
    with link:
        whose = "is shown to whoever has the link, for as long as you keep it."
        if conversation is not None:
            whose += " The conversation opens for you alone: a snapshot shows it to others."
        st.caption(
            "Opens this page as it is now, with the model as it is here then. A model of yours "
            + whose
        )
        links = links_to(st.query_params.to_dict(), _usual_title())
        _show_address(links.address)
        _show_other_forms(links)
    with snapshot, errors_shown(then_stop=False):
        _snapshot_form(conversation)


def _snapshot_form(conversation: Conversation | None) -> None:
    """Asks what a snapshot needs, makes it, and shows its links in place of the form."""
    model, place = _model_seen(), st.empty()
    with place.form("snapshot", border=False):
        st.caption(
            "Keeps what you see and a copy of the model, also when you change or delete them here. "
            "Whoever has the link can look, and make a copy to change."
        )
        title = st.text_input("Title", _usual_title(), max_chars=LONGEST_TITLE)
        note = st.text_area("Note", max_chars=LONGEST_NOTE, placeholder="What is there to see?")
        days = _DAYS[st.selectbox("To be seen for", list(_DAYS), index=1)]
        is_downloadable = model.is_downloadable and st.checkbox("Others may download the model")
        is_wanted = st.form_submit_button("Make a snapshot", type="primary")
    if not is_wanted:
        return
    with st.spinner("Keeping the model …"):
        view = _view_seen(model, conversation)
        kept, secret = keep_snapshot(view, model, title, note, days, is_downloadable, visitor())
    place.empty()
    st.success("The snapshot is there.", icon=":material/check:")
    links = links_to({SNAPSHOT: kept.id}, kept.title)
    _show_address(links.address)
    st.markdown("**Your secret link to delete it.** It is shown only now; keep it to yourself.")
    _show_address(page_address({SNAPSHOT: kept.id, DELETE: secret}))
    _show_other_forms(links)


def _show_address(address: str) -> None:
    st.code(address, language=None, wrap_lines=True)


def _show_other_forms(links: Links) -> None:
    """What can be pasted elsewhere, each with a button that copies it."""
    try:
        show_qr_code(links.address)
    except segno.DataOverflowError:
        st.caption("This link is too long for a QR code; that of a snapshot is short.")
    st.caption("In Markdown")
    st.code(links.markdown, language=None, wrap_lines=True)
    st.caption("In a frame on a page of yours")
    st.code(links.frame, language="html", wrap_lines=True)
    if read_frame_ancestors(os.environ) == "'self'":
        st.caption(
            "This server lets no other site show its pages in a frame; whoever runs it names the "
            "sites that may in `TFPLAY_FRAME_ANCESTORS`."
        )


def _model_seen() -> Model:
    """The model that the page's address names, at its step."""
    model = find_model(st.query_params.get("run", ""))
    if model is None:
        raise InputError("There is no model on this page to give away.")
    if not model.reads_text and model.origin != "shipped":
        raise InputError(
            "A snapshot carries no pictures: of the models that read them, only one that came "
            "with TFPlay can be given away."
        )
    said = st.query_params.get("step")
    return model.at(next((step for step in model.steps() if str(step) == said), None))


def _view_seen(model: Model, conversation: Conversation | None) -> View:
    """The page with every choice of its address and what was typed; nothing else of the visitor."""
    choices = st.query_params.to_dict() | choices_made()
    for name in (*_NOT_SHARED, "run"):
        choices.pop(name, None)
    _require_no_other_model(choices)
    said = None
    if conversation is not None:
        model_hash = content_hash(files_of(model))
        said = said_by(shown_branch(conversation), model.id, model_hash).to_json()
    return View(st.session_state[PAGE], choices, said)


def _require_no_other_model(choices: dict[str, str]) -> None:
    """Raises an `InputError` if the view names a model that only those who know its id may see."""
    for value in choices.values():
        other = find_model(value)
        if other and (other.origin == "trained" or other.owner):
            raise InputError(
                f"{other.title} is compared with here, and a snapshot carries one model alone: "
                "compare with one that came with TFPlay."
            )


def _usual_title() -> str:
    return f"{st.session_state[PAGE].replace('_', ' ').capitalize()} in TFPlay"
