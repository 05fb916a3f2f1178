"""A teacher writes a lesson: nothing typed is lost, answers are computed, a file brings it back."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.lessons.lessons import a_lesson, a_lesson_with_step
from tests.pages.app import open_page, shown_text
from tfplay.app.frame import navigation as pages
from tfplay.app.lessons.question import ANSWERS
from tfplay.lessons import COMPUTATIONS, Draft, Lesson, OwnLessons, list_lessons, open_lesson
from tfplay.lessons.lesson import LONGEST_TITLE

SECRET, OTHER = "a" * 32, "b" * 32
HOSTILE = "<b>\u202e*x*\x07"
WHOLE = Lesson.from_json(a_lesson())


@pytest.fixture(autouse=True)
def visitor(monkeypatch):
    monkeypatch.setattr("tfplay.app.lessons.current.visitor", lambda: SECRET)


@pytest.fixture
def mine() -> OwnLessons:
    return OwnLessons(SECRET)


def open_lessons(**query: str) -> AppTest:
    return open_page(pages.LESSONS, **query)


def press(app: AppTest, label: str) -> AppTest:
    next(each for each in app.button if each.label == label).click().run()
    assert not app.exception
    return app


def box(app: AppTest, label: str):
    return next(each for each in [*app.text_input, *app.text_area] if each.label.startswith(label))


def write(app: AppTest, **texts: str) -> AppTest:
    for label, text in texts.items():
        box(app, label).input(text).run()
    assert not app.exception
    return app


def links_of(app: AppTest, label: str) -> list[str]:
    return [each.proto.query_string for each in app.get("page_link") if each.proto.label == label]


def test_every_computation_has_words():
    assert list(ANSWERS) != [] and set(ANSWERS) == set(COMPUTATIONS)


def test_a_lesson_of_two_steps_is_written_and_taken(mine):
    app = press(open_lessons(), "Write a lesson")
    assert "Still to do" in shown_text(app)
    write(app, Title="Heads", About="Two heads.")
    press(app, "Add a step")
    write(app, Link="attention?run=text&text=He+opened+the", Words="One head.", Press="Press.")
    press(app, "Add a step")
    write(app, Link="tokens?run=text", Words="Tokens.")
    [entry] = mine.list()
    lesson = open_lesson(entry.id)
    assert [step.words for step in lesson.steps] == ["One head.", "Tokens."]
    assert app.success[0].value.startswith("Ready")
    assert f"lesson={entry.id}&lesson_step=2" in links_of(app, "Preview this step")[0]
    assert any(f"?lesson={entry.id}" in each.value for each in app.code)


def test_what_is_typed_is_there_after_another_page_and_a_restart(mine):
    app = press(press(open_lessons(), "Write a lesson"), "Add a step")
    write(app, Title="Half a", Words="Not yet", Link="attentio")
    assert "leads to no page of TFPlay" in app.error[0].value
    app.switch_page(pages.CONCEPTS).run()
    app.switch_page(pages.LESSONS).run()
    again = open_lessons(edit=mine.list()[0].id)
    for each in (app, again):
        assert [box(each, name).value for name in ("Title", "Words", "Link")] == [
            *("Half a", "Not yet", "attentio")
        ]


def test_a_question_takes_from_the_link_what_is_not_typed_and_its_answer_is_computed(mine):
    lesson_id = mine.add(Draft.of(Lesson.from_json(a_lesson_with_step(question=None))))
    app = open_lessons(edit=lesson_id)
    app.toggle[0].set_value(True).run()
    app.selectbox(key=app.selectbox[0].key).select("token_count").run()
    write(app, Question="How many?", Choices="7\n 9 \n\n", Feedback="So it is.")
    assert "The model's answer" not in shown_text(app)
    press(app, "Compute the answer")
    assert "The model's answer: **4**" in shown_text(app)
    press(app, "Add it to the choices")
    assert box(app, "Choices").value == "7\n9\n4"
    question = open_lesson(lesson_id).steps[0].question
    assert question.choices == ("7", "9", "4")
    assert question.answer == {
        "compute": "token_count",
        "model": "text",
        "text": "He opened the",
    }
    press(app, "Compute all answers")
    assert "Each answer is among its choices. Step 1: **4**" in app.success[-1].value
    write(app, Text="Tom")
    assert "The model's answer: **4**" not in shown_text(app)
    press(app, "Compute all answers")
    assert "Step 1: the answer is" in re.sub(r"\\", "", app.error[-1].value)


def test_steps_are_moved_deleted_and_brought_back(mine):
    lesson_id = mine.add(Draft.of(list_lessons()["training"]))
    before = [step.words for step in list_lessons()["training"].steps]

    def words() -> list[str]:
        return [step.words for step in mine.open(lesson_id).steps]

    app = press(open_lessons(edit=lesson_id, at="2"), "Earlier")
    assert words()[:2] == [before[1], before[0]]
    assert box(app, "Words").value == before[1]
    press(app, "Later")
    press(app, "Delete this step")
    assert words() == [before[0], *before[2:]]
    press(app, "Undo: step 2 was deleted")
    assert words() == before
    assert box(app, "Words").value == before[1]


def test_a_shipped_lesson_is_copied_to_be_changed_and_stays_as_it_is(mine):
    app = open_lessons()
    app.button(key="copy next-word").click().run()
    write(app, Title="Mine")
    [entry] = mine.list()
    assert open_lesson(entry.id).steps == list_lessons()["next-word"].steps
    assert list_lessons()["next-word"].title == "From text to the next word"


def test_a_deleted_lesson_comes_back_under_its_link(mine):
    lesson_id = mine.add(Draft.of(WHOLE))
    app = press(open_lessons(), "Delete")
    assert mine.list() == []
    assert "Where a head looks was deleted" in shown_text(app)
    press(app, "Undo")
    assert open_lesson(lesson_id) == WHOLE
    assert "was deleted" not in shown_text(app)


def test_a_file_brings_back_what_was_exported(mine):
    app = open_lessons()
    data = json.dumps(WHOLE.to_json()).encode()
    app.file_uploader[0].upload("lesson.json", data, "application/json").run()
    [entry] = mine.list()
    assert entry.draft.lesson() == WHOLE
    assert box(app, "Title").value == WHOLE.title


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not text in UTF-8"),
        (json.dumps(a_lesson_with_step(words="")).encode(), "Step 1: words is"),
        (json.dumps(a_lesson_with_step(link="nowhere")).encode(), "Step 1: The link 'nowhere'"),
    ],
)
def test_a_file_that_is_no_lesson_is_refused_in_one_sentence(mine, data, sentence):
    app = open_lessons()
    app.file_uploader[0].upload("lesson.json", data, "application/json").run()
    assert not app.exception
    assert sentence in re.sub(r"\\", "", app.error[0].value)
    assert mine.list() == []


def test_somebody_elses_lesson_is_taken_not_changed():
    lesson_id = OwnLessons(OTHER).add(Draft.of(WHOLE))
    app = open_lessons()
    assert "Where a head looks" not in shown_text(app)
    app = open_lessons(edit=lesson_id)
    assert "This lesson is not yours" in app.error[0].value
    assert not [each for each in app.text_input if each.label == "Title"]
    press(app, "All lessons")
    assert not app.error


def test_titles_and_words_are_shown_letter_by_letter(mine):
    lesson = Lesson.from_json(a_lesson_with_step(words=HOSTILE, press=HOSTILE) | {"title": HOSTILE})
    lesson_id = mine.add(Draft.of(lesson))
    shown = shown_text(open_lessons())
    taken = shown_text(open_page(pages.ATTENTION, lesson=lesson_id, lesson_step="1"))
    for text in (shown, taken):
        assert "\u202e" not in text and "\x07" not in text
        assert r"\<b\>[U+202E]\*x\*␇" in text.replace(r"\[U\+202E\]", "[U+202E]")


def test_a_text_that_no_browser_could_have_sent_is_cut(mine):
    lesson_id = mine.add(Draft.of(WHOLE))
    app = open_lessons(edit=lesson_id)
    title = box(app, "Title")
    title.max_chars = 0
    title.input("x" * 10_000).run()
    assert not app.exception
    assert mine.open(lesson_id).title == "x" * LONGEST_TITLE
