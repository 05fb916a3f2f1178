"""A snapshot opened by its link, `?s=ID`: its page as it was, with a banner above."""

import re
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from tfplay.app.frame.address import expect_address
from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.navigation import page_named
from tfplay.app.frame.snapshot import (
    OpenedSnapshot,
    forget_choices,
    opened_snapshot,
    set_opened_snapshot,
    take_picture,
)
from tfplay.app.frame.visible import shown, visible
from tfplay.app.frame.visitor import visitor
from tfplay.app.sharing.address import DELETE, SNAPSHOT, page_address
from tfplay.app.sharing.frozen import show_frozen
from tfplay.app.sharing.said import said_by
from tfplay.app.widgets.chart import forget_drawn
from tfplay.sharing import (
    copy_model,
    delete_snapshot,
    find_snapshot,
    other_model,
    snapshot_model,
)
from tfplay.store import Model, write_bundle
from tfplay.store.conversations import Conversations

PAGE = "name of the page"
"""In the session: the page that is open, as its file is named."""

_SECRET = "secret of the opened snapshot"


def open_linked_snapshot(page: StreamlitPage) -> None:
    """Opens the snapshot that the address names, or sees that none is open.

    One that is frozen is all that is shown: the page does not run.

    Args:
        page: The page that is about to be run.

    Raises:
        InputError: There is no such snapshot, it has expired or was deleted.
    """
    st.session_state[PAGE] = page.url_path or "start"
    forget_choices()
    forget_drawn()
    before, asked = opened_snapshot(), st.query_params.get(SNAPSHOT)
    set_opened_snapshot(None)
    if asked is None:
        return
    snapshot = find_snapshot(asked)
    opened = OpenedSnapshot(snapshot, snapshot_model(snapshot), other_model(snapshot))
    set_opened_snapshot(opened)
    if before is None or before.snapshot.id != asked:
        st.session_state[_SECRET] = st.query_params.get(DELETE, "")
        run = {"run": opened.model.id} if opened.model else {}
        choices = {**snapshot.view.choices, **run, SNAPSHOT: asked}
        st.switch_page(page_named(snapshot.view.page), query_params=choices)
    _banner(opened)
    if opened.model is None:
        show_frozen(snapshot, page)
        st.stop()


def _banner(opened: OpenedSnapshot) -> None:
    """What its maker says of it, and what can be done with it."""
    snapshot = opened.snapshot
    row = st.container(key="snapshot", border=True, horizontal=True, vertical_alignment="center")
    with row, st.container(gap=None, width="stretch"):
        st.markdown(f"**{shown(snapshot.title)}**")
        if snapshot.note:
            st.text(visible(snapshot.note))
        if not st.context.is_embedded:
            st.caption(
                f"A snapshot made on {_day(snapshot.made)}, to be seen until "
                f"{_day(snapshot.expires)}. Look around: nothing you do here changes it."
            )
    with row:
        if st.context.is_embedded:  # a browser may keep nothing for a page in a frame
            st.link_button("Open in TFPlay", page_address({SNAPSHOT: snapshot.id}))
            return
        with errors_shown(then_stop=False):
            _actions(opened)


def _day(time: datetime) -> str:
    return f"{time.day} {time:%B %Y}"


def _actions(opened: OpenedSnapshot) -> None:
    """What can be done with the snapshot as a whole."""
    snapshot, model = opened.snapshot, opened.model
    if model and st.button("Make it mine", icon=":material/content_copy:", type="primary"):
        _make_mine(opened)
    if model and snapshot.is_downloadable:
        stem = re.sub(r"\W+", "-", snapshot.title).strip("-") or "model"
        st.download_button(
            "Download the model",
            lambda: _bundle(model),
            f"{stem}.zip",
            "application/zip",
            icon=":material/download:",
            on_click="ignore",
        )
    secret = st.session_state.get(_SECRET, "")
    if snapshot.is_made_by(secret) and st.button(
        "Delete this snapshot for good", icon=":material/delete:"
    ):
        delete_snapshot(snapshot.id, secret)
        st.rerun()


def _bundle(model: Model) -> bytes:
    """The model as one file that another TFPlay opens."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "model.zip")
        write_bundle(model, path)
        return path.read_bytes()


def _make_mine(opened: OpenedSnapshot) -> None:
    """Opens a copy of models, view and conversation that is the visitor's to change."""
    snapshot = opened.snapshot
    models = [each for each in (opened.model, opened.other) if each]
    copies = {each.id: copy_model(snapshot, each, visitor()) for each in models}
    copy = copies[opened.model.id]
    seen = snapshot.view.choices
    named = {name: copies[value].id for name, value in seen.items() if value in copies}
    choices = {**seen, **named, "run": copy.id}
    take_picture(snapshot.picture())
    if snapshot.view.conversation is not None:
        said = said_by(snapshot.conversation(), snapshot.model, copy.id)
        choices["conversation"] = Conversations(visitor()).add(said)
    expect_address()
    st.switch_page(page_named(snapshot.view.page), query_params=choices)
