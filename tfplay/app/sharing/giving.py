"""Share: what one sees as a link, a QR code, code for other pages, or a snapshot."""

import os
from html import escape
from typing import NamedTuple

import segno
import streamlit as st

from tfplay.app.frame.layout import errors_shown, fragment
from tfplay.app.frame.locks import is_locked
from tfplay.app.frame.snapshot import choices_made, opened_snapshot, picture_read
from tfplay.app.frame.visible import visible
from tfplay.app.frame.visitor import visitor
from tfplay.app.sharing.address import DELETE, EMBED, SNAPSHOT, page_address
from tfplay.app.sharing.frozen import chart_titles, frozen_view
from tfplay.app.sharing.opening import PAGE
from tfplay.app.sharing.qr_code import show_qr_code
from tfplay.app.sharing.said import said_by, shown_branch
from tfplay.app.widgets.copy_link import copy_link
from tfplay.errors import InputError
from tfplay.lessons.links import LESSON, LESSON_STEP
from tfplay.server import read_frame_ancestors
from tfplay.sharing import LONGEST_NOTE, LONGEST_TITLE, Snapshot, View, keep_snapshot
from tfplay.sharing.model_files import content_hash, files_of
from tfplay.sharing.pixels import as_data
from tfplay.store import Model, find_model
from tfplay.store.conversations import Conversation

FRAME_SIZE = (700, 500)
"""Pixels of a frame on another page."""

_DAYS = {"a week": 7, "a month": 30, "a year": 365}
_NOT_SHARED = (SNAPSHOT, DELETE, EMBED, "conversation", LESSON, LESSON_STEP)
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


def share(name: str, conversation: Conversation | None = None, model: Model | None = None) -> None:
    """Two buttons: one copies the page's address, one opens all other ways to share.

    Args:
        name: Tells several of them on a page apart.
        conversation: What is said, on a page that shows it.
        model: The model that is seen; `None` is that of the page's address.
    """
    if conversation is None:  # the address of one opens for its owner alone
        copy_link(name)
    if not is_locked("sharing"):
        _share_button(name, conversation, model)


def share_charts(name: str) -> None:
    """The same below measurements, if there are any: a snapshot has the charts, and no model.

    Args:
        name: Tells several of them on a page apart.
    """
    if not chart_titles():
        return
    with st.container(horizontal=True, gap="small"):
        copy_link(name)
        if not is_locked("sharing"):
            _share_charts_button(name)


@fragment
def _share_button(name: str, conversation: Conversation | None, model: Model | None) -> None:
    """Opens the dialog without another run of the page, which would close it when it is over."""
    if st.button("Share", icon=":material/share:", key=f"share {name}"):
        _share(conversation, model)


@fragment
def _share_charts_button(name: str) -> None:
    if st.button("Share", icon=":material/share:", key=f"share {name}"):
        _share_charts()


@st.dialog("Share what you see", width="medium")
def _share(conversation: Conversation | None, model: Model | None) -> None:
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
        _show_link()
    with snapshot, errors_shown(then_stop=False):
        _snapshot_form(conversation, model or _model_seen())


@st.dialog("Share what you see", width="medium")
def _share_charts() -> None:
    link, snapshot = st.tabs(["Link", "Snapshot of the charts"])
    with link:
        st.caption(
            "Opens this page as it is now. What was trained here is shown to whoever has the link, "
            "for as long as you keep it."
        )
        _show_link()
    with snapshot, errors_shown(then_stop=False):
        _charts_form()


def _show_link() -> None:
    links = links_to(st.query_params.to_dict(), _usual_title())
    _show_address(links.address)
    _show_other_forms(links)


def _snapshot_form(conversation: Conversation | None, model: Model) -> None:
    """Asks what a snapshot needs, makes it, and shows its links in place of the form."""
    place = st.empty()
    with place.form("snapshot", border=False):
        st.caption(
            "Keeps what you see and a copy of the model, also when you change or delete them here. "
            "Whoever has the link can look, and make a copy to change."
        )
        said = _ask()
        is_downloadable = model.is_downloadable and st.checkbox("Others may download the model")
        is_wanted = st.form_submit_button("Make a snapshot", type="primary")
    if not is_wanted:
        return
    with st.spinner("Keeping the model …"):
        other = _other_model(_choices())
        view = _view_seen(model, conversation)
        kept, secret = keep_snapshot(
            view, model, *said, is_downloadable=is_downloadable, owner=visitor(), other=other
        )
    place.empty()
    _show_kept(kept, secret)


def _charts_form() -> None:
    """The same for charts, of which the visitor chooses some."""
    place, titles = st.empty(), chart_titles()
    with place.form("snapshot", border=False):
        st.caption(
            "Keeps the charts as they are and what is said of them, also when you delete what you "
            "trained. No model, no data and none of the answers on this page is among it."
        )
        said = _ask()
        chosen = st.multiselect("Charts", list(titles), list(titles), format_func=titles.get)
        is_wanted = st.form_submit_button("Make a snapshot", type="primary")
    if not is_wanted:
        return
    view = frozen_view(st.session_state[PAGE], chosen)
    kept, secret = keep_snapshot(view, None, *said, owner=visitor())
    place.empty()
    _show_kept(kept, secret)


def _ask() -> tuple[str, str, int]:
    """Title, note, and how many days it can be seen."""
    return (
        st.text_input("Title", _usual_title(), max_chars=LONGEST_TITLE),
        st.text_area("Note", max_chars=LONGEST_NOTE, placeholder="What is there to see?"),
        _DAYS[st.selectbox("To be seen for", list(_DAYS), index=1)],
    )


def _show_kept(kept: Snapshot, secret: str) -> None:
    """The links to a snapshot that was just made."""
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
    said = st.query_params.get("step")
    return model.at(next((step for step in model.steps() if str(step) == said), None))


def _view_seen(model: Model, conversation: Conversation | None) -> View:
    """The page, every choice of its address, what was typed or drawn; nothing else."""
    said = None
    if conversation is not None:
        model_hash = content_hash(files_of(model))
        said = said_by(shown_branch(conversation), model.id, model_hash).to_json()
    pixels = picture_read()
    picture = None if pixels is None else as_data(pixels)
    return View(st.session_state[PAGE], _choices(), said, picture)


def _choices() -> dict[str, str]:
    """Every choice of the page but its model."""
    choices = st.query_params.to_dict() | choices_made()
    return {name: choices[name] for name in choices if name not in (*_NOT_SHARED, "run")}


def _other_model(choices: dict[str, str]) -> Model | None:
    """The second model that the view names, if only those who know its id may see it."""
    named = [find_model(value) for value in dict.fromkeys(choices.values())]
    others = [each for each in named if each and (each.origin == "trained" or each.owner)]
    if len(others) > 1:
        titles = " and ".join(each.title for each in others)
        raise InputError(
            f"{titles} are compared with here; a snapshot has room for one of them beside its own."
        )
    return others[0] if others else None


def _usual_title() -> str:
    return f"{st.session_state[PAGE].replace('_', ' ').capitalize()} in TFPlay"
