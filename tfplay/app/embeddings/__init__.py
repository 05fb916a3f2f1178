"""What can be seen of embeddings and positions: a view for each question."""

from collections.abc import Callable
from typing import NamedTuple

from tfplay.app.embeddings.order import order_view
from tfplay.app.embeddings.parts import parts_view
from tfplay.app.embeddings.plane import map_view
from tfplay.app.embeddings.positions import positions_view
from tfplay.app.embeddings.rows import rows_view
from tfplay.app.embeddings.senses import senses_view
from tfplay.app.embeddings.through_chat import through_chat_view
from tfplay.app.lesson import Subject


class EmbeddingsView(NamedTuple):
    """One thing to be seen of embeddings."""

    title: str
    show: Callable[[Subject], None]


VIEWS = {
    "rows": EmbeddingsView("The rows", rows_view),
    "map": EmbeddingsView("A map", map_view),
    "input": EmbeddingsView("Token + position", parts_view),
    "positions": EmbeddingsView("Positions", positions_view),
    "order": EmbeddingsView("Words shuffled", order_view),
    "senses": EmbeddingsView("Static or contextual", senses_view),
    "chat": EmbeddingsView("Through a chat", through_chat_view),
}
"""Every view by its name in the page's address, `?view=...`."""

__all__ = ["VIEWS", "EmbeddingsView"]
