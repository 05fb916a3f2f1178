import hashlib
import re
from collections import Counter

import pytest

from tfplay.text.corpora.entities import ENTITIES, grammar
from tfplay.text.corpora.entities.names import KNOWN_WORDS, NAMES
from tfplay.text.corpora.entities.patterns import PATTERN_GROUPS, WORDS
from tfplay.text.words import WORD_PATTERNS

TYPES = ("PER", "LOC", "ORG", "DATE")


@pytest.fixture(scope="module")
def training():
    return ENTITIES.examples("training", 25_000, seed=0)


@pytest.fixture(scope="module")
def held_out():
    return ENTITIES.examples("held-out", 4_000, seed=0)


def _spans(sentence) -> list[tuple[str, str]]:
    """The entities of a sentence, each with its type."""
    spans = []
    for word, tag in zip(*sentence, strict=True):
        if tag.startswith("B-"):
            spans.append((word, tag[2:]))
        elif tag.startswith("I-"):
            spans[-1] = (f"{spans[-1][0]} {word}", tag[2:])
    return spans


def _made_up(sentences) -> set[str]:
    """Names of one word, in any sentence, that no table of real names has."""
    return {
        name
        for sentence in sentences
        for name, entity_type in _spans(sentence)
        if entity_type in ("PER", "LOC") and " " not in name and name not in KNOWN_WORDS
    }


def test_the_same_seed_gives_the_same_sentences_on_every_machine():
    sentences = ENTITIES.examples("training", 1_000, seed=7)
    digest = hashlib.sha256(repr([tuple(one) for one in sentences]).encode()).hexdigest()
    assert digest[:16] == "d812080ccf68c921"


def test_training_and_held_out_share_no_sentence_whatever_the_seed(training, held_out):
    other_held_out = ENTITIES.examples("held-out", 2_000, seed=1)
    sentences = {sentence.words for sentence in training}
    assert len(sentences) == len(training)
    assert not sentences & {sentence.words for sentence in held_out + other_held_out}


def test_made_up_names_are_held_out_too(training, held_out):
    names, held_out_names = _made_up(training), _made_up(held_out)
    other = ENTITIES.examples("training", 10_000, seed=1)
    new_names = {name for name in held_out_names if grammar.is_held_out("made up", name)}
    assert len(new_names) > 250
    assert not new_names & (names | _made_up(other))


def test_known_names_and_ordinary_words_of_held_out_sentences_occur_in_training(training, held_out):
    seen = {word for sentence in training for word in sentence.words}
    for sentence in held_out:
        for word, tag in zip(*sentence, strict=True):
            if tag == "O" or word in KNOWN_WORDS:
                assert word in seen


def test_tags_are_valid_iob2(training):
    for words, tags in training:
        assert len(words) == len(tags)
        for before, tag in zip(("O", *tags), tags, strict=False):
            assert tag == "O" or (tag[:2] in ("B-", "I-") and tag[2:] in TYPES)
            if tag.startswith("I-"):
                assert before[2:] == tag[2:]


def test_no_sentence_is_tagged_in_two_ways(training, held_out):
    tagged = {}
    for words, tags in training + held_out:
        assert tagged.setdefault(words, tags) == tags


def test_punctuation_is_a_word_of_its_own(training):
    for sentence in training:
        for word in sentence.words:
            assert word == "'s" or WORD_PATTERNS["word"].fullmatch(word), word


def test_all_types_long_names_and_sentences_without_names_occur(training):
    spans = [_spans(sentence) for sentence in training]
    types = Counter(entity_type for found in spans for _, entity_type in found)
    assert all(types[entity_type] > 0.1 * types.total() for entity_type in TYPES)
    assert 0.05 < sum(not found for found in spans) / len(spans) < 0.2
    assert sum(len(found) >= 3 for found in spans) > 0.05 * len(spans)
    assert sum(" " in name for found in spans for name, _ in found) > 0.25 * types.total()


def test_names_stand_at_both_ends_of_sentences(training):
    assert sum(sentence.tags[0].startswith("B-") for sentence in training) > 0.2 * len(training)
    assert sum(sentence.tags[-1] != "O" for sentence in training) > 0.01 * len(training)


def test_the_sentence_decides_what_an_ambiguous_name_means(training):
    types = {}
    for sentence in training:
        for name, entity_type in _spans(sentence):
            types.setdefault(name, set()).add(entity_type)
    for name in NAMES["ambiguous_names"]:
        assert types[name] >= {"PER", "LOC"}, name
    spans = [set(_spans(sentence)) for sentence in training]
    assert any({("Jordan", "PER"), ("Jordan", "LOC")} <= found for found in spans)


def test_lower_case_words_belong_to_names_of_organisations(training):
    names = {name for sentence in training for name, _ in _spans(sentence)}
    assert any(re.fullmatch(r"University of \w+", name) for name in names)
    assert any(re.fullmatch(r"\w+ and Sons", name) for name in names)
    assert not any(name.startswith("the ") for name in names)


def test_there_are_many_patterns_whose_slots_are_all_known():
    patterns = {pattern for group in PATTERN_GROUPS for pattern in group}
    assert len(patterns) >= 110
    slots = {slot for pattern in patterns for slot in re.findall(r"\{(\w+)\}", pattern)}
    names = {
        "NAMESAKE_PER",
        "NAMESAKE_LOC",
        "PER",
        "FIRST",
        "TITLED",
        "LOC",
        "CITY",
        "COUNTRY",
        "DAY",
        "PERIOD",
        "WHEN",
    }
    organisations = {"COMPANY", "SCHOOL", "CLUB", "OFFICE"}
    assert slots == names | organisations | set(WORDS) | {"brand"}
