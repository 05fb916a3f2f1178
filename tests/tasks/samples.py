"""Sentence pairs that a test can read at a glance."""

from itertools import product

from tfplay.config import ModelConfig
from tfplay.tasks import TranslationTask
from tfplay.text import Pair

ENGLISH = ("one", "two", "three", "four", "five")
HINDI = ("एक", "दो", "तीन", "चार", "पाँच")


def number_pairs():
    """125 pairs such as "two one five" and "दो एक पाँच"."""
    return [
        Pair(" ".join(ENGLISH[i] for i in digits), " ".join(HINDI[i] for i in digits))
        for digits in product(range(5), repeat=3)
    ]


def prepare(
    pairs=None,
    tokenizer_kind="word",
    max_sequence_length=16,
    validation_fraction=0.1,
    architecture="encoder-decoder",
):
    return TranslationTask.prepare(
        number_pairs() if pairs is None else pairs,
        architecture=architecture,
        tokenizer_kind=tokenizer_kind,
        vocabulary_size=1000,
        max_sequence_length=max_sequence_length,
        validation_fraction=validation_fraction,
        seed=0,
    )


def model_config(vocabulary_size, architecture="encoder-decoder", **changes):
    return ModelConfig(
        architecture,
        vocabulary_size=vocabulary_size,
        **{
            "max_sequence_length": 16,
            "num_layers": 2,
            "hidden_dim": 33,
            "num_heads": 3,
            "initializer_range": 0.5,
            **changes,
        },
    )
