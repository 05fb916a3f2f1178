"""Tweets and product reviews that twenty people each rated: the data of VADER, MIT licence.

Hutto and Gilbert, 2014, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social
Media Text". The files lie in the source package `vaderSentiment` 3.3.2 of the Python Package Index,
in `additional_resources/hutto_ICWSM_2014.tar.gz`. Its film reviews are not read: what is held out
here is among them.
"""

import html

from tfplay.text import LabelledText
from tfplay.zoo.open_data import open_data

_FILES = ("tweets_GroundTruth.txt", "amazonReviewSnippets_GroundTruth.txt")
_CLEAR = 0.7
"""The least mean rating, of -4 to 4, that is taken for a praise or, below 0, for a blame."""


def rated_sentences() -> list[LabelledText]:
    """The sentences whose rating is clear.

    Raises:
        InputError: The data set is not there.
    """
    sentences = []
    for name in _FILES:
        path = open_data("vader") / name
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            _, rating, text = line.split("\t", 2)
            if abs(float(rating)) >= _CLEAR:
                label = "positive" if float(rating) > 0 else "negative"
                sentences.append(LabelledText(html.unescape(text).strip(), label))
    return sentences
