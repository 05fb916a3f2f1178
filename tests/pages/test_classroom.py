"""A class on its page, as its teacher and its pupils see it."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.lessons.lessons import a_lesson_with_question
from tests.pages.app import open_page, shown_text
from tests.pages.test_lessons import bar_of, place_of
from tfplay import classroom
from tfplay.app.frame import navigation as pages
from tfplay.app.tour.place import Place, guess, guessed
from tfplay.lessons import Draft, Lesson, OwnLessons, list_lessons, open_lesson
from tfplay.store import list_runs
from tfplay.store.digest import digest

TEACHER, ANNA, BEN = (letter * 32 for letter in "tab")
HOSTILE = "<b>**B**</b> [x](y) \u202e"


@pytest.fixture
def look(monkeypatch):
    """Opens the page Class as somebody, who is then looking until it is called again."""

    def as_somebody(secret: str, page: str = pages.CLASSROOM, **query: str) -> AppTest:
        for module in ("tour.in_class", "tour.place", "frame.locks", "chat.requests"):
            monkeypatch.setattr(f"tfplay.app.{module}.visitor", lambda: secret)
        for module in ("train.data_input", "classroom.opening"):
            monkeypatch.setattr(f"tfplay.app.{module}.visitor", lambda: secret)
        return open_page(page, **query)

    return as_somebody


@pytest.fixture
def opened():
    return classroom.open_class(digest(TEACHER), "next-word", ["training", "chat", "uploads"])


def button(app: AppTest, label: str):
    return next(each for each in app.button if each.label == label)


def labels_of(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


def press(app: AppTest, label: str) -> AppTest:
    button(app, label).click().run()
    assert not app.exception
    return app


def test_a_teacher_opens_a_class_as_chosen(look):
    app = look(TEACHER)
    app.selectbox[0].set_value("training")
    app.get("button_group")[0].set_value(["chat"])
    app.number_input[0].set_value(3)
    press(app, "Open the class")
    [opened] = classroom.classes_of(digest(TEACHER))
    assert (opened.lesson, opened.locked, opened.together) == ("training", {"chat"}, True)
    assert [each.value for each in app.metric] == [classroom.spoken_code(opened.code)]
    assert any(f"class={opened.id}" in each.value for each in app.code)
    assert "Locked: Chat" in shown_text(app)


@pytest.mark.parametrize("by_link", [True, False])
def test_a_pupil_joins_and_the_lesson_begins(look, opened, by_link):
    app = look(ANNA, **{"class": opened.id}) if by_link else look(ANNA)
    if not by_link:
        app.text_input[0].set_value(classroom.spoken_code(opened.code).lower())
    next(each for each in app.text_input if each.label == "Nickname").set_value("Anna")
    press(app, "Join")
    assert place_of(app) == ("next-word", "1")
    seat = classroom.seat_of(digest(ANNA))
    assert (seat.nickname, seat.step) == ("Anna", 1)
    press(app, "Next")
    assert classroom.seat_of(digest(ANNA)).step == 2


def test_a_wrong_code_and_a_taken_nickname_are_told(look, opened):
    app = look(ANNA)
    app.text_input[0].set_value("AAA AAA")
    app.text_input[1].set_value("Anna")
    assert "There is no class with this code" in shown_text(press(app, "Join"))
    classroom.join_class(opened.id, digest(BEN), "Anna")
    app = look(ANNA, **{"class": opened.id})
    app.text_input[0].set_value("anna")
    assert "Somebody in this class is" in shown_text(press(app, "Join"))


def test_an_answer_comes_when_the_teacher_reveals_it(look, opened):
    for secret, name in ((ANNA, "Anna"), (BEN, "Ben")):
        classroom.join_class(opened.id, digest(secret), name)
    classroom.note_guess(digest(BEN), 2, "15")
    step = {"lesson": "next-word", "lesson_step": "2", "run": "text", "text": "Mira saw a dog."}
    app = look(ANNA, pages.TOKENS, **step)
    app.button(key="guess next-word 2 1").click().run()
    assert "Your guess “10” is taken" in bar_of(app)
    assert "it is **15**" not in bar_of(app)
    assert "Ben" not in bar_of(app)

    app = look(TEACHER, **{"class": opened.id})
    assert "2 of 2 have guessed" in shown_text(app)
    app.button(key="reveal 2").click().run()
    assert "Revealed: **15**" in shown_text(app)

    told = bar_of(look(ANNA, pages.TOKENS, **step))
    assert "You guessed “10”: it is **15**" in told
    assert "“10” 1" in told
    assert "“15” 1" in told
    assert "Ben" not in told


def test_who_guessed_before_the_choices_changed_guesses_again(look):
    question = {"asks": "How many?", "choices": ["5", "6"], "feedback": "So many."}
    computation = {"compute": "token_count", "model": "text", "text": "Tom found a key."}
    lesson = Lesson.from_json(a_lesson_with_question(**question, answer=computation))
    mine = OwnLessons(TEACHER)
    name = mine.add(Draft.of(lesson))
    opened = classroom.open_class(digest(TEACHER), name)
    classroom.join_class(opened.id, digest(ANNA), "Anna")
    place = Place(name, 1, lesson)
    look(ANNA)
    guess(place, "6")
    guess(place, "5")
    assert guessed(place) == "6"
    with mine.change(name) as draft:
        draft.steps[0].choices = ["5", "7"]
    changed = Place(name, 1, open_lesson(name))
    assert guessed(changed) is None
    guess(changed, "5")
    guess(changed, "7")
    assert guessed(changed) == "5"


def test_a_guess_in_a_class_is_kept_nowhere_else(look, opened, tfplay_home):
    classroom.join_class(opened.id, digest(ANNA), "Anna")
    app = look(ANNA, pages.TOKENS, lesson="next-word", lesson_step="2", run="text")
    app.button(key="guess next-word 2 1").click().run()
    assert classroom.seat_of(digest(ANNA)).guesses == {2: "10"}
    assert not (tfplay_home / "lessons").exists()


def test_the_teacher_sees_who_is_where_and_nobody_else_does(look, opened):
    classroom.join_class(opened.id, digest(ANNA), "Anna")
    classroom.note_step(digest(ANNA), 3)
    assert "1: Anna" in shown_text(look(TEACHER, **{"class": opened.id}))
    for other in (ANNA, BEN):
        app = look(other, **{"class": opened.id})
        assert not {"Reveal", "End it now"} & set(labels_of(app))
        assert "1: Anna" not in shown_text(app)


@pytest.mark.parametrize("forged", ["", "x" * 300, "<b>", "' OR 1=1 --", "\0"])
def test_a_class_that_is_not_there_is_told(look, opened, forged):
    app = look(TEACHER, **{"class": forged})
    assert "There is no class at this link" in shown_text(app)
    assert "Reveal" not in labels_of(app)


def test_a_hostile_nickname_is_shown_letter_by_letter(look, opened):
    classroom.join_class(opened.id, digest(ANNA), HOSTILE)
    shown = r"\<b\>\*\*B\*\*\</b\> \[x\]\(y\)"
    assert shown in shown_text(look(ANNA))
    app = look(TEACHER, **{"class": opened.id})
    assert shown in shown_text(app)
    assert "\u202e" not in shown_text(app) + "".join(labels_of(app))


def test_a_pupil_leaves_and_a_teacher_removes_and_ends(look, opened):
    classroom.join_class(opened.id, digest(ANNA), "Anna")
    press(look(ANNA), "Leave the class")
    assert classroom.seat_of(digest(ANNA)) is None
    classroom.join_class(opened.id, digest(BEN), "Ben")
    press(look(TEACHER, **{"class": opened.id}), "Ben")
    assert classroom.seat_of(digest(BEN)) is None
    app = press(look(TEACHER, **{"class": opened.id}), "End it now")
    assert classroom.classes_of(digest(TEACHER)) == []
    assert "Open a class" in shown_text(app)


def test_a_teacher_finds_the_class_again(look, opened):
    doors = [each.proto.query_string for each in look(TEACHER).get("page_link")]
    assert doors == [f"class={opened.id}"]


def test_what_is_locked_is_neither_drawn_nor_done(look, opened):
    classroom.join_class(opened.id, digest(ANNA), "Anna")
    app = look(ANNA, pages.TRAIN, task="language-model", corpus="stories")
    assert "Training is locked in your class" in shown_text(app)
    assert button(app, "Train").proto.disabled
    button(app, "Train").proto.disabled = False  # a forged message presses it all the same
    press(app, "Train")
    assert list_runs() == []

    app = look(ANNA, pages.CHAT, run="chat")
    assert not app.get("chat_input")
    assert not app.get("file_uploader")
    app.session_state["chat request"] = {"do": "say", "text": "Hello!"}
    app.run()
    assert "Chat is locked in your class; you" in shown_text(app)
    app = look(BEN, pages.CHAT, run="chat")
    assert app.get("chat_input")
    assert app.get("file_uploader")


def test_a_pupil_keeps_to_the_models_of_the_lesson_where_choosing_is_locked(look):
    opened = classroom.open_class(digest(TEACHER), "next-word", ["models"])
    classroom.join_class(opened.id, digest(ANNA), "Anna")
    app = look(ANNA, pages.TOKENS, run="translator")
    [model] = [each for each in app.selectbox if each.label == "Model"]
    assert (len(model.options), model.value) == (1, "text")
    model = next(each for each in look(BEN, pages.TOKENS).selectbox if each.label == "Model")
    assert len(model.options) > 1


def test_choosing_stays_locked_where_the_lesson_was_deleted(look):
    mine = OwnLessons(TEACHER)
    name = mine.add(Draft.of(list_lessons()["next-word"]))
    opened = classroom.open_class(digest(TEACHER), name, ["models"])
    classroom.join_class(opened.id, digest(ANNA), "Anna")
    mine.delete(name)
    [model] = [each for each in look(ANNA, pages.TOKENS).selectbox if each.label == "Model"]
    assert len(model.options) == 1


def test_a_class_takes_a_lesson_that_its_teacher_wrote(look):
    mine = OwnLessons(TEACHER)
    written = Lesson("Mine", "About it.", 5, list_lessons()["next-word"].steps[:2])
    name = mine.add(Draft.of(written))
    app = look(TEACHER)
    app.selectbox[0].set_value(name)
    press(app, "Open the class")
    [opened] = classroom.classes_of(digest(TEACHER))
    assert opened.lesson == name
    classroom.join_class(opened.id, digest(ANNA), "Anna")
    assert place_of(press(look(ANNA), "Begin the lesson")) == (name, "1")
    mine.delete(name)
    for who, way_out in ((ANNA, "Leave the class"), (TEACHER, "End it now")):
        app = look(who, **{"class": opened.id})
        assert "This lesson is not here any more" in shown_text(app)
        press(app, way_out)
    assert classroom.classes_of(digest(TEACHER)) == []
