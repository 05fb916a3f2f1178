"""The link of a step's view: a page of the app and what its address says."""

from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from tfplay.cutting import quoted
from tfplay.errors import InputError

PAGES = (
    *("start", "tokens", "embeddings", "block", "attention", "layers", "concepts"),
    *("train", "runs", "models", "break_it", "learned"),
    *("translate", "chat", "write", "understand"),
    "lessons",
)
"""The app's pages, as their addresses name them."""
LESSON, LESSON_STEP = "lesson", "lesson_step"
"""What an address calls the lesson that a visitor takes, and its step, from 1."""
_SNAPSHOT, _EMBED, _EMBED_OPTIONS = "s", "embed", "embed_options"
"""What it calls a snapshot, and the look in a frame: neither shows a lesson's bar, and no page may
set the look."""


class Link(NamedTuple):
    """A view of the app."""

    page: str
    """One of `PAGES`."""
    query: dict[str, str]
    """Names and values of the address."""


def read_link(text: str) -> Link:
    """The view that a link leads to, wherever the app runs.

    Args:
        text: A page and a query, or the whole address that "Copy link" gives; what it says of a
            lesson, or of the look in a frame, is left out.

    Raises:
        InputError: It leads to no page of the app, or to a snapshot.

    Example:
        >>> read_link("attention?run=text&layer=2")
        Link(page='attention', query={'run': 'text', 'layer': '2'})
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        raise InputError(f"{quoted(text)} is no link.") from None
    page = parts.path.rstrip("/").rpartition("/")[2] or ("start" if parts.netloc else "")
    if page not in PAGES:
        raise InputError(
            f"The link {quoted(text)} leads to no page of TFPlay; it must begin with one of "
            f"{', '.join(PAGES)}, as in attention?run=text&layer=2."
        )
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if _SNAPSHOT in query:
        raise InputError(
            f"The link {quoted(text)} leads to a snapshot, in which no lesson goes on; take the "
            "link of the page itself, as “Copy link” gives it."
        )
    left_out = (LESSON, LESSON_STEP, _EMBED, _EMBED_OPTIONS)
    return Link(page, {name: query[name] for name in query if name.lower() not in left_out})
