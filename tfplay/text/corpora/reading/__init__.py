"""Reading comprehension: short stories, and questions whose answers stand in them."""

from tfplay.text.corpora.reading.corpus import READING

__all__ = ["READING"]
