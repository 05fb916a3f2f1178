"""Entities: persons, places, organisations and dates in sentences."""

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.lists import made_by

ENTITIES = Corpus(
    name="entities",
    title="Entities: who, where, which organisation and when",
    task="tagging",
    explanation=(
        "Sentences with persons, places, organisations and dates. Jordan may visit Jordan, and "
        "many names are made of syllables: only context tells what they name. What is said of them "
        "is invented. Held out are made-up names that training never has, and known ones in "
        "patterns where it never has them."
    ),
    generate=made_by("entities.grammar"),
)
