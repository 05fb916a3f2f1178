"""When a model's answers can be trusted, learned from its own examples."""

from dataclasses import replace

import numpy as np
import pytest

from tests.tasks.small_models import learn, prepare
from tfplay.config import DecodingConfig, TrainingConfig, preset
from tfplay.tasks import (
    ClassificationTask,
    ImagesTask,
    TrainedModel,
    TranslationTask,
    classify,
    judge_translation,
    learn_trust,
    translate,
)
from tfplay.tasks.language_model.task import LanguageModelTask
from tfplay.text import LabelledImage, LabelledText, Pair
from tfplay.training import build_for_training
from tfplay.trust import NEW_WORDS, UNLIKE

THINGS = ("film", "book", "song", "meal", "room", "game", "play", "show")
WORDS = {"positive": ("good", "lovely", "great"), "negative": ("bad", "boring", "poor")}
EXAMPLES = [
    LabelledText(f"the {thing} was {so} {word} and so was the {other}", label)
    for label, words in WORDS.items()
    for word in words
    for thing in THINGS
    for other in THINGS
    for so in ("very", "really")
]


@pytest.fixture(scope="module")
def trained():
    """A classifier that has learned its examples, with its trust."""

    data = prepare(ClassificationTask, EXAMPLES, tokenizer="byte-pair")
    model = learn(ClassificationTask, data, steps=60)
    trust = learn_trust(ClassificationTask, model, data.training, data.validation)
    return replace(model, trust=trust)


def judgement(trained, text):
    [likely] = classify(trained, [text])
    return trained.judge(text, max(likely.values()))


def test_a_text_of_the_trainings_kind_is_not_warned_of(trained):
    assert judgement(trained, "the book was really lovely and so was the meal").sentence == ""


def test_an_invented_word_is_told_by_name(trained):
    found = judgement(trained, "the book was really lovely and so was the glimmerpot")
    assert (found.sentence, found.unfamiliar) == (NEW_WORDS, ("glimmerpot",))


@pytest.mark.parametrize(
    "text", ["Das Wetter ist heute schlecht", "sdkfj wqeoi zmxnv", "यह अच्छा है"]
)
def test_a_foreign_sentence_and_noise_are_told_to_be_unlike(trained, text):
    assert judgement(trained, text).sentence == UNLIKE


def test_classes_keep_their_order_and_sum_to_1_and_are_less_sure_of_what_is_unlike(trained):

    texts = ["the book was really lovely and so was the meal", "Das Wetter ist schlecht"]
    raw = classify(replace(trained, trust=None), texts)
    calibrated = classify(trained, texts)
    for before, after in zip(raw, calibrated, strict=True):
        assert sum(after.values()) == pytest.approx(1)
        assert max(before, key=before.get) == max(after, key=after.get)
    assert max(calibrated[1].values()) < max(raw[1].values())


def test_without_held_out_examples_nothing_is_judged():
    data = prepare(ClassificationTask, EXAMPLES[::20], validation_fraction=0.0)
    model = learn(ClassificationTask, data, steps=0)
    assert learn_trust(ClassificationTask, model, data.training, data.validation) is None


def test_a_picture_has_no_words_and_the_lines_of_a_text_are_its_examples():
    picture = LabelledImage(np.zeros((8, 8, 1), "float32"), "0")
    assert [text for text, _ in ImagesTask.apart([picture])] == [""]
    assert LanguageModelTask.apart("one two\n\nthree") == [
        ("one two", "one two"),
        ("three", "three"),
    ]


def test_a_translator_reads_more_than_it_writes_and_is_judged_by_what_it_writes():
    pairs = [Pair(f"this is the number {n} of them all", f"संख्या {n}") for n in range(200, 260)]
    data = TranslationTask.prepare(
        pairs,
        architecture="encoder-decoder",
        tokenizer_kind="word",
        vocabulary_size=500,
        max_sequence_length=32,
        validation_fraction=0.5,
        seed=0,
    )
    config = preset("tiny", "encoder-decoder", max_sequence_length=32, **data.model_changes)
    model = build_for_training(config, TrainingConfig())
    translator = TrainedModel("translation", model, data.tokenizer)
    trust = learn_trust(TranslationTask, translator, data.training, data.validation)
    translation = translate(translator, pairs[0].source, DecodingConfig(max_new_tokens=5))
    found = judge_translation(replace(translator, trust=trust), "qwe rty uio pas", translation)
    assert found.sentence == UNLIKE
    assert 0 < found.certainty < 1
    assert judge_translation(translator, pairs[0].source, translation) is None
