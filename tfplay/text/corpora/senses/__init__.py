"""Words of two senses in sentences that tell which one is meant."""

from tfplay.text.corpora.senses.corpus import SENSE_WORDS, SENSES, minimal_pairs

__all__ = ["SENSES", "SENSE_WORDS", "minimal_pairs"]
