import numpy as np
import pytest

from tests.tasks.samples import model_config
from tfplay.config import TrainingConfig
from tfplay.errors import InputError
from tfplay.models import build_model
from tfplay.recipes import default_recipe
from tfplay.tasks import ClassificationTask, TrainedModel, classify
from tfplay.text import LabelledText
from tfplay.training import build_for_training, train

ARCHITECTURES = ClassificationTask.about.architectures


def reviews():
    """Such as "the film and the book are good .": one word has the class."""
    subjects = ("film", "book", "song", "meal", "city", "game", "park", "play")
    opinions = {"good": "positive", "fine": "positive", "bad": "negative", "dull": "negative"}
    return [
        LabelledText(f"the {first} and the {second} are {word} .", label)
        for first in subjects
        for second in subjects
        for word, label in opinions.items()
    ]


def prepare(examples=None, architecture="encoder-only", max_sequence_length=16, **changes):
    return ClassificationTask.prepare(
        reviews() if examples is None else examples,
        **{
            "architecture": architecture,
            "tokenizer_kind": "word",
            "vocabulary_size": 100,
            "max_sequence_length": max_sequence_length,
            "validation_fraction": 0.1,
            "seed": 0,
            **changes,
        },
    )


def untrained(data, architecture="encoder-only"):
    changes = {"head": "classification", **data.model_changes}
    model = build_model(model_config(architecture=architecture, **changes))
    return TrainedModel("classification", model, data.tokenizer, data.labels)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_each_architecture_learns_which_word_decides(architecture):
    data = prepare(architecture=architecture)
    training = TrainingConfig(steps=60, batch_size=32, learning_rate=5e-3, warmup_steps=10)
    recipe = default_recipe("classification", "reviews.csv", architecture=architecture)
    config = recipe.with_changes({"max_sequence_length": 16}).model_config(**data.model_changes)
    model = build_for_training(config, training)
    train(model, data, training)
    trained = TrainedModel("classification", model, data.tokenizer, data.labels)
    assert ClassificationTask.evaluate(trained, data.validation)["accuracy"] > 0.9


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_one_text_and_many_are_classified_alike(architecture):
    trained = untrained(prepare(architecture=architecture), architecture)
    texts = [example.text for example in reviews()[:5]] + ["good ."]
    together = classify(trained, texts)
    for text, answer in zip(texts, together, strict=True):
        assert list(answer) == list(trained.labels)
        assert sum(answer.values()) == pytest.approx(1, abs=1e-5)
        [alone] = classify(trained, [text])
        np.testing.assert_allclose(list(alone.values()), list(answer.values()), atol=1e-5)


def test_of_a_long_text_the_beginning_is_read():
    trained = untrained(prepare())
    beginning = "the film and the book are good . " * 2
    [short], [long] = (classify(trained, [beginning + rest]) for rest in ("", "bad " * 99))
    assert short == pytest.approx(long, abs=1e-6)


def test_equal_texts_stay_on_one_side_of_the_split():
    shouted = [LabelledText(example.text.upper(), example.label) for example in reviews()]
    data = prepare([*reviews(), *shouted])
    validation = {example.text.lower() for example in data.validation}
    assert validation
    assert not validation & {example.text.lower() for example in data.training}


def test_scores_are_those_of_the_answers_given():
    data = prepare()
    trained = untrained(data)
    truth = [max(each, key=each.get) for each in classify(trained, [r.text for r in reviews()])]
    right = [LabelledText(r.text, label) for r, label in zip(reviews(), truth, strict=True)]
    other = {"positive": "negative", "negative": "positive"}
    wrong = [LabelledText(example.text, other[example.label]) for example in right]
    assert ClassificationTask.evaluate(trained, right) == {"accuracy": 1, "macro_f1": 1}
    assert ClassificationTask.evaluate(trained, wrong)["accuracy"] == 0


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_text_is_refused(text):
    with pytest.raises(InputError, match="text is empty"):
        classify(untrained(prepare()), [text])


def test_one_class_is_not_enough():
    with pytest.raises(InputError, match="All examples are 'positive'"):
        prepare([example for example in reviews() if example.label == "positive"])


def test_a_class_that_the_model_does_not_know_is_named():
    with pytest.raises(InputError, match="no class 'neutral'; there are negative, positive"):
        ClassificationTask.evaluate(untrained(prepare()), [LabelledText("good .", "neutral")])
