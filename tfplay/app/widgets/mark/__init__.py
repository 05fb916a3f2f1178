"""A control of the page that stands out, for a visitor who is told to use it."""

from tfplay.app.widgets.mark.mark import mark_control

__all__ = ["mark_control"]
