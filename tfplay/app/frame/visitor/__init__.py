"""Who is looking: everybody sees all runs that they have a link to, and controls their own."""

from tfplay.app.frame.visitor.visitor import (
    is_hosted,
    is_mine,
    my_runs,
    owns,
    remember_visitor,
    require_at_home,
    require_mine,
    require_own,
    visitor,
)

__all__ = [
    "is_hosted",
    "is_mine",
    "my_runs",
    "owns",
    "remember_visitor",
    "require_at_home",
    "require_mine",
    "require_own",
    "visitor",
]
