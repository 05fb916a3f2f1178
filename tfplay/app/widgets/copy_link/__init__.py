"""A button that copies the page's address."""

from tfplay.app.widgets.copy_link.copy_link import copy_link

__all__ = ["copy_link"]
