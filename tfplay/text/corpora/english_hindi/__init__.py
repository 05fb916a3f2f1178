"""English sentences and their Hindi translations, made by a grammar of both languages."""

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.lists import made_by

ENGLISH_HINDI = Corpus(
    name="english-hindi",
    title="English to Hindi",
    task="translation",
    explanation=(
        "Short English sentences with their Hindi translations: everyday words in more than a "
        "hundred patterns. Held-out sentences are new fillings of known patterns; in "
        "held-out-words the pattern never met one of its words in training."
    ),
    generate=made_by("english_hindi.corpus"),
    parts=("training", "held-out", "held-out-words"),
    languages=("English", "Hindi"),
)
