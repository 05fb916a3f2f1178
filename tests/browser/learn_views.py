"""Every view of the Learn pages that follow one sentence."""

from urllib.parse import urlencode

from tfplay.app.attention import VIEWS as HEADS
from tfplay.app.embeddings import VIEWS as EMBEDDINGS
from tfplay.app.layers import VIEWS as LAYERS
from tfplay.app.tokens import VIEWS as TOKENS

LEARN_VIEWS = [
    *(("tokens", view) for view in TOKENS),
    *(("embeddings", view) for view in EMBEDDINGS),
    ("block", None),
    *(("attention", view) for view in HEADS),
    *(("layers", view) for view in LAYERS),
]
"""The page's path, and the view if it has several."""


def address_of(app: str, path: str, view: str | None, **query: str) -> str:
    """Where a view is."""
    asked = query | ({"view": view} if view else {})
    return f"{app}/{path}?{urlencode(asked)}"
