"""What shipped models learn from: the grammars, and data of real sentences."""

from tfplay.text.corpora import CORPORA
from tfplay.text.corpora.base import Corpus
from tfplay.zoo.handwriting import HANDWRITING
from tfplay.zoo.names import NAMES
from tfplay.zoo.reviews import REVIEWS

_REAL = (HANDWRITING, NAMES, REVIEWS)

ZOO_CORPORA: dict[str, Corpus] = {**CORPORA, **{each.name: each for each in _REAL}}
"""By name; names and reviews need data that `open_data` finds."""
