"""The answers to a lesson's questions in the app."""

import pytest

from tests.lessons.lessons import a_lesson_with_question
from tfplay.app.tour import answer
from tfplay.errors import InputError
from tfplay.lessons import Lesson, Question, computed_answer


def a_question(**arguments: str) -> Question:
    computation = {"compute": "token_count", "model": "text"} | arguments
    [step] = Lesson.from_json(a_lesson_with_question(answer=computation)).steps
    return step.question


def test_who_asks_again_and_again_has_it_computed_once(monkeypatch):
    asked = []

    def counted(computation, load):
        asked.append(computation)
        return computed_answer(computation, load)

    monkeypatch.setattr(answer, "computed_answer", counted)
    question = a_question(text="Tom found a key, and asked again.")
    assert [answer.answer_to(question) for _ in range(3)] == ["9"] * 3
    assert asked == [question.answer]


def test_a_model_that_is_not_there_is_told():
    with pytest.raises(InputError, match="There is no model"):
        answer.answer_to(a_question(model="nobody", text="a"))
