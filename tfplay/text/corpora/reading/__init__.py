"""Reading comprehension: short stories, and questions whose answers stand in them."""

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.lists import made_by

READING = Corpus(
    name="reading",
    title="Reading comprehension",
    task="answers",
    explanation=(
        "Stories of three to six sentences, and questions whose answers stand in them. Each story "
        "tells of two persons, two places or two colours, so that the question must be read."
    ),
    generate=made_by("reading.corpus"),
)
