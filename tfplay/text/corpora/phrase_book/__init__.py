"""A phrase book of everyday sentences: whole ones, and patterns whose slots are filled."""

from tfplay.text.corpora.base import Corpus
from tfplay.text.corpora.lists import made_by

PHRASE_BOOK = Corpus(
    name="phrase-book",
    title="Phrase book, English to Hindi",
    task="translation",
    explanation=(
        "Some 2,500 everyday English sentences with their Hindi translations, and more than "
        "300 patterns whose slots are filled: greetings, weather, shopping, travel, family, "
        "health, work. Names and words that are made up stay in Latin letters in Hindi too."
    ),
    generate=made_by("phrase_book.corpus"),
    languages=("English", "Hindi"),
)
