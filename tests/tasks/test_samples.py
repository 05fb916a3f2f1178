"""Answers to an example, of a model of each task before its first steps or just after."""

import math

import pytest

from tests.app.trained_runs import trained_runs  # noqa: F401 - a fixture
from tfplay.tasks import TASKS, ChatTask


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.about.name)
def test_an_example_is_answered_the_same_way_twice(trained_runs, task):  # noqa: F811
    run = trained_runs[task.about.name]
    trained = run.model.load()
    few = task.few(task.read(run.data_path), 1)  # one alone is answered without compiling
    [sample, *_] = task.sample(trained, few)
    assert task.sample(trained, few)[0] == sample
    assert sample.input
    assert isinstance(sample.output, str)
    assert sample.wanted or task.about.name == "language-model"


def test_conversations_without_a_reply_are_not_watched():
    question, reply = ({"role": role, "content": "?"} for role in ("user", "assistant"))
    conversations = [[question], [question, reply], [reply], [question, reply, question]]
    assert ChatTask.few(conversations, 4) == [[question, reply]]


def test_an_untrained_chat_scores_like_a_guess_in_a_moment(trained_runs):  # noqa: F811
    run = trained_runs["chat"]
    trained = run.model.load()
    scores = ChatTask.quick_scores(trained, ChatTask.read(run.data_path)[:1])
    vocabulary = trained.tokenizer.vocabulary_size
    assert math.log(scores["perplexity"]) == pytest.approx(math.log(vocabulary), rel=0.3)
