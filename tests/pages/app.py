"""The app without a browser."""

from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]

# Every new AppTest reads the metadata of all installed packages, which takes longer than the page.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def open_app(**query: str) -> AppTest:
    """The start page."""
    return unopened_app(query).run()


def open_page(page: str, **query: str) -> AppTest:
    """A page, by its file, as if its address had been typed in."""
    app = unopened_app(query).switch_page(page).run()
    assert not app.exception
    return app


def unopened_app(query: dict[str, str | list[str]]) -> AppTest:
    """The app as a link with these parameters would open it; `run` does."""
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=60)
    app.query_params.update(query)
    return app


def shown_text(app: AppTest) -> str:
    """All the text that the page shows outside of charts and controls."""
    elements = [*app.markdown, *app.text, *app.caption, *app.error, *app.info, *app.warning]
    return "\n".join(element.value for element in elements)
