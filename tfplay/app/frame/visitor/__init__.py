"""Who is looking: everybody sees all runs that they have a link to, and controls their own."""

from tfplay.app.frame.visitor.visitor import (
    expiry_notice,
    is_mine,
    my_runs,
    note_visit,
    owns,
    remember_visitor,
    require_at_home,
    require_mine,
    require_own,
    require_welcome,
    visitor,
)

__all__ = [
    "expiry_notice",
    "is_mine",
    "my_runs",
    "note_visit",
    "owns",
    "remember_visitor",
    "require_at_home",
    "require_mine",
    "require_own",
    "require_welcome",
    "visitor",
]
