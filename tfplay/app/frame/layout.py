"""What every page has: a header, a way on where there is nothing yet, errors in one sentence."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tfplay.app.frame.address import open_address
from tfplay.app.frame.plain import plain
from tfplay.app.frame.visitor import remember_visitor
from tfplay.app.widgets.history import one_entry_an_act
from tfplay.errors import InputError
from tfplay.store import home
from tfplay.store.notice import read_notice

_STATIC = Path(__file__).parents[1] / "static"
_STYLE, _STYLE_IN_FRAME = _STATIC / "style.css", _STATIC / "in_frame.css"
_SENDING_SECONDS = 0.03
"""The server gets so long to send another page's header before that page computes."""


def page_header(title: str, explanation: str) -> None:
    """The page's title, and in a sentence or two what can be seen or done there.

    Args:
        title: Plain words.
        explanation: Markdown.
    """
    st.html(_STYLE)
    if st.context.is_embedded:
        st.html(_STYLE_IN_FRAME)
    remember_visitor()
    one_entry_an_act()
    with st.container(
        key="page header", horizontal=True, vertical_alignment="center", gap="medium"
    ):
        st.title(title, anchor=False, width="content")
        if not st.context.is_embedded:  # whose page tells what it shows
            st.caption(explanation)
    with errors_shown(then_stop=False):
        if words := read_notice():
            st.info(plain(words), icon=":material/campaign:")
    open_address(title)
    if st.session_state.get("last title") != title:
        time.sleep(_SENDING_SECONDS)
        st.session_state["last title"] = title


def controls(name: str) -> DeltaGenerator:
    """A row for a picture's controls, which have their labels beside them.

    Args:
        name: Unlike that of any other row on the page.

    Example::

        with controls("heads"):
            layer, head = choose_head(2, 4, "heads")
    """
    return st.container(
        key=f"controls {name}", horizontal=True, vertical_alignment="center", gap="medium"
    )


def empty_state(message: str, page: str, action: str) -> None:
    """Says what is missing and shows the way there; the rest of the page is not run.

    Args:
        message: What is missing and why it is needed, in Markdown.
        page: The page that helps; a constant of `tfplay.app.frame.navigation`.
        action: What to do there.
    """
    with st.container(border=True):
        st.markdown(message)
        st.page_link(page, label=f"**{action}**", icon=":material/arrow_forward:")
    st.stop()


def metrics_row(values: Mapping[str, str]) -> None:
    """Numbers with their names, side by side as far as the screen is wide."""
    with st.container(horizontal=True, gap="medium"):
        for label, value in values.items():
            st.metric(label, value, width="content")


@contextmanager
def errors_shown(then_stop: bool = True) -> Iterator[None]:
    """Shows an `InputError` as its sentence, and says so where a kept file cannot be used.

    Every page and every `fragment` runs in it: a run or a model that is deleted while somebody
    looks at it, in another tab or by its owner, is no fault of the page.

    Args:
        then_stop: Whether the rest of the page is left out.

    Example:
        >>> with errors_shown():
        ...     run = open_run(run_id)
    """
    try:
        yield
        return
    except InputError as error:
        sentence = str(error)
    except OSError as error:
        sentence = _of_home(error)
    st.error(plain(sentence), icon=":material/error:")
    if then_stop:
        st.stop()


def fragment(draw: Callable[..., Any], run_every: float | None = None) -> Callable[..., Any]:
    """A part of a page that is drawn again without the rest of it, in `errors_shown`.

    Args:
        draw: Draws it.
        run_every: Seconds after which it is drawn again by itself; `None` is never.
    """

    @wraps(draw)
    def shown(*args: Any, **options: Any) -> Any:
        with errors_shown():
            return draw(*args, **options)

    return st.fragment(shown, run_every=run_every)


def _of_home(error: OSError) -> str:
    """What is wrong with a thing that people make and delete here, or with where it is kept."""
    path = Path(error.filename or "")
    if not path.is_relative_to(home()):
        raise error
    if not isinstance(error, FileNotFoundError):
        return f"{path} cannot be used: {error.strerror}."
    what = " ".join(path.relative_to(home()).parts[:2])
    return (
        f"{what} is not there any more: it was deleted meanwhile, perhaps in another tab. Choose "
        "another, or load this page anew."
    )
