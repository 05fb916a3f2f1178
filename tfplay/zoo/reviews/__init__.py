"""Real sentences that praise or blame: reviews, tweets, everyday remarks."""

import random
from pathlib import Path

from tfplay.text import LabelledText
from tfplay.text.corpora import CORPORA
from tfplay.text.corpora.base import Corpus
from tfplay.zoo.open_data import open_data
from tfplay.zoo.reviews.critics import critics_sentence
from tfplay.zoo.reviews.vader import rated_sentences

HELD_OUT, GRAMMAR = "rt-polarity", "grammar"
LABELS = ("negative", "positive")

_SHARES = {"written": 45, "critics": 15, "rated": 35, "grammar": 5}
"""How much of what is trained on comes from where, in percent."""


def written_sentences() -> list[LabelledText]:
    """The sentences written for this model, each on a line of its class's file."""
    return [
        LabelledText(line, label)
        for label in LABELS
        for line in Path(__file__).with_name(f"{label}.txt").read_text("utf-8").splitlines()
    ]


def film_reviews() -> list[LabelledText]:
    """All sentences of rt-polarity (Pang and Lee, 2005), CC BY 4.0, which are only measured on.

    Raises:
        InputError: The data set is not there.
    """
    folder = open_data("rt-polarity")
    files = {"negative": folder / "rt-polarity.neg", "positive": folder / "rt-polarity.pos"}
    return [
        LabelledText(line.strip(), label)
        for label, path in files.items()
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def _examples(part: str, count: int, seed: int) -> list[LabelledText]:
    generator = random.Random(seed)
    if part == HELD_OUT:
        reviews = film_reviews()
        return generator.sample(reviews, min(count, len(reviews)))
    if part == GRAMMAR:
        return CORPORA["sentiment"].examples("held-out", count, seed)
    sources = {
        "written": written_sentences(),
        "rated": rated_sentences(),
        "critics": [
            critics_sentence(label, generator) for label in LABELS for _ in range(count // 4)
        ],
        "grammar": CORPORA["sentiment"].examples("training", count // 4, seed),
    }
    by_label = {
        (source, label): [each for each in examples if each.label == label]
        for source, examples in sources.items()
        for label in LABELS
    }
    drawn = generator.choices(list(_SHARES), list(_SHARES.values()), k=count)
    return [
        generator.choice(by_label[source, LABELS[number % 2]])
        for number, source in enumerate(drawn)
    ]


REVIEWS = Corpus(
    name="reviews",
    title="Sentiment of real sentences",
    task="classification",
    explanation=(
        "Sentences of reviews and everyday remarks written for TFPlay, critics' words put "
        "together, tweets and product reviews that people rated (the data of VADER, MIT licence), "
        "and sentences of the grammar `sentiment`. Held out is all of rt-polarity (CC BY 4.0): "
        "sentences of film critics, of which none was trained on."
    ),
    generate=_examples,
    parts=("training", HELD_OUT, GRAMMAR),
)
