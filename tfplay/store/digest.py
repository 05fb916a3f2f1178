"""Whose something is, without the secret that proves it: who reads a file learns no secret."""

import hashlib

_NAME = "sha256:"  # no secret has a colon


def digest(secret: str) -> str:
    """What is kept of a visitor's secret."""
    return _NAME + hashlib.sha256(secret.encode()).hexdigest()


def is_digest(owner: str) -> bool:
    """Whether this is no secret itself, as runs had before their owners were kept as digests."""
    return owner.startswith(_NAME)
