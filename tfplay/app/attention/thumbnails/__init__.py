"""All heads of all layers side by side, each to be opened by a click."""

from tfplay.app.attention.thumbnails.thumbnails import head_thumbnails

__all__ = ["head_thumbnails"]
