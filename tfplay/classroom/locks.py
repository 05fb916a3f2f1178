"""What pupils may not use: asked by whatever does it, not only by what would draw a button."""

from tfplay.classroom.pupils import seat_of
from tfplay.errors import InputError

LOCKS = {
    "training": "Training",
    "models": "Choosing another model",
    "chat": "Chat",
    "uploads": "Uploading files",
    "sharing": "Giving snapshots away",
}
"""What a teacher can lock, with its name in a sentence."""


def locked_for(owner: str) -> frozenset[str]:
    """What a visitor's class has locked; nothing for those who are in no class.

    Args:
        owner: The digest of the visitor's secret.
    """
    seat = seat_of(owner)
    return seat.classroom.locked if seat else frozenset()


def require_unlocked(what: str, owner: str) -> None:
    """Raises an `InputError` if a visitor's class has this locked.

    Args:
        what: A key of `LOCKS`.
        owner: The digest of the visitor's secret.
    """
    if what in locked_for(owner):
        raise InputError(f"{LOCKS[what]} is locked in your class; you can leave it on Class.")
