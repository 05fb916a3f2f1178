"""Lessons: those that there are, and one's own while it is written."""
