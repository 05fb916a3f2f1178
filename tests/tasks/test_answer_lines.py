"""What a model says to a text, in a line, whatever it has learned."""

from dataclasses import replace

import pytest

from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.store import open_model
from tfplay.tasks import TASKS, TrainedModel, classify, fill, translate


def load(name: str) -> TrainedModel:
    """The model, with probabilities as it gives them."""
    return replace(open_model(name).load(), trust=None)


def line(name: str, text: str) -> str:
    trained = load(name)
    return TASKS[trained.task].answer_line(trained, text)


def test_a_class_with_its_probability():
    text = "The food was not bad at all, we loved it."
    [likely] = classify(load("sentiment"), [text])
    best = max(likely, key=likely.get)
    assert line("sentiment", text) == f"{best}: {likely[best]:.1%}"


def test_the_word_behind_a_mask():
    text = "The [MASK] barked at the cat."
    [[best, *_]] = fill(load("masked-words"), text, 1)
    assert line("masked-words", text) == f"{best.token}: {best.probability:.1%}"


def test_a_translation_and_a_text_that_goes_on():
    text = "We are friends."
    assert line("translator", text) == translate(load("translator"), text, DecodingConfig()).text
    assert len(line("text", "Once upon a time")) > len("Once upon a time") + 20
    assert line("text", "Once upon a time").startswith("Once upon a time")


@pytest.mark.parametrize("name", ["sentiment", "entities"])
def test_without_a_text_there_is_no_answer(name):
    with pytest.raises(InputError, match="the text is empty"):
        line(name, " ")


def test_one_about_every_token_and_a_reply():
    assert line("entities", "Maria lives in Lisbon.").split(":")[0].endswith("B-PER")
    assert line("chat", "Hello!")
