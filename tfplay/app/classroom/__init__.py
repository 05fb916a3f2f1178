"""The page on which a teacher opens and watches a class, and pupils join it."""

from tfplay.app.classroom.view import classroom_view

__all__ = ["classroom_view"]
