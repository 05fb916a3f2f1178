import hashlib
import re
from random import Random

import pytest

from tfplay.text.corpora.reading import READING
from tfplay.text.corpora.reading.corpus import QUESTIONS_OF_A_STORY, draw_words
from tfplay.text.corpora.reading.plots import PLOTS
from tfplay.text.corpora.slots import fill

GOLDEN = "9a605546ec40f85413c14180ebe8d7544b47954ec77731808782acb85972e895"
LARGE = 18_000


@pytest.fixture(scope="module")
def training():
    return READING.examples("training", LARGE, seed=1)


@pytest.fixture(scope="module")
def held_out():
    return READING.examples("held-out", LARGE // 6, seed=2)


def contexts(questions):
    return list(dict.fromkeys(question.context for question in questions))


def words(texts):
    """All words but names."""
    return set(re.findall(r"\b[a-z]+\b", " ".join(texts)))


def test_answers_stand_in_their_stories(training, held_out):
    for context, _, answer, start in training + held_out:
        assert answer
        assert context[start : start + len(answer)] == answer


def test_an_answer_is_a_span_of_whole_words(training):
    for context, _, answer, start in training[:5000]:
        around = context[start - 1 : start] + context[start + len(answer)]
        assert not re.search(r"\w", around)


def test_there_are_as_many_different_questions_as_asked_for(training, held_out):
    assert len(set(training)) == LARGE
    assert len(set(held_out)) == LARGE // 6
    questions_of_a_story = len(training) / len(contexts(training))
    assert min(QUESTIONS_OF_A_STORY) <= questions_of_a_story <= max(QUESTIONS_OF_A_STORY)


def test_no_held_out_story_is_in_training(training, held_out):
    assert not set(contexts(training)) & set(contexts(held_out))


def test_held_out_stories_use_words_that_training_has(training, held_out):
    assert words(contexts(held_out)) <= words(contexts(training))


def test_stories_are_short(training):
    lengths = [len(context.split()) for context in contexts(training)]
    assert min(lengths) >= 20
    assert max(lengths) <= 65
    sentences = [len(re.findall(r"[.!?](?= |$)", context)) for context in contexts(training)]
    assert set(sentences) <= {3, 4, 5, 6}


@pytest.mark.parametrize("plot", PLOTS)
def test_every_way_to_say_a_sentence_holds_what_is_asked_of_it(plot):
    words = draw_words(Random(0))
    for sentence, slot, _ in plot.questions:
        assert all(slot in fill(way, words).places for way in plot.sentences[sentence])


def test_a_question_must_be_read_to_be_answered(training):
    """Nearly every story has questions with the same question word and different answers."""
    answers = {}
    for context, question, answer, _ in training:
        answers.setdefault((context, question.split()[0]), set()).add(answer)
    assert sum(len(found) > 1 for found in answers.values()) > len(contexts(training)) / 2


def test_question_words_and_lengths_of_answers_vary(training):
    first_words = {question.question.split()[0] for question in training}
    assert {"Who", "What", "Where", "When", "Which", "Why", "How", "Whose"} <= first_words
    lengths = [len(question.answer.split()) for question in training]
    assert sum(length > 1 for length in lengths) > LARGE / 4
    assert max(lengths) >= 5


def test_the_same_seed_gives_the_same_questions_everywhere():
    examples = READING.examples("training", 1000, seed=0)
    assert hashlib.sha256(repr(examples).encode()).hexdigest() == GOLDEN
