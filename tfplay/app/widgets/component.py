"""What Plotly cannot draw: components in plain JavaScript, a folder each, nothing from outside.

Beside a component's Python file, `component.js` exports the function that Streamlit calls to draw;
`component.html` and `component.css` are there where they are needed.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st


@cache
def load_component(file: str) -> Callable[..., Any]:
    """The component whose JavaScript lies beside this Python file, to be drawn with a `key`."""
    folder = Path(file).parent
    html, css, js = (_read(folder / f"component.{kind}") for kind in ("html", "css", "js"))
    return st.components.v2.component(folder.name, html=html or "<div></div>", css=css, js=js)


def run_again() -> None:
    """To be called when a component's state changes: the page runs again by itself."""


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
