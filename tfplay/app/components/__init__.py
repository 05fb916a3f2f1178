"""What Plotly cannot draw: components in plain JavaScript, a folder each, nothing from outside.

`component.js` exports the function that Streamlit calls to draw; `component.html` and
`component.css` are there where they are needed.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent


@cache
def load_component(name: str) -> Callable[..., Any]:
    """The component in the folder of this name, ready to be drawn with `data` and a `key`."""
    html, css, js = (_read(name, kind) for kind in ("html", "css", "js"))
    return st.components.v2.component(name, html=html or "<div></div>", css=css, js=js)


def run_again() -> None:
    """To be called when a component's state changes: the page runs again by itself."""


def _read(name: str, kind: str) -> str | None:
    path = _FOLDER / name / f"component.{kind}"
    return path.read_text(encoding="utf-8") if path.exists() else None
