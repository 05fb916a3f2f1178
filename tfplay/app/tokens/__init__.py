"""What can be seen of tokens: a view for each question."""

from collections.abc import Callable
from typing import NamedTuple

from tfplay.app.lesson import Subject
from tfplay.app.tokens.merges import merges_view
from tfplay.app.tokens.new_words import new_words_view
from tfplay.app.tokens.side_by_side import side_by_side_view
from tfplay.app.tokens.sizes import sizes_view
from tfplay.app.tokens.special import special_view


class TokensView(NamedTuple):
    """One thing to be seen of tokens."""

    title: str
    show: Callable[[Subject], None]


VIEWS = {
    "tokens": TokensView("Side by side", side_by_side_view),
    "merges": TokensView("Merge by merge", merges_view),
    "sizes": TokensView("How large a vocabulary", sizes_view),
    "words": TokensView("New and misspelt words", new_words_view),
    "special": TokensView("Special tokens and chats", special_view),
}
"""Every view by its name in the page's address, `?view=...`."""

__all__ = ["VIEWS", "TokensView"]
