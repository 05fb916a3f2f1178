"""A class: opened, joined, watched, revealed, and gone on its day."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tfplay import classroom
from tfplay.errors import InputError
from tfplay.hosting import LimitError
from tfplay.store.digest import digest
from tfplay.store.visitors import Visitors

TEACHER, OTHER, ANNA, BEN = map(digest, ("teacher", "another teacher", "anna", "ben"))
DAY = 86_400


@pytest.fixture
def opened():
    return classroom.open_class(TEACHER, "next-word", ["training"])


def later(monkeypatch, days):
    """Sets the clock forward."""
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + days * DAY)


def seen_by_teacher(opened):
    return {each.nickname: each for each in classroom.pupils_of(opened.id, TEACHER)}


def test_before_any_class_there_is_no_file_and_nobody_is_in_one(tfplay_home):
    assert classroom.seat_of(ANNA) is None
    assert classroom.locked_for(ANNA) == frozenset()
    assert classroom.classes_of(TEACHER) == []
    classroom.forget_ended()
    classroom.leave_class(ANNA)
    assert not (tfplay_home / "classes.sqlite3").exists()


def test_a_code_has_no_letters_that_look_alike_and_is_read_however_it_was_typed(opened):
    assert not set(opened.code) & set("0OQ1ILU2Z5S6G8B")
    typed = classroom.spoken_code(opened.code).lower()
    assert classroom.find_class_by_code(f" {typed} ", ANNA) == opened
    assert classroom.find_class_by_code(typed.replace(" ", "-"), ANNA) == opened
    assert classroom.find_class(opened.id) == opened


def test_the_teacher_sees_who_is_where_and_what_was_guessed(opened):
    classroom.join_class(opened.id, ANNA, "Anna")
    classroom.join_class(opened.id, BEN, "Ben")
    classroom.note_step(ANNA, 3)
    classroom.note_guess(ANNA, 2, "15")
    classroom.note_guess(ANNA, 2, "10")  # the first one counts
    seen = seen_by_teacher(opened)
    assert {name: (each.step, each.guesses) for name, each in seen.items()} == {
        "Anna": (3, {2: "15"}),
        "Ben": (0, {}),
    }
    classroom.remove_pupil(opened.id, TEACHER, seen["Ben"].id)
    assert classroom.seat_of(BEN) is None


def test_a_pupil_sees_how_the_class_guessed_once_it_is_revealed(opened):
    for owner, name, choice in ((ANNA, "Anna", "15"), (BEN, "Ben", "10")):
        classroom.join_class(opened.id, owner, name)
        classroom.note_guess(owner, 2, choice)
    assert not classroom.seat_of(ANNA).may_see_answer(2)
    assert classroom.revealed_guesses(ANNA, 2) == {}
    classroom.reveal(opened.id, TEACHER, 2)
    assert classroom.seat_of(ANNA).may_see_answer(2)
    assert classroom.revealed_guesses(ANNA, 2) == {"15": 1, "10": 1}
    assert classroom.revealed_guesses(ANNA, 3) == {}
    assert classroom.revealed_guesses(OTHER, 2) == {}


def test_without_revealing_together_a_guess_is_answered_at_once():
    opened = classroom.open_class(TEACHER, "next-word", together=False)
    classroom.join_class(opened.id, ANNA, "Anna")
    assert classroom.seat_of(ANNA).may_see_answer(2)


@pytest.mark.parametrize("forged", ["", "x", "' OR 1=1 --", "\0", "é" * 5000])
def test_what_is_the_teachers_is_refused_to_others_and_for_forged_ids(opened, forged):
    classroom.join_class(opened.id, ANNA, "Anna")
    for class_id, who in ((opened.id, ANNA), (opened.id, OTHER), (forged, TEACHER)):
        for act in (classroom.pupils_of, classroom.end_class):
            with pytest.raises(InputError, match="no class of yours"):
                act(class_id, who)
        with pytest.raises(InputError, match="no class of yours"):
            classroom.reveal(class_id, who, 1)
        with pytest.raises(InputError, match="no class of yours"):
            classroom.remove_pupil(class_id, who, classroom.seat_of(ANNA).pupil)
    with pytest.raises(InputError, match="no class at this link"):
        classroom.join_class(forged, BEN, "Ben")
    with pytest.raises(InputError, match="no class at this link"):
        classroom.find_class(forged)
    with pytest.raises(InputError, match="no class with this code"):
        classroom.find_class_by_code(forged, BEN)
    assert list(seen_by_teacher(opened)) == ["Anna"]


def test_a_pupil_of_one_class_is_not_removed_by_the_teacher_of_another(opened):
    classroom.join_class(opened.id, ANNA, "Anna")
    others = classroom.open_class(OTHER, "training")
    classroom.remove_pupil(others.id, OTHER, classroom.seat_of(ANNA).pupil)
    assert classroom.seat_of(ANNA)


@pytest.mark.parametrize(
    ("nickname", "sentence"),
    [
        ("", "at least one letter"),
        (" \u200b\u202e ", "at least one letter"),
        ("x" * 25, "The nickname has 25 characters; the most is 24"),
        ("WWW.example.org", "no addresses in it"),
        ("ada@example.org", "no addresses in it"),
        ("http://x", "no addresses in it"),
        ("ANNA", "take another name"),
        ("\u202eAn\u200bna ", "take another name"),
        ("Ａｎｎａ", "take another name"),
    ],
)
def test_a_nickname_can_be_seen_and_told_from_others(opened, nickname, sentence):
    classroom.join_class(opened.id, ANNA, "Anna")
    with pytest.raises(InputError, match=sentence):
        classroom.join_class(opened.id, BEN, nickname)
    assert classroom.seat_of(BEN) is None


def test_who_joins_another_class_is_in_that_one_alone(opened):
    classroom.join_class(opened.id, ANNA, "Anna")
    other = classroom.open_class(OTHER, "training")
    classroom.join_class(other.id, ANNA, "Anna")
    assert classroom.seat_of(ANNA).classroom == other
    assert seen_by_teacher(opened) == {}


def test_who_is_refused_elsewhere_keeps_the_place(opened):
    classroom.join_class(opened.id, ANNA, "Anna")
    other = classroom.open_class(OTHER, "training")
    classroom.join_class(other.id, BEN, "Anna")
    with pytest.raises(InputError, match="take another name"):
        classroom.join_class(other.id, ANNA, "Anna")
    assert classroom.seat_of(ANNA).classroom == opened


def test_a_full_class_is_told_with_its_number(opened, monkeypatch):
    monkeypatch.setattr("tfplay.classroom.pupils.MOST_PUPILS", 1)
    classroom.join_class(opened.id, ANNA, "Anna")
    with pytest.raises(InputError, match="This class has 1 pupils, which is the most"):
        classroom.join_class(opened.id, BEN, "Ben")


def test_what_is_locked_is_refused_to_pupils_until_they_leave(opened):
    classroom.require_unlocked("training", ANNA)
    classroom.join_class(opened.id, ANNA, "Anna")
    classroom.require_unlocked("chat", ANNA)
    with pytest.raises(InputError, match="Training is locked in your class"):
        classroom.require_unlocked("training", ANNA)
    classroom.leave_class(ANNA)
    classroom.require_unlocked("training", ANNA)


@pytest.mark.parametrize("days", [0, 31, -1, 1.5])
def test_a_class_is_open_for_1_to_30_days(days):
    with pytest.raises(InputError, match=f"days is {days}"):
        classroom.open_class(TEACHER, "next-word", days=days)


def test_on_its_day_a_class_is_gone_and_then_deleted_to_the_last_byte(
    opened, monkeypatch, tfplay_home
):
    classroom.join_class(opened.id, ANNA, "Nickname-of-Anna")
    classroom.note_guess(ANNA, 2, "what Anna guessed")
    longer = classroom.open_class(TEACHER, "training", days=30)
    later(monkeypatch, days=6.9)
    assert classroom.seat_of(ANNA)
    later(monkeypatch, days=0.2)
    assert classroom.seat_of(ANNA) is None
    assert classroom.classes_of(TEACHER) == [longer]
    for find in (classroom.find_class, lambda known: classroom.pupils_of(known, TEACHER)):
        with pytest.raises(InputError, match="it has ended"):
            find(opened.id)
    classroom.forget_ended()
    assert not left_of_class(tfplay_home)


def test_a_teacher_ends_a_class_and_all_of_it_is_gone(opened, tfplay_home):
    classroom.join_class(opened.id, ANNA, "Nickname-of-Anna")
    classroom.note_guess(ANNA, 2, "what Anna guessed")
    classroom.end_class(opened.id, TEACHER)
    assert classroom.seat_of(ANNA) is None
    assert not left_of_class(tfplay_home)


def left_of_class(home):
    """Whether a file has words of the class, or whose they were."""
    kept = b"".join(path.read_bytes() for path in home.glob("classes*"))
    return any(word in kept for word in (b"Nickname-of-Anna", b"what Anna", ANNA.encode()))


def test_thirty_pupils_join_go_on_and_guess_at_once(opened):
    def take_part(number):
        owner = digest(f"pupil {number}")
        classroom.join_class(opened.id, owner, f"Pupil {number}")
        for step in (1, 2, 3):
            classroom.note_step(owner, step)
            classroom.note_guess(owner, step, f"choice {number % 3}")

    with ThreadPoolExecutor(30) as pool:
        list(pool.map(take_part, range(30)))
    seen = seen_by_teacher(opened)
    assert len(seen) == 30
    assert {each.step for each in seen.values()} == {3}
    assert all(len(each.guesses) == 3 for each in seen.values())


def test_two_who_want_one_nickname_at_once_do_not_both_get_it(opened):
    def join(number):
        try:
            classroom.join_class(opened.id, digest(f"pupil {number}"), "Anna")
        except InputError:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(join, range(8))) == 1


def test_where_strangers_share_a_server_a_teacher_has_so_many_classes(monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    monkeypatch.setenv("TFPLAY_HOSTED_CLASSES", "1")
    opened = classroom.open_class(TEACHER, "next-word")
    with pytest.raises(LimitError, match="You have 1 of at most 1 open classes here"):
        classroom.open_class(TEACHER, "next-word")
    classroom.open_class(OTHER, "next-word")
    classroom.end_class(opened.id, TEACHER)
    classroom.open_class(TEACHER, "next-word")


def test_codes_cannot_be_found_by_trying_also_with_new_cookies(opened, monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    monkeypatch.setenv("TFPLAY_HOSTED_CLASS_CODES", "2")
    monkeypatch.setenv("TFPLAY_HOSTED_VISITORS_AN_ADDRESS", "2")
    for number in range(4):
        visitor = digest(f"visitor {number // 2}")
        Visitors().note(visitor, "203.0.113.5")
        with pytest.raises(InputError, match="no class with this code"):
            classroom.find_class_by_code("AAAAAA", visitor)
    with pytest.raises(LimitError, match="You have 2 of at most 2 wrong codes within the hour"):
        classroom.find_class_by_code(opened.code, digest("visitor 0"))
    Visitors().note(digest("one more"), "203.0.113.5")
    with pytest.raises(LimitError, match="at your address have 4 of at most 4 wrong codes"):
        classroom.find_class_by_code(opened.code, digest("one more"))
    assert classroom.find_class_by_code(opened.code, ANNA) == opened
    later(monkeypatch, days=0.05)
    assert classroom.find_class_by_code(opened.code, digest("visitor 0")) == opened
