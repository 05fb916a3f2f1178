"""A view"s numbers and its figure, to take along."""

from tfplay.app.lesson.exports.exports import exports

__all__ = ["exports"]
