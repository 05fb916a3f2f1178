"""Snapshots: a view and its model, given away under an id that nobody can guess."""

from tfplay.sharing.copies import copy_model
from tfplay.sharing.keeping import (
    delete_snapshot,
    find_snapshot,
    keep_snapshot,
    other_model,
    snapshot_model,
)
from tfplay.sharing.snapshot import LONGEST_NOTE, LONGEST_TITLE, Snapshot, View

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_TITLE",
    "Snapshot",
    "View",
    "copy_model",
    "delete_snapshot",
    "find_snapshot",
    "keep_snapshot",
    "other_model",
    "snapshot_model",
]
