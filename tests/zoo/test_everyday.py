"""How everyday translations are judged."""

import pytest

from tfplay.zoo.everyday import SENTENCES, is_right


def test_there_are_a_hundred_sentences_and_each_asks_for_something():
    assert len(SENTENCES) == 100
    assert all(entries and all(entries) for entries in SENTENCES.values())


@pytest.mark.parametrize(
    ("sentence", "translation", "right"),
    [
        ("It is raining today.", "आज बारिश हो रही है।", True),
        ("It is raining today.", "पाँच खरगोश हैं।", False),
        ("It is raining today.", "आज धूप निकल रही है।", False),
        ("I work at Google.", "मैं Google में काम करता हूँ।", True),
        ("I work at Google.", "मैं गूगल में नौकरी करती हूँ।", True),
        ("I work at Google.", "मैं गरीब हूँ।", False),
        ("She can sing very well.", "वह बहुत अच्छा गा सकती है।", True),
    ],
)
def test_a_translation_is_right_if_it_has_every_word_that_is_asked_for(
    sentence, translation, right
):
    assert is_right(sentence, translation) == right


def test_what_is_asked_for_must_begin_a_word():
    assert is_right("I am hungry.", "मुझे भूख लगी है।")
    assert not is_right("I am hungry.", "मुझे अभूख लगी है।")
