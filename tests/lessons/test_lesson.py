"""A lesson's file is read as it is, or refused with a sentence that says what is wrong where."""

import json
from pathlib import Path

import pytest

from tests.lessons.lessons import a_lesson, a_lesson_with_question, a_lesson_with_step
from tfplay.errors import InputError
from tfplay.lessons import PAGES, Lesson, list_lessons, read_lesson, read_link

COUNT = {"compute": "token_count", "model": "text", "text": "a"}
BAD = [
    ([], "A Lesson must be a JSON object, not []"),
    (a_lesson(titel="x"), "Lesson has no field 'titel'"),
    (a_lesson(title=" "), "title is ' '; it must be a text of 1 to 80 characters"),
    (a_lesson(minutes="ten"), "minutes is 'ten'"),
    (a_lesson(steps=[]), "A lesson has 1 to 30 steps, not 0"),
    (a_lesson(steps="many"), "steps is 'many'; it must be a list"),
    (a_lesson(steps=[{"link": "tokens"}]), "Step 1: Step needs the field 'words'"),
    (a_lesson_with_step(words=""), "Step 1: words is ''"),
    (a_lesson_with_step(words="x" * 401), "Step 1: words is 'xxx"),
    (a_lesson_with_step(mark=7), "Step 1: mark is 7"),
    (a_lesson_with_step(link="attentoin?layer=2"), "Step 1: The link 'attentoin?layer=2' leads to"),
    (
        a_lesson_with_step(link="tokens?s=abc"),
        "Step 1: The link 'tokens?s=abc' leads to a snapshot",
    ),
    (a_lesson_with_step(link="http://["), "Step 1: 'http://[' is no link"),
    (a_lesson_with_question(choices=["7"]), "Step 1: choices has ['7']; there must be 2 to 6"),
    (a_lesson_with_question(choices=["7", "7"]), "each another"),
    (a_lesson_with_question(choices=["7", 9]), "Step 1: A choice is 9"),
    (a_lesson_with_question(choices=["7", "a\nb"]), "it must be one line"),
    (a_lesson_with_question(answer="3"), "Step 1: answer is '3'; it must be a JSON object"),
    (a_lesson_with_question(answer={"compute": "eval"}), "compute is 'eval'; it must be one of"),
    (a_lesson_with_question(answer=COUNT | {"layer": 1}), "token_count takes model, text, not"),
    (a_lesson_with_question(answer=COUNT | {"text": 1}), "text is 1; it must be a text"),
    (a_lesson_with_question(answer={"compute": "answer", "text": "a"}), "answer needs model"),
]


def test_a_lesson_comes_back_from_its_file_as_it_was(tmp_path: Path):
    lesson = Lesson.from_json(a_lesson())
    path = tmp_path / "lesson.json"
    path.write_text(json.dumps(lesson.to_json()), encoding="utf-8")
    assert read_lesson(path) == lesson
    assert lesson.steps[0].question.choices == ("7", "9")


@pytest.mark.parametrize(("data", "sentence"), BAD)
def test_what_is_wrong_is_said_in_one_sentence(data, sentence):
    with pytest.raises(InputError) as error:
        Lesson.from_json(data)
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("text", "sentence"), [(None, "There is no file"), ("{", "JSON"), (" " * 300_000, "at most")]
)
def test_a_file_that_is_no_lesson_is_refused(tmp_path: Path, text, sentence):
    path = tmp_path / "lesson.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(InputError, match=sentence):
        read_lesson(path)


@pytest.mark.parametrize(
    ("text", "page", "query"),
    [
        ("tokens", "tokens", {}),
        ("http://localhost:8501/?text=a+b", "start", {"text": "a b"}),
        ("https://x.org/play/attention?layer=2&head=", "attention", {"layer": "2", "head": ""}),
        ("write?lesson=other&lesson_step=3&step=0&embed=true", "write", {"step": "0"}),
        ("write?Embed=true&embed_options=dark_theme&step=0", "write", {"step": "0"}),
    ],
)
def test_a_link_is_a_page_and_its_choices_wherever_it_was_copied(text, page, query):
    assert read_link(text) == (page, query)


def test_the_lessons_that_come_along_take_ten_minutes_and_ask_for_guesses():
    assert list(list_lessons()) == ["next-word", "looking-back", "training"]
    for lesson in list_lessons().values():
        assert 8 <= len(lesson.steps) <= 10
        assert lesson.minutes == 10
        assert all(step.press and step.mark for step in lesson.steps)
        assert sum(step.question is not None for step in lesson.steps) >= 4
        assert {read_link(step.link).page for step in lesson.steps} < set(PAGES)


def test_half_a_character_spelled_out_in_json_is_refused(tmp_path: Path):
    path = tmp_path / "lesson.json"
    path.write_text(json.dumps(a_lesson(title="\ud800")))
    with pytest.raises(InputError, match=r"lesson\.json is not text in UTF-8"):
        read_lesson(path)
