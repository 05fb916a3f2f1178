"""A view"s numbers and its figure, to take along."""

from tfplay.app.lesson.exports.exports import _to_csv, exports

__all__ = ["_to_csv", "exports"]
