"""Corpora written for this project: grammars and word lists that make unlimited examples."""

from tfplay.text.corpora.base import Corpus, fitting_tasks
from tfplay.text.corpora.conversations import CONVERSATIONS
from tfplay.text.corpora.dates import DATES
from tfplay.text.corpora.digits import DIGITS
from tfplay.text.corpora.english_hindi import ENGLISH_HINDI
from tfplay.text.corpora.entities import ENTITIES
from tfplay.text.corpora.masked_words import MASKED_WORDS
from tfplay.text.corpora.phrase_book import PHRASE_BOOK
from tfplay.text.corpora.reading import READING
from tfplay.text.corpora.senses import SENSES
from tfplay.text.corpora.sentiment import SENTIMENT
from tfplay.text.corpora.songs import SONGS
from tfplay.text.corpora.source_code import SOURCE_CODE
from tfplay.text.corpora.stories import STORIES
from tfplay.text.corpora.topics import TOPICS

CORPORA: dict[str, Corpus] = {
    corpus.name: corpus
    for corpus in (
        DATES,
        ENGLISH_HINDI,
        PHRASE_BOOK,
        CONVERSATIONS,
        STORIES,
        SONGS,
        SENTIMENT,
        TOPICS,
        SENSES,
        ENTITIES,
        MASKED_WORDS,
        READING,
        DIGITS,
        SOURCE_CODE,
    )
}
"""Every corpus by its name; for each task the quickest to learn comes first."""

__all__ = ["CORPORA", "Corpus", "fitting_tasks"]
