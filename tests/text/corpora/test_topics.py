import hashlib
import re
from collections import Counter

import pytest

from tfplay.text.corpora.topics import TOPICS
from tfplay.text.corpora.topics.words import OPENINGS, SHARED, TALK, TOPICS_BY_NAME

AMBIGUOUS_WORDS = {
    "bank": {"money", "travel", "weather"},
    "board": {"food", "money", "travel"},
    "branch": {"food", "money"},
    "break": {"health", "music", "sports", "travel"},
    "charge": {"health", "science", "travel"},
    "cold": {"food", "health", "music", "science", "sports", "weather"},
    "current": {"money", "science", "weather"},
    "key": {"food", "music", "science", "travel"},
    "match": {"sports", "travel"},
    "note": {"food", "health", "music"},
    "pitch": {"money", "music", "sports"},
    "pressure": {"health", "science", "weather"},
    "record": {"money", "music", "sports", "weather"},
    "scale": {"food", "health", "science"},
    "score": {"music", "sports"},
    "season": {"food", "health", "money", "music", "sports", "travel", "weather"},
    "spring": {"food", "travel", "weather"},
    "stock": {"food", "money"},
    "tip": {"food", "money", "travel"},
    "track": {"music", "science", "sports", "travel"},
    "wave": {"health", "science", "weather"},
}


@pytest.fixture(scope="module")
def training():
    return TOPICS.examples("training", 24_000, seed=0)


@pytest.fixture(scope="module")
def held_out():
    return TOPICS.examples("held-out", 4_000, seed=0)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.lower())


def test_the_same_seed_gives_the_same_sentences_on_every_machine():
    sentences = TOPICS.examples("training", 1_000, seed=7)
    digest = hashlib.sha256(repr([tuple(one) for one in sentences]).encode()).hexdigest()
    assert digest[:16] == "deb1f97a3ebde862"


def test_training_and_held_out_share_no_sentence_whatever_the_seed(training, held_out):
    other_held_out = TOPICS.examples("held-out", 2_000, seed=1)
    texts = {sentence.text for sentence in training}
    assert len(texts) == len(training)
    assert not texts & {sentence.text for sentence in held_out + other_held_out}


def test_all_topics_are_as_frequent(training, held_out):
    for part in (training, held_out):
        counts = Counter(sentence.label for sentence in part)
        assert counts == dict.fromkeys(TOPICS_BY_NAME, len(part) // 8)


def test_no_sentence_has_two_topics(training, held_out):
    labels = {}
    for text, label in training + held_out:
        assert labels.setdefault(text, label) == label


def test_held_out_sentences_have_no_word_that_training_lacks(training, held_out):
    known = {word for sentence in training for word in _words(sentence.text)}
    unknown = {word for sentence in held_out for word in _words(sentence.text)} - known
    assert not unknown


def test_sentences_are_short(training):
    lengths = sorted(len(_words(sentence.text)) for sentence in training)
    assert lengths[len(lengths) // 2] <= 11
    assert lengths[-1] <= 22


@pytest.mark.parametrize("topic", TOPICS_BY_NAME)
def test_every_topic_has_patterns_enough_and_fills_every_slot(topic):
    words, sentences, ambiguous = vars(TOPICS_BY_NAME[topic]).values()
    assert len(set(sentences)) >= 15
    assert len(set(ambiguous)) >= 10
    for pattern in (*sentences, *ambiguous, *TALK, *OPENINGS):
        for slot in re.findall(r"\{(\w+)\}", pattern):
            assert slot.removeprefix("other_") in SHARED | words


@pytest.mark.parametrize("word", AMBIGUOUS_WORDS)
def test_ambiguous_words_occur_in_all_their_topics(word, training):
    found = {sentence.label for sentence in training if word in _words(sentence.text)}
    assert found >= AMBIGUOUS_WORDS[word]


def test_a_topic_that_is_named_only_to_be_rejected_does_not_count(training):
    sports = set(TOPICS_BY_NAME["sports"].words["theme"])
    rejected = [
        sentence.label
        for sentence in training
        if (match := re.search(r"[Ii]nstead of (.+) we discussed", sentence.text))
        and match[1] in sports
    ]
    assert len(rejected) > 20
    assert "sports" not in rejected
