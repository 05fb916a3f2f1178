"""Which pages there are, and in which section of the menu."""

import json
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from tfplay.app.frame.operator import has_operators
from tfplay.errors import InputError

START = "pages/learn/start.py"
TOKENS = "pages/learn/tokens.py"
EMBEDDINGS = "pages/learn/embeddings.py"
BLOCK = "pages/learn/block.py"
ATTENTION = "pages/learn/attention.py"
LAYERS = "pages/learn/layers.py"
CONCEPTS = "pages/learn/concepts.py"
TRAIN = "pages/build/train.py"
RUNS = "pages/build/runs.py"
MODELS = "pages/build/models.py"
BREAK_IT = "pages/build/break_it.py"
LEARNED = "pages/build/learned.py"
TRANSLATE = "pages/use/translate.py"
CHAT = "pages/use/chat.py"
WRITE = "pages/use/write.py"
UNDERSTAND = "pages/use/understand.py"
LESSONS = "pages/teach/lessons.py"
CLASSROOM = "pages/teach/classroom.py"
ADMIN = "pages/operate/admin.py"

PAGES = (  # for everybody
    *(START, TOKENS, EMBEDDINGS, BLOCK, ATTENTION, LAYERS, CONCEPTS),
    *(TRAIN, RUNS, MODELS, BREAK_IT, LEARNED),
    *(TRANSLATE, CHAT, WRITE, UNDERSTAND),
    *(LESSONS, CLASSROOM),
)

_WRITING = {"translation": TRANSLATE, "chat": CHAT, "language-model": WRITE}

_STATIC = Path(__file__).parents[1] / "static"
PAGE_ICON = _STATIC / "icon.svg"
"""A file of ours: the browser would fetch Streamlit's own icons from another site."""

_is_known = Event()  # to Streamlit, after the first call


def menu() -> StreamlitPage:
    """Shows the menu and returns the page that was asked for; a page's address is its file name."""
    if not _is_known.is_set():
        _reload_if_not_found()
    if not st.context.is_embedded:
        st.logo(_STATIC / "logo.svg", size="large", icon_image=PAGE_ICON)
    operate = [st.Page(ADMIN, title="Operator", icon=":material/admin_panel_settings:")]
    page = st.navigation(
        {
            "Learn": [
                st.Page(START, title="Start", icon=":material/home:", default=True),
                st.Page(TOKENS, title="Tokens", icon=":material/segment:"),
                st.Page(EMBEDDINGS, title="Embeddings", icon=":material/scatter_plot:"),
                st.Page(BLOCK, title="Inside a block", icon=":material/deployed_code:"),
                st.Page(ATTENTION, title="Attention", icon=":material/grid_on:"),
                st.Page(LAYERS, title="Layers", icon=":material/layers:"),
                st.Page(CONCEPTS, title="Concepts", icon=":material/map:"),
            ],
            "Build": [
                st.Page(TRAIN, title="Train", icon=":material/model_training:"),
                st.Page(RUNS, title="Runs", icon=":material/stacked_line_chart:"),
                st.Page(MODELS, title="Models", icon=":material/inventory_2:"),
                st.Page(BREAK_IT, title="Break it", icon=":material/build_circle:"),
                st.Page(LEARNED, title="What it learned", icon=":material/timeline:"),
            ],
            "Use": [
                st.Page(TRANSLATE, title="Translate", icon=":material/translate:"),
                st.Page(CHAT, title="Chat", icon=":material/chat:"),
                st.Page(WRITE, title="Write", icon=":material/edit_note:"),
                st.Page(UNDERSTAND, title="Understand", icon=":material/psychology:"),
            ],
            "Teach": [
                st.Page(LESSONS, title="Lessons", icon=":material/school:"),
                st.Page(CLASSROOM, title="Class", icon=":material/groups:"),
            ],
            **({"Operate": operate} if has_operators() else {}),
        },
        position="hidden" if st.context.is_embedded else "sidebar",
        expanded=True,  # also where the sidebar holds more than the menu
    )
    _is_known.set()
    return page


def page_named(name: str) -> str:
    """The page of this file name, as a constant of this module has it.

    Raises:
        InputError: There is no such page.
    """
    for page in PAGES:
        if Path(page).stem == name:
            return page
    raise InputError(f"There is no page {name!r} in this TFPlay.")


def url_path_of(page: str) -> str:
    """The last part of a page's address, as `StreamlitPage.url_path` has it; Start has none."""
    return "" if page == START else Path(page).stem


def page_of(task: str) -> str:
    """The page on which models that learned this task are used."""
    return _WRITING.get(task, UNDERSTAND)


def _reload_if_not_found() -> None:
    """Streamlit tells a server's first visitor "Page not found" on every page but the first.

    It takes a folder called "pages" for its old kind of navigation until it meets `st.navigation`;
    from then on the same address is found.
    """
    path = urlsplit(st.context.url or "").path
    if path not in ("", "/"):
        reload = f"location.replace({json.dumps(path)} + location.search)"
        script = f"<script>setTimeout(() => {reload}, 500)</script>"
        st.html(script, unsafe_allow_javascript=True)
