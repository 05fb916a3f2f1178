"""Sentiment: short reviews, positive or negative."""

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.lists import made_by

SENTIMENT = Corpus(
    name="sentiment",
    title="Sentiment: what a review thinks",
    task="classification",
    explanation=(
        "Short reviews of films, meals, hotels, phones and more, positive or negative. Good words "
        "can blame and bad words can praise: not, hardly, but, although and comparisons decide. "
        "Held out are reviews with a word in a pattern that training never has it in."
    ),
    generate=made_by("sentiment.grammar"),
)
