"""A picture as the model reads it, with a colour over each of its patches."""

from tfplay.app.widgets.picture.picture import LEAST_FULL, picture

__all__ = ["LEAST_FULL", "picture"]
