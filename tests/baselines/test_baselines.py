"""Simpler methods on the examples of a model: what they reach, and what is said of it."""

from collections.abc import Sequence
from random import Random
from types import SimpleNamespace

import pytest

from tfplay.baselines import best_baseline, measure_baselines, verdict
from tfplay.baselines.classification import majority_scores, word_count_scores
from tfplay.baselines.tagging import window_scores, word_tag_scores
from tfplay.baselines.tokens import frequency_scores, ngram_scores
from tfplay.baselines.translation import copy_scores, dictionary_scores
from tfplay.tasks.trained_model import InputFormat
from tfplay.text import CharacterTokenizer, LabelledText, Pair, TaggedSentence, WordTokenizer

ADJECTIVES = {"good": ("fine", "lovely", "great"), "bad": ("dull", "poor", "awful")}
THINGS = ("film", "book", "song", "play", "dish")
REVIEWS = [
    LabelledText(f"A {adjective} {thing}, I think.", label)
    for label, adjectives in ADJECTIVES.items()
    for adjective in adjectives
    for thing in THINGS
]


def test_the_most_frequent_class_is_right_as_often_as_it_stands_there():
    training = [LabelledText("a", "x")] * 2 + [LabelledText("b", "y")]
    judged = [LabelledText("c", label) for label in "xyxyy"]
    assert majority_scores(training, judged)["accuracy"] == pytest.approx(2 / 5)


def test_counted_words_tell_classes_that_have_words_of_their_own():
    shuffled = Random(0).sample(REVIEWS, len(REVIEWS))
    assert word_count_scores(shuffled[7:], shuffled[:7])["accuracy"] == 1


def test_hindi_words_are_counted_whole():
    """The two words differ in a vowel sign, at which many cut words."""
    examples = [LabelledText(word, label) for word, label in (("कि", "a"), ("की", "b"))] * 3
    assert word_count_scores(examples, examples)["accuracy"] == 1


def sentence(*pairs: str) -> TaggedSentence:
    return TaggedSentence(*zip(*(pair.split("/") for pair in pairs), strict=True))


TAGGED = [
    sentence("Ann/B-PER", "lives/O", "in/O", "Rome/B-LOC"),
    sentence("Bob/B-PER", "works/O", "in/O", "Oslo/B-LOC"),
    sentence("Cid/B-PER", "sleeps/O", "in/O", "Lima/B-LOC"),
] * 5


def test_each_words_tag_fails_at_new_words_and_its_neighbours_do_not():
    judged = [sentence("Eve/B-PER", "lives/O", "in/O", "Bonn/B-LOC")]
    assert word_tag_scores(TAGGED, TAGGED)["f1"] == 1
    assert word_tag_scores(TAGGED, judged)["f1"] == 0
    assert window_scores(TAGGED, judged)["f1"] == 1


NUMBERS = {"one": "eins", "two": "zwei", "three": "drei", "four": "vier", "five": "fünf"}
PAIRS = [
    Pair(f"{a} {b} {c}.", f"{NUMBERS[a]} {NUMBERS[b]} {NUMBERS[c]}.")
    for a in NUMBERS
    for b in NUMBERS
    for c in NUMBERS
]


def test_a_counted_dictionary_translates_word_by_word():
    shuffled = Random(0).sample(PAIRS, len(PAIRS))
    assert dictionary_scores(shuffled[11:], shuffled[:11])["chrf"] > 90
    assert copy_scores(shuffled[:11])["chrf"] < 30
    assert copy_scores([Pair("the same here", "the same here")])["chrf"] == pytest.approx(100)


def trained(task: str, tokenizer, context: int, architecture: str = "decoder-only"):
    """What baselines ask of a trained model."""
    form = InputFormat(tokenizer, (), architecture, context)
    return SimpleNamespace(task=task, tokenizer=tokenizer, input_format=form, context=context)


def test_counted_ngrams_predict_what_repeats():
    text = "abcdefg" * 30
    model = trained("language-model", CharacterTokenizer.train([text], 50), context=11)
    assert ngram_scores(model, text, text, None)["perplexity"] < 1.2
    noise = "".join(Random(1).choices("abcdefg", k=210))
    assert ngram_scores(model, noise, text, None)["perplexity"] > 4


def test_the_most_frequent_token_is_guessed_behind_every_mask():
    lines = ["red red red red red blue"] * 23
    tokenizer = WordTokenizer.train(lines, 50)
    model = trained("masked-words", tokenizer, 13, "encoder-only")
    assert frequency_scores(model, lines, ["red red red red red red"] * 7)["accuracy"] == 1
    assert frequency_scores(model, lines, ["blue blue blue blue"] * 7)["accuracy"] == 0


def test_a_task_without_a_simple_method_has_none():
    assert measure_baselines(SimpleNamespace(task="images"), [], [], 5) == []


def result(score: str, of_model: float, *others: float) -> dict:
    baselines: Sequence = [{"name": f"Method {n}", score: each} for n, each in enumerate(others)]
    return {score: of_model, "baselines": baselines}


@pytest.mark.parametrize(
    ("task", "found", "told"),
    [
        ("classification", result("accuracy", 0.7, 0.5, 0.8), "Not worth it yet: accuracy 70.0%"),
        ("classification", result("accuracy", 0.9, 0.5, 0.8), "Worth it: accuracy 90.0%"),
        ("classification", result("accuracy", 0.99, 0.988), "Hardly worth it yet: accuracy 99.0%"),
        ("language-model", result("perplexity", 7.0, 9.0), "Worth it: perplexity 7.00"),
        ("language-model", result("perplexity", 9.0, 7.0), "Not worth it yet: perplexity 9.00"),
        ("translation", result("chrf", 31.0, 3.0, 40.5), "Not worth it yet: chrF 31.0"),
    ],
)
def test_the_best_simple_method_decides_whether_a_model_is_worth_it(task, found, told):
    sentence = verdict(task, found)
    assert sentence.startswith(told)
    assert ("--start-from" in sentence) != told.startswith("Worth it")


def test_nothing_is_said_where_nothing_was_compared():
    for found in ({"accuracy": 0.5}, {"accuracy": 0.5, "baselines": []}, {"baselines": []}):
        assert verdict("classification", found) is None
        assert best_baseline("classification", found) is None
    assert verdict("images", result("accuracy", 0.5, 0.4)) is None
