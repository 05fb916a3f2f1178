"""A visitor's lessons are theirs to change, everybody's to take, and lose nothing typed."""

import json
import re
import stat

import pytest

from tests.lessons.lessons import a_lesson, a_lesson_with_question
from tests.store.test_allowance import MINE, OTHERS, make_old
from tfplay.classroom import end_class, lessons_taken, open_class
from tfplay.errors import InputError
from tfplay.hosting import LimitError
from tfplay.lessons import Draft, Lesson, OwnLessons, StepDraft, list_lessons, open_lesson
from tfplay.store.allowance import stored_bytes
from tfplay.store.digest import digest
from tfplay.store.expiry import expire_old, next_to_expire
from tfplay.store.lessons import lesson_path

WHOLE = Lesson.from_json(a_lesson())


@pytest.mark.parametrize("lesson", [WHOLE, *list_lessons().values()], ids=lambda each: each.title)
def test_a_lesson_is_the_same_after_it_was_a_draft(lesson):
    draft = Draft.of(lesson)
    assert draft.lesson() == lesson
    assert Draft.from_json(json.loads(json.dumps(draft.to_json()))) == draft


def test_whoever_has_the_id_takes_a_lesson_and_only_its_writer_changes_it():
    lesson_id = OwnLessons(MINE).add(Draft.of(WHOLE))
    assert re.fullmatch("[0-9a-f]{32}", lesson_id)
    assert open_lesson(lesson_id) == WHOLE
    others = OwnLessons(OTHERS)
    assert others.list() == []
    for forbidden in (others.open, others.delete, lambda each: others.change(each).__enter__()):
        with pytest.raises(InputError, match="not yours"):
            forbidden(lesson_id)
    assert open_lesson(lesson_id) == WHOLE


def test_others_take_the_last_whole_version_while_the_next_is_written():
    mine = OwnLessons(MINE)
    lesson_id = mine.add(Draft(title="Half a les"))
    with pytest.raises(InputError, match="still being written"):
        open_lesson(lesson_id)
    with mine.change(lesson_id) as draft:
        draft.title, draft.about, draft.steps = (
            "Whole",
            "All of it.",
            [StepDraft.of(WHOLE.steps[0])],
        )
    with mine.change(lesson_id) as draft:
        draft.steps[0].link = "attentio"
    assert open_lesson(lesson_id).title == "Whole"
    assert mine.open(lesson_id).steps[0].link == "attentio"
    [entry] = OwnLessons(MINE).list()
    assert (entry.id, entry.draft.title, entry.is_ready) == (lesson_id, "Whole", True)


def test_a_change_that_goes_wrong_changes_nothing():
    mine = OwnLessons(MINE)
    lesson_id = mine.add(Draft.of(WHOLE))
    with pytest.raises(InputError, match="step is not there"), mine.change(lesson_id) as draft:
        draft.title = "Other"
        draft.step("gone")
    assert mine.open(lesson_id).title == WHOLE.title


def test_a_deleted_lesson_says_so_until_it_is_brought_back():
    mine = OwnLessons(MINE)
    lesson_id = mine.add(Draft.of(WHOLE))
    draft = mine.open(lesson_id)
    mine.delete(lesson_id)
    with pytest.raises(InputError, match="not here any more"):
        open_lesson(lesson_id)
    mine.bring_back(lesson_id, draft)
    assert open_lesson(lesson_id) == WHOLE


@pytest.mark.parametrize("name", ["", "../next-word", "a" * 31, "A" * 32, "<b>"])
def test_what_is_no_id_opens_nothing(name):
    with pytest.raises(InputError, match="There is no lesson"):
        open_lesson(name)
    assert name not in OwnLessons(MINE)


def test_the_file_tells_no_secret_and_only_its_owner_reads_it():
    path = lesson_path(OwnLessons(MINE).add(Draft.of(WHOLE)))
    assert MINE not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [{"draft": 3}, {"draft": {"steps": [{"x": 1}]}}])
def test_a_damaged_lesson_can_only_be_deleted(damage):
    mine = OwnLessons(MINE)
    lesson_id = mine.add(Draft.of(WHOLE))
    path = lesson_path(lesson_id)
    path.write_text(json.dumps(json.loads(path.read_text()) | damage))
    assert mine.list()[0].draft is None
    with pytest.raises(InputError, match="damaged"):
        mine.open(lesson_id)
    mine.delete(lesson_id)
    assert mine.list() == []


def test_lessons_are_counted_and_expire_where_strangers_share_a_server(monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    monkeypatch.setenv("TFPLAY_HOSTED_LESSONS", "2")
    mine = OwnLessons(MINE)
    first, second = (mine.add(Draft.of(WHOLE)) for _ in range(2))
    with pytest.raises(LimitError, match="You have 2 of at most 2 lessons here"):
        mine.add(Draft())
    OwnLessons(OTHERS).add(Draft())
    paths = [lesson_path(each) for each in (first, second)]
    assert stored_bytes({digest(MINE)}) == sum(path.stat().st_size for path in paths)
    make_old(paths[0], 31)
    assert next_to_expire(MINE) < next_to_expire(OTHERS)
    assert expire_old() == [paths[0]]
    assert [entry.id for entry in mine.list()] == [second]


def test_a_lesson_that_a_class_takes_does_not_expire(monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    mine = OwnLessons(MINE)
    taken, other = (mine.add(Draft.of(WHOLE)) for _ in range(2))
    opened = open_class(digest(MINE), taken)
    for each in (taken, other):
        make_old(lesson_path(each), 31)
    assert expire_old(lessons_taken()) == [lesson_path(other)]
    end_class(opened.id, digest(MINE))
    assert expire_old(lessons_taken()) == [lesson_path(taken)]


def test_what_a_question_needs_and_was_not_typed_is_as_the_link_has_it():
    step = StepDraft.of(Lesson.from_json(a_lesson_with_question()).steps[0])
    step.arguments = {"text": "Tom found a key."}
    assert step.computation() == {
        "compute": "token_count",
        "model": "text",
        "text": "Tom found a key.",
    }
    step.compute, step.arguments = "most_attended", {"token": "3", "head": "x"}
    assert step.computation() == {
        **{"compute": "most_attended", "model": "text", "text": "He opened the"},
        **{"layer": 2, "head": "x", "token": 3},
    }
    with pytest.raises(InputError, match="Step 1: head is 'x'; it must be a whole number"):
        Draft("Title", "About.", 1, [step]).lesson()


def test_steps_move_and_stop_at_the_ends():
    draft = Draft(steps=[StepDraft(id=name) for name in "abc"])
    for step, by in (("a", 1), ("b", -1), ("c", 1)):
        draft.move_step(step, by)
    assert [step.id for step in draft.steps] == ["b", "a", "c"]
