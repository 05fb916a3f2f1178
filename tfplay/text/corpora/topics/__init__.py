"""Topics: what a sentence is about."""

from tfplay.text.corpora.topics.grammar import TOPICS

__all__ = ["TOPICS"]
