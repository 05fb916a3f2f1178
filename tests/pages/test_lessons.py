"""A lesson on its way over the pages: each step opens its view; one guesses, leaves, goes on."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.app import open_app, open_page, shown_text, unopened_app
from tests.pages.test_concepts import words_on
from tfplay.app.frame import navigation as pages
from tfplay.lessons import (
    PAGES,
    Draft,
    OwnLessons,
    Progress,
    keep_progress,
    list_lessons,
    read_link,
)

WIDGETS = Path(pages.__file__).parents[1] / "widgets"
STEPS = [
    pytest.param(name, number, id=f"{name} {number}")
    for name, lesson in list_lessons().items()
    for number in range(1, len(lesson.steps) + 1)
]
LAST = len(list_lessons()["next-word"].steps)
SECRET = "a" * 32


def open_step(name: str, number: int) -> AppTest:
    """The view of a step, opened by its link."""
    link = read_link(list_lessons()[name].steps[number - 1].link)
    query = {"lesson": name, "lesson_step": str(number)}
    return open_page(pages.page_named(link.page), **link.query, **query)


def names_on(app: AppTest) -> str:
    """All names of controls: of Streamlit's, and of what our components draw."""
    drawn = [each.key.partition(" ")[0] for each in app.get("bidi_component") if each.key]
    scripts = [WIDGETS / name / "component.js" for name in drawn]
    sources = [path.read_text(encoding="utf-8") for path in scripts if path.exists()]
    data = [
        json.dumps(json.loads(each.proto.json or "{}"), ensure_ascii=False)
        for each in app.get("bidi_component")
        if each.key != "mark"
    ]
    labels = [block.proto.popover.label for block in app.get("popover")]
    return "\n".join([*words_on(app), *labels, *data, *sources])


def place_of(app: AppTest) -> tuple[str, str] | None:
    """Lesson and step, as the address says."""
    said = [app.query_params.get(name) for name in ("lesson", "lesson_step")]
    return (
        tuple(each[0] if isinstance(each, list) else each for each in said) if all(said) else None
    )


def bar_of(app: AppTest) -> str:
    return "\n".join(each.value for each in [*app.caption, *app.markdown])


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=f"lesson {key}").click().run()
    assert not app.exception
    return app


def test_the_pages_that_links_may_name_are_those_of_the_menu():
    led_to = [Path(page) for page in pages.PAGES if page != pages.CLASSROOM]
    assert sorted(PAGES) == sorted(page.stem for page in led_to)


@pytest.mark.parametrize(("name", "number"), STEPS)
def test_each_step_opens_its_view_in_which_the_control_stands(name, number):
    app = open_step(name, number)
    assert not app.error
    assert not [each.value for each in app.info if "not here" in each.value]
    step = list_lessons()[name].steps[number - 1]
    assert step.mark in names_on(app)
    assert [json.loads(each.proto.json)["name"] for each in marks(app)] == [step.mark]
    assert f"· {number} of {len(list_lessons()[name].steps)}" in bar_of(app)


def marks(app: AppTest) -> list:
    return [each for each in app.get("bidi_component") if each.key == "mark"]


def test_a_guess_comes_before_the_answer_and_is_still_there_after_a_reload():
    app = open_step("next-word", 2)
    assert "put together from small pieces" not in bar_of(app)
    app.button(key="guess next-word 2 1").click().run()
    assert "You guessed “10”: it is **15**" in bar_of(app)
    press(press(app, "next"), "back")
    assert "You guessed “10”" in bar_of(app)
    assert not [each for each in app.button if str(each.key).startswith("guess")]


def test_next_and_back_open_the_steps_views():
    app = press(open_step("next-word", 4), "next")
    assert place_of(app) == ("next-word", "5")
    assert app.title[0].value == "Attention"
    assert "layer 2, head 4" in shown_text(app)
    app = press(app, "back")
    assert app.title[0].value == "Embeddings and position"
    assert "Shuffling moved" in shown_text(app)


def test_a_step_opens_as_the_lesson_has_it_whatever_was_chosen_before():
    app = open_step("training", 5)
    app.get("button_group")[2].set_value(1).run()
    press(app, "next")
    assert "layer 2, head 4" in shown_text(app)
    assert "after step 0" in shown_text(app)


