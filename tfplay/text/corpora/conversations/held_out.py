"""Which combinations training never has: the combination itself decides, not a draw."""

import hashlib


def is_held_out(combination: str) -> bool:
    """Whether training never has this combination: true of one in ten, the same everywhere.

    Args:
        combination: Names what is combined, for example "numbers 27 45".
    """
    digest = hashlib.sha256(combination.encode()).digest()
    return int.from_bytes(digest[:4], "big") % 10 == 0
