"""Who is looking: everybody sees all runs that they have a link to, and controls their own."""

from tfplay.app.frame.visitor.visitor import (
    is_mine,
    my_runs,
    remember_visitor,
    require_mine,
    visitor,
)

__all__ = ["is_mine", "my_runs", "remember_visitor", "require_mine", "visitor"]
