"""Sentences in which words decide one another, for a model that fills in masked words."""

from tfplay.text.corpora.masked_words.corpus import MASK, MASKED_WORDS

__all__ = ["MASK", "MASKED_WORDS"]
