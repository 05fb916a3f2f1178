"""Byte pairs that have scores instead of an order."""

from collections.abc import Mapping

from tfplay.cutting import quoted
from tfplay.errors import InputError

LONGEST_PIECE = 128
"""Characters."""
_MOST_CUTS = 5_000_000
"""A piece is looked at once for each place where it can be cut; a vocabulary of 256,000 pieces has
some two million such places."""


def merges_by_score(scores: Mapping[str, float], ids: Mapping[str, int]) -> list[list[str]]:
    """The merges that make pieces of pieces, the one with the highest score first.

    Args:
        scores: What each piece is worth.
        ids: Among pieces worth the same, the one with the lowest id comes first.

    Raises:
        InputError: A piece is far longer than a word, or all together are.
    """
    if (cuts := sum(map(len, scores))) > _MOST_CUTS:
        raise InputError(f"The pieces have {cuts:,} characters; {_MOST_CUTS:,} are the most.")
    ranked = []
    for piece, score in scores.items():
        if len(piece) > LONGEST_PIECE:
            raise InputError(f"The piece {quoted(piece)} has {len(piece):,} characters.")
        for place in range(1, len(piece)):
            left, right = piece[:place], piece[place:]
            if left in scores and right in scores:
                ranked.append((-score, ids[piece], left, right))
    return [[left, right] for _, _, left, right in sorted(ranked)]
