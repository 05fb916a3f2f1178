import hashlib
import re

import pytest

from tfplay.text.corpora.people import BOYS, GIRLS
from tfplay.text.corpora.stories import STORIES
from tfplay.text.corpora.stories.plots import PLOTS
from tfplay.text.corpora.stories.words import PHRASES

GOLDEN = "41bc24563e6fecbfd86b2a6763eb3a9e9d94bb629ba78de740ea7a0ea409c2ff"
LARGE = 8_000


@pytest.fixture(scope="module")
def training():
    return STORIES.examples("training", LARGE, seed=1)


@pytest.fixture(scope="module")
def held_out():
    return STORIES.examples("held-out", LARGE // 8, seed=2)


def words(stories):
    return set(re.findall(r"[\w']+", " ".join(stories).lower()))


def test_there_are_as_many_different_stories_as_asked_for(training, held_out):
    assert len(set(training)) == LARGE
    assert len(set(held_out)) == LARGE // 8


def test_no_held_out_story_is_in_training(training, held_out):
    assert not set(training) & set(held_out)


def test_no_pet_hides_in_training_where_it_hides_in_held_out_stories(training, held_out):
    def hidings(stories):
        return {
            (pet, place)
            for place in PHRASES["hiding_place"]
            for story in stories
            if place in story
            for pet in PHRASES["pet"]
            if re.search(rf"\b{pet}\b", story)
        }

    assert hidings(held_out)
    assert not hidings(training) & hidings(held_out)


def test_held_out_stories_use_words_that_training_has(training, held_out):
    assert words(held_out) <= words(training)


def test_there_are_at_least_sixty_patterns_and_five_hundred_words(training):
    assert sum(len(ways) for plot in PLOTS for ways in plot.sentences) >= 60
    assert len(words(training)) >= 500


def test_stories_have_four_to_nine_sentences_of_forty_to_ninety_words(training):
    for story in training:
        assert 40 <= len(story.split()) <= 90
        assert 4 <= len(re.findall(r'[.!?]"?(?: [A-Z"]|$)', story)) <= 9


def test_sentences_begin_with_a_capital_letter_and_no_slot_is_open(training):
    for story in training:
        assert story[0].isupper() or story[0] == '"'
        assert not re.search(r'[.!?] "?[a-z]|[{}]|  ', story)


def test_no_vowel_follows_a(training):
    assert not any(re.search(r"\b[Aa] [aeiou]", story) for story in training)


def test_who_is_called_by_a_pronoun_was_named_with_that_gender():
    """Only the names of the hero and the friend decide who is he and who is she."""
    for story in STORIES.examples("training", 5000, seed=4):
        named = re.findall(r"\b[A-Z][a-z]+\b", story)
        pronouns = set(re.findall(r"\b(he|him|she)\b", story.lower()))
        assert not pronouns & {"he", "him"} or set(named) & set(BOYS)
        assert "she" not in pronouns or set(named) & set(GIRLS)


def test_a_pet_keeps_its_name(training):
    for story in training:
        assert sum(name in story for name in PHRASES["pet_name"]) <= 1


def test_openings_and_endings_vary(training):
    openings = {" ".join(story.split()[:2]) for story in training}
    endings = {" ".join(story.split()[-2:]) for story in training}
    assert min(len(openings), len(endings)) >= 60


def test_the_same_seed_gives_the_same_stories_everywhere():
    examples = STORIES.examples("training", 1000, seed=0)
    assert hashlib.sha256(repr(examples).encode()).hexdigest() == GOLDEN
