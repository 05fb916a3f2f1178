"""All corpora that can be fetched by name."""

from tfplay.text.published.reviews import IMDB, RT_POLARITY, SST_2
from tfplay.text.published.spans import SQUAD, WIKIGOLD
from tfplay.text.published.texts import BOTCHAN, NAMES, TINY_SHAKESPEARE, WIKITEXT_2
from tfplay.text.published.translation import ENGLISH_FRENCH, ENGLISH_GERMAN, ENGLISH_HINDI

PUBLISHED = {
    corpus.name: corpus
    for corpus in (
        ENGLISH_HINDI,
        ENGLISH_GERMAN,
        ENGLISH_FRENCH,
        TINY_SHAKESPEARE,
        BOTCHAN,
        NAMES,
        WIKITEXT_2,
        RT_POLARITY,
        SST_2,
        IMDB,
        WIKIGOLD,
        SQUAD,
    )
}
