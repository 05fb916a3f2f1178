import hashlib
import re

import pytest

from tfplay.text.corpora.senses import SENSE_WORDS, SENSES, minimal_pairs
from tfplay.text.corpora.senses.lexicon import WORD_SENSES

GOLDEN = "f802742bb25697accf439ca26ca2f62bd6e0eddb06719d3a159aa939812fabb3"
LARGE = 18_000


@pytest.fixture(scope="module")
def training():
    return SENSES.examples("training", LARGE, seed=1)


@pytest.fixture(scope="module")
def held_out():
    return SENSES.examples("held-out", LARGE // 3, seed=2)


def words(text):
    return re.findall(r"[\w']+", text)


def test_at_least_twenty_words_have_two_senses_each(training):
    assert len(SENSE_WORDS) >= 20
    assert all(len(labels) == 2 for labels in SENSE_WORDS.values())
    labels = {label for labels in SENSE_WORDS.values() for label in labels}
    assert {example.label for example in training} == labels


def test_each_sense_has_at_least_twelve_patterns():
    assert min(len(sense.beginnings) * len(sense.ends) for sense in WORD_SENSES) >= 12


def test_the_two_senses_of_a_word_share_beginnings_but_no_end():
    for word in SENSE_WORDS:
        one, other = (sense for sense in WORD_SENSES if sense.word == word)
        assert set(one.beginnings) & set(other.beginnings)
        assert not set(one.ends) & set(other.ends)


def test_a_sentence_has_its_word_once(training):
    for text, label in training:
        assert words(text).count(label.split()[0]) == 1


def test_there_are_as_many_different_sentences_as_asked_for(training, held_out):
    assert len(set(training)) == LARGE
    assert len({example.text for example in held_out}) == LARGE // 3


def test_no_held_out_beginning_meets_its_end_in_training(training, held_out):
    def meetings(examples):
        ends = {(sense.label, end) for sense in WORD_SENSES for end in sense.ends}
        begins = {(sense.label, start) for sense in WORD_SENSES for start in sense.beginnings}
        return {
            (label, start, end)
            for text, label in examples
            for _, start in (pair for pair in begins if pair[0] == label and pair[1] in text)
            for _, end in (pair for pair in ends if pair[0] == label and pair[1] in text)
        }

    assert not meetings(training[:5000]) & meetings(held_out[:5000])
    assert not {text for text, _ in training} & {text for text, _ in held_out}


def test_held_out_sentences_use_words_that_training_has(training, held_out):
    seen = {word for text, _ in training for word in words(text)}
    assert {word for text, _ in held_out for word in words(text)} <= seen


def test_held_out_sentences_have_most_of_the_senses(held_out):
    assert len({label for _, label in held_out}) > 0.9 * len(WORD_SENSES)


def test_the_same_seed_gives_the_same_sentences_everywhere():
    examples = SENSES.examples("training", 1000, seed=0)
    assert hashlib.sha256(repr(examples).encode()).hexdigest() == GOLDEN


def test_pairs_of_sentences_are_the_same_up_to_the_word():
    for word in SENSE_WORDS:
        pairs = minimal_pairs(word)
        assert pairs
        for pair in pairs:
            befores = {text.split(word)[0] for sentences in pair for text in sentences}
            assert len(befores) == 1
            assert not set(pair[0]) & set(pair[1])
