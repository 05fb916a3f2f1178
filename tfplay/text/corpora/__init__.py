"""Corpora written for this project: grammars and lexicons that make examples without end."""

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.conversations import CONVERSATIONS
from tfplay.text.corpora.digits import DIGITS
from tfplay.text.corpora.english_hindi import ENGLISH_HINDI
from tfplay.text.corpora.entities import ENTITIES
from tfplay.text.corpora.masked_words import MASKED_WORDS
from tfplay.text.corpora.reading import READING
from tfplay.text.corpora.senses import SENSES
from tfplay.text.corpora.sentiment import SENTIMENT
from tfplay.text.corpora.stories import STORIES
from tfplay.text.corpora.topics import TOPICS

CORPORA: dict[str, Corpus] = {
    corpus.name: corpus
    for corpus in (
        ENGLISH_HINDI,
        CONVERSATIONS,
        STORIES,
        SENTIMENT,
        TOPICS,
        SENSES,
        ENTITIES,
        MASKED_WORDS,
        READING,
        DIGITS,
    )
}
"""Every corpus, by its name."""

__all__ = ["CORPORA", "Corpus"]
