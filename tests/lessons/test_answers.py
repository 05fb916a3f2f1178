"""The answers to questions are what the models compute, by plain calls of their own."""

from functools import cache

import numpy as np
import pytest

from tests.lessons.lessons import a_lesson_with_question
from tfplay import explain
from tfplay.errors import InputError
from tfplay.lessons import Lesson, checked_answers, computed_answer, list_lessons
from tfplay.store import Model, open_model
from tfplay.tasks import TASKS, TrainedModel

KEY = "One morning Tom found a key. He opened the"
SONG = "moon river bell fox / moon river"
_loaded: dict[str, TrainedModel] = {}


def load(model: Model) -> TrainedModel:
    """Each once: a model cannot be hashed."""
    return _loaded.setdefault(str(model.weights_path), model.load())


def computed(compute: str, **arguments) -> str:
    return computed_answer({"compute": compute, **arguments}, load)


@cache
def next_by_hand(name: str, text: str, step: int | None = None) -> str:
    """What greedy decoding writes first."""
    trained = load(open_model(name).at(step))
    ids = np.array([trained.tokenizer.tokenize(text)], "int32")
    return trained.tokenizer.detokenize(
        [int(np.asarray(trained.model({"token_ids": ids}))[0, -1].argmax())]
    ).strip()


@pytest.mark.parametrize(("name", "text", "step"), [("text", KEY, None), ("learning", SONG, 150)])
def test_the_next_token_is_the_likeliest(name, text, step):
    arguments = {} if step is None else {"step": step}
    assert computed("next_token", model=name, text=text, **arguments) == next_by_hand(
        name, text, step
    )


def test_the_answer_of_a_translator_is_its_translation_and_of_a_judge_the_class():
    translated = TASKS["translation"].answer_line(load(open_model("translator")), "We are friends.")
    assert computed("answer", model="translator", text="We are friends.") == translated
    assert computed("answer", model="sentiment", text="The film was not bad at all.") == "positive"


def test_tokens_are_counted_as_the_tokenizer_cuts_them():
    count = len(load(open_model("text")).tokenizer.tokenize(KEY))
    assert computed("token_count", model="text", text=KEY) == str(count)


@pytest.mark.parametrize(("layer", "head", "token"), [(2, 2, 10), (1, 3, 4)])
def test_the_most_attended_token_is_the_largest_of_the_row_of_scores(layer, head, token):
    trained = load(open_model("text"))
    ids = np.array([trained.tokenizer.tokenize(KEY)], "int32")
    block = trained.model.trace({"token_ids": ids}).decoder.blocks[layer - 1]
    row = np.asarray(block.self_attention.attention_scores)[0, head - 1, token - 1]
    [label] = trained.tokenizer.labels([ids[0, row.argmax()]])
    asked = {"layer": layer, "head": head, "token": token}
    assert computed("most_attended", model="text", text=KEY, **asked) == label.lstrip("␣")


def test_cross_attention_looks_at_the_source():
    asked = {"layer": 3, "head": 1, "token": 3, "kind": "Cross-attention"}
    looked = computed("most_attended", model="translator", text="We are friends.", **asked)
    assert looked in ("We", "are", "friends", ".", "[END]")


def test_the_nearest_token_has_the_largest_cosine():
    trained = load(open_model("text"))
    labels = trained.tokenizer.labels(range(trained.tokenizer.vocabulary_size))
    matrix = explain.token_vectors(trained.model).astype("float64")
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    cosines = matrix @ matrix[labels.index("␣morning")]
    cosines[labels.index("␣morning")] = -1
    nearest = labels[int(cosines.argmax())]
    assert computed("nearest_token", model="text", token="␣morning") == nearest.lstrip("␣")


def test_a_step_is_settled_from_where_the_answer_stays_what_it_is_in_the_end():
    steps = open_model("learning").steps()
    settled = int(computed("settled_step", model="learning", text=SONG).replace(",", ""))
    answers = {step: next_by_hand("learning", SONG, step) for step in steps}
    end = answers[steps[-1]]
    assert all(answer == end for step, answer in answers.items() if step >= settled)
    assert answers[steps[steps.index(settled) - 1]] != end


def test_the_loss_that_a_training_wrote_down_falls():
    assert computed("loss_change", model="learning") == "falls"


def test_a_block_is_settled_from_where_the_lens_stays_at_the_answer():
    assert computed("settled_block", model="text", text=KEY) in (
        *("embeddings", "after block 1", "after block 2"),
    )


@pytest.mark.parametrize(
    ("computation", "sentence"),
    [
        ({"compute": "next_token", "model": "../text", "text": "a"}, "There is no model"),
        ({"compute": "next_token", "model": "sentiment", "text": "a"}, "does not continue texts"),
        ({"compute": "settled_block", "model": "reviews", "text": "a"}, "does not continue texts"),
        ({"compute": "next_token", "model": "text", "text": "a", "step": 5}, "no weights after"),
        ({"compute": "next_token", "model": "text", "text": " "}, "the text is empty"),
        ({"compute": "settled_step", "model": "text", "text": "a"}, "kept no weights"),
        ({"compute": "loss_change", "model": "nobody"}, "not known how its loss went"),
        ({"compute": "nearest_token", "model": "text", "token": "Zorimel"}, "no token of this"),
        (
            {"compute": "most_attended", "model": "text", "text": "He", "layer": 3}
            | {"head": 1, "token": 1},
            "layer is 3; it must be from 1 to 2",
        ),
        (
            {"compute": "most_attended", "model": "text", "text": "He", "layer": 1}
            | {"head": 1, "token": 1, "kind": "Cross-attention"},
            "this model has Masked self-attention",
        ),
    ],
)
def test_what_cannot_be_computed_is_told(computation, sentence):
    with pytest.raises(InputError, match=sentence):
        computed_answer(computation, load)


@pytest.mark.parametrize("name", list_lessons())
def test_every_answer_of_a_shipped_lesson_is_among_its_choices(name):
    lesson = list_lessons()[name]
    answers = checked_answers(lesson, load)
    asked = [number for number, step in enumerate(lesson.steps, start=1) if step.question]
    assert list(answers) == asked


def test_an_answer_that_is_no_choice_is_told():
    lesson = Lesson.from_json(a_lesson_with_question(choices=["8", "9"]))
    with pytest.raises(InputError, match="Step 1: the answer is '7', which is not among"):
        checked_answers(lesson, load)
