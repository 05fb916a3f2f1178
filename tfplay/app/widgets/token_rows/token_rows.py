"""Tokens in rows, one for each tokenizer; what covers the same characters lights up together."""

from collections.abc import Sequence
from typing import NamedTuple

from tfplay.app.widgets.component import load_component
from tfplay.text import Piece, Tokenizer

MOST_TOKENS = 4500
"""In all rows together: so many a browser draws at once."""


class TokenRow(NamedTuple):
    """The tokens of one tokenizer."""

    name: str
    note: str
    """What is to be said of them, beside the name."""
    pieces: Sequence[Piece]
    marks: Sequence[str]
    """For each piece `""`, or `"unknown"`, `"special"` or `"new"`: how it stands out."""


def row_of(name: str, tokenizer: Tokenizer, pieces: Sequence[Piece]) -> TokenRow:
    """A row with its counts; tokens for what the vocabulary lacks are marked."""
    marks = ["unknown" if piece.token_id == tokenizer.unknown_id else "" for piece in pieces]
    unknown = marks.count("unknown")
    note = f"{len(pieces):,} tokens" + (f", {unknown:,} of them unknown" if unknown else "")
    return TokenRow(name, note, pieces, marks)


def token_rows(rows: Sequence[TokenRow], key: str) -> None:
    """Draws the rows; the last tokens of too many are left out, which the row's note says.

    Args:
        rows: At least one.
        key: Tells several such views apart.
    """
    most = MOST_TOKENS // len(rows)
    shown = [
        {
            "name": row.name,
            "note": row.note
            + (f" · the first {most:,} are shown" if len(row.pieces) > most else ""),
            "tokens": [
                [piece.token, piece.token_id, piece.start, piece.end, mark]
                for piece, mark in zip(row.pieces[:most], row.marks, strict=False)
            ],
        }
        for row in rows
    ]
    hint = "Point at a token, or walk with the arrow keys: what covers the same letters lights up."
    load_component(__file__)(key=key, data={"rows": shown, "hint": hint})