def test_the_lesson_goes_along_to_other_pages_and_leads_back():
    app = open_step("next-word", 2)
    app.query_params.clear()  # as the menu's links do
    app.switch_page(pages.CONCEPTS).run()
    assert place_of(app) == ("next-word", "2")
    press(app, "show")
    assert app.title[0].value == "Tokens"


def test_a_lesson_that_is_left_can_be_gone_on_with():
    app = press(open_step("next-word", 3), "end")
    assert place_of(app) is None
    assert not marks(app)
    app.switch_page(pages.START).run()
    door = door_of(app, "next-word")
    assert "go on at step 3 of" in door.proto.label
    assert "lesson_step=3" in door.proto.query_string


def test_a_lesson_that_is_done_ends_on_start_and_may_be_taken_once_more():
    app = press(open_step("next-word", LAST), "next")
    assert place_of(app) is None
    assert app.title[0].value == "A transformer you can take apart"
    assert "once more" in door_of(app, "next-word").proto.label


def door_of(app: AppTest, name: str):
    return next(
        each for each in app.get("page_link") if f"lesson={name}" in each.proto.query_string
    )


def test_the_place_is_kept_over_a_restart(tfplay_home, monkeypatch):
    monkeypatch.setattr("tfplay.app.tour.place.visitor", lambda: SECRET)
    keep_progress(SECRET, {"training": Progress(7)})
    assert "go on at step 7 of" in door_of(open_app(), "training").proto.label


@pytest.mark.parametrize(
    "forged", ["0", "-1", "11", "999999999999999999999", "two", "²", "", "1e1"]
)
def test_a_step_that_is_not_there_is_told_and_the_first_is_shown(forged):
    app = open_app(lesson="next-word", lesson_step=forged)
    assert not app.exception
    assert place_of(app) == ("next-word", "1")
    assert any("steps, and no" in each.value for each in app.info)


def test_a_lesson_that_is_not_there_is_told():
    app = open_app(lesson="<b>next</b>", lesson_step="1")
    assert not app.exception
    assert any("There is no lesson" in each.value for each in app.info)
    assert place_of(app) is None


def test_a_lesson_of_several_values_in_the_address_is_none_the_worse():
    app = unopened_app({"lesson": ["next-word", "training"], "lesson_step": ["2", "3"]}).run()
    assert not app.exception


def test_start_offers_the_tour_first_and_then_the_other_lessons():
    labels = [each.proto.label for each in open_app().get("page_link")]
    assert labels[:3] == [
        "**Take the tour: 10 minutes**",
        "**How a translation looks back: 10 minutes**",
        "**What training does: 10 minutes**",
    ]


def test_a_disk_that_takes_nothing_does_not_stop_the_lesson(tfplay_home):
    tfplay_home.parent.mkdir(exist_ok=True)
    tfplay_home.write_text("no folder")
    assert place_of(press(open_step("next-word", 1), "next")) == ("next-word", "2")


@pytest.fixture
def written_id(tfplay_home):
    """A visitor's own lesson: the second one that came with TFPlay."""
    return OwnLessons(SECRET).add(Draft.of(list_lessons()["looking-back"]))


def test_a_written_lesson_is_taken_by_its_id_alone_from_the_view_of_its_first_step(written_id):
    app = open_app(lesson=written_id)
    assert place_of(app) == (written_id, "1")
    assert app.title[0].value == "Translate"


def test_a_lesson_that_is_deleted_while_it_is_taken_says_so(written_id):
    app = open_app(lesson=written_id)
    OwnLessons(SECRET).delete(written_id)
    app.run()
    assert any("This lesson is not here any more" in each.value for each in app.info)
    assert place_of(app) is None


def test_a_lesson_whose_steps_become_fewer_goes_on_at_the_first(written_id):
    app = open_app(lesson=written_id, lesson_step="5")
    with OwnLessons(SECRET).change(written_id) as draft:
        del draft.steps[2:]
    app.run()
    assert not app.exception
    assert place_of(app) == (written_id, "1")
