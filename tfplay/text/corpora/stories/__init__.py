"""Short stories for a model that continues text."""

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.lists import made_by

STORIES = Corpus(
    name="stories",
    title="Short stories",
    task="language-model",
    explanation=(
        "Stories of some seven sentences: things lost and found, gifts, trips in the rain, races, "
        "letters. Who finds a key opens a door with it, and a pet keeps its name."
    ),
    generate=made_by("stories.corpus"),
)
