import hashlib
import re

import pytest

from tfplay.text.corpora.masked_words import MASKED_WORDS
from tfplay.text.corpora.masked_words.corpus import MASK
from tfplay.text.corpora.senses import SENSE_WORDS

GOLDEN = {
    "training": "2e2b6dd88027c33f1ede046b6212a3341e65d016da65dce5ce779f969ccfffa1",
    "cloze": "ee4cb7587c1bd39decb5796436021b3b496dd8c3599cd8602668dc42e38c9fce",
}
LARGE = 18_000


@pytest.fixture(scope="module")
def training():
    return MASKED_WORDS.examples("training", LARGE, seed=1)


@pytest.fixture(scope="module")
def held_out():
    return MASKED_WORDS.examples("held-out", LARGE // 6, seed=2)


@pytest.fixture(scope="module")
def cloze():
    return MASKED_WORDS.examples("cloze", LARGE // 6, seed=3)


def words(texts):
    return set(re.findall(r"[\w']+", " ".join(texts).lower()))


def filled(cloze):
    return [pair.source.replace(MASK, pair.target) for pair in cloze]


def test_there_are_as_many_different_sentences_as_asked_for(training, held_out, cloze):
    assert len(set(training)) == LARGE
    assert len(set(held_out)) == len(set(cloze)) == LARGE // 6


def test_no_held_out_sentence_is_in_training(training, held_out, cloze):
    assert not set(training) & set(held_out)
    assert not set(training) & set(filled(cloze))


def test_held_out_sentences_use_words_that_training_has(training, held_out, cloze):
    assert words(held_out) | words(filled(cloze)) <= words(training)


def test_sentences_are_short_and_whole(training):
    for sentence in training:
        assert len(sentence.split()) <= 20
        assert sentence[0].isupper() and sentence[-1] in ".?"
        assert not re.search(r"[{}\[\]]|  ", sentence)


def test_a_cloze_has_one_gap_with_words_on_both_sides(cloze):
    for source, target in cloze:
        before, after = source.split(MASK)
        assert before.strip() and after.strip()
        assert re.fullmatch(r"\w+", target)


def test_what_stands_in_a_gap_varies(cloze):
    targets = {pair.target for pair in cloze}
    assert len(targets) >= 200
    assert {"he", "she", "his", "her", "was", "were", "an"} <= targets


def test_the_same_gap_seldom_has_two_answers(cloze):
    answers = {}
    for source, target in cloze:
        answers.setdefault(source, set()).add(target)
    assert sum(len(found) == 1 for found in answers.values()) > 0.99 * len(answers)


def test_sentences_of_the_words_with_two_senses_are_among_them(training, held_out):
    assert set(SENSE_WORDS) <= words(training)
    assert sum(bool(set(SENSE_WORDS) & words([text])) for text in training) > LARGE / 5


@pytest.mark.parametrize("part", GOLDEN)
def test_the_same_seed_gives_the_same_sentences_everywhere(part):
    examples = MASKED_WORDS.examples(part, 1000, seed=0)
    assert hashlib.sha256(repr(examples).encode()).hexdigest() == GOLDEN[part]
