"""Topics: what a sentence is about."""

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.lists import made_by

TOPICS = Corpus(
    name="topics",
    title="Topics: what a sentence is about",
    task="classification",
    explanation=(
        "Sentences about sports, food, weather, music, travel, science, money and health. A bank, "
        "a pitch or a cold belongs to several topics: the other words decide. Held out are "
        "sentences with a word in a pattern that training never has it in."
    ),
    generate=made_by("topics.grammar"),
)
