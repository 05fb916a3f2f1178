"""What can be seen of tokens: a view for each question."""

from collections.abc import Callable

from tfplay.app.lesson import Subject
from tfplay.app.tokens.merges import merges_view
from tfplay.app.tokens.new_words import new_words_view
from tfplay.app.tokens.side_by_side import side_by_side_view
from tfplay.app.tokens.sizes import sizes_view
from tfplay.app.tokens.special import special_view

VIEWS: dict[str, Callable[[Subject], None]] = {
    "Side by side": side_by_side_view,
    "Merge by merge": merges_view,
    "How large a vocabulary": sizes_view,
    "New and misspelt words": new_words_view,
    "Special tokens and chats": special_view,
}
"""Every view by its name, also in the address, `?view=...`."""

__all__ = ["VIEWS"]
