"""Sentiment: short reviews, positive or negative."""

from tfplay.text.corpora.sentiment.grammar import SENTIMENT

__all__ = ["SENTIMENT"]
