"""What can be seen of embeddings and positions: a view for each question."""

from collections.abc import Callable

from tfplay.app.embeddings.order import order_view
from tfplay.app.embeddings.parts import parts_view
from tfplay.app.embeddings.plane import map_view
from tfplay.app.embeddings.positions import positions_view
from tfplay.app.embeddings.rows import rows_view
from tfplay.app.embeddings.senses import senses_view
from tfplay.app.embeddings.through_chat import through_chat_view
from tfplay.app.lesson import Subject

VIEWS: dict[str, Callable[[Subject], None]] = {
    "The rows": rows_view,
    "A map": map_view,
    "Token and position": parts_view,
    "Positions": positions_view,
    "Words shuffled": order_view,
    "Static or contextual": senses_view,
    "Through a chat": through_chat_view,
}
"""Every view by its name, also in the address, `?view=...`."""

__all__ = ["VIEWS"]
