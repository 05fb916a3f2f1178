"""Where each concept of the notes that TFPlay grew from can be seen, changed and checked."""

from tfplay.app.concepts.concepts import CONCEPTS, NOTES, Concept

__all__ = ["CONCEPTS", "Concept", "NOTES"]
