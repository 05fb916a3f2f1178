"""A pad to draw on, with a mouse, a finger or the keyboard."""

from tfplay.app.widgets.drawing.drawing import draw

__all__ = ["draw"]
