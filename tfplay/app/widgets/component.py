"""What Plotly cannot draw: components in plain JavaScript, a folder each, nothing from outside.

Beside a component's Python file, or in its folder in `tfplay.showing`, `component.js` exports the
function that Streamlit calls to draw; other JavaScript there comes before it, in the same module.
`component.html` and `component.css` are there where they are needed.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from tfplay.showing.self_contained import COMPONENTS, read_scripts


@cache
def load_component(file: str) -> Callable[..., Any]:
    """The component whose JavaScript lies beside this Python file, to be drawn with a `key`."""
    return _register(Path(file).parent)


@cache
def load_shared_component(name: str) -> Callable[..., Any]:
    """The component of this name that the pages of `tfplay.show` have too."""
    return _register(COMPONENTS / name)


def _register(folder: Path) -> Callable[..., Any]:
    html, css = (_read(folder / f"component.{kind}") for kind in ("html", "css"))
    js = read_scripts(folder)
    return st.components.v2.component(folder.name, html=html or "<div></div>", css=css, js=js)


def run_again() -> None:
    """To be called when a component's state changes: the page runs again by itself."""


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
