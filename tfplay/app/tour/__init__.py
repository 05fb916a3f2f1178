"""A lesson on its way over the pages: its bar on each of them, and where it begins."""

from tfplay.app.tour.bar import lesson_bar
from tfplay.app.tour.doors import lesson_doors

__all__ = ["lesson_bar", "lesson_doors"]
