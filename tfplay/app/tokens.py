"""The tokens of a text as coloured pieces."""

from collections.abc import Sequence
from html import escape

from tfplay.text import Piece

MOST_TOKENS = 2000


def tokens_html(pieces: Sequence[Piece], unknown_id: int | None = None) -> str:
    """The first 2,000 tokens with their ids, as HTML; the text within is escaped.

    Args:
        pieces: What `Tokenizer.pieces` gave.
        unknown_id: The token that stands for what the vocabulary lacks, to be framed.
    """
    spans = []
    for piece in pieces[:MOST_TOKENS]:
        kind = "token unknown" if piece.token_id == unknown_id else "token"
        spans.append(
            f'<span class="{kind}">{escape(piece.token)}<small>{piece.token_id}</small></span>'
        )
        if "⏎" in piece.token:
            spans.append("<br>")
    return f'<div class="tokens" dir="auto">{"".join(spans)}</div>'
