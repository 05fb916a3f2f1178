"""A teacher in a browser and five pupils: they join, guess, are shown the answer, and are gone."""

import re
import time
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import all_violations, show_in, wait_until_drawn
from tests.browser.test_greedy import link_to_train
from tests.websocket_visitor import Visitor
from tfplay import classroom
from tfplay.classroom.tables import changing
from tfplay.lessons import list_lessons
from tfplay.store import list_runs
from tfplay.store.digest import digest

pytestmark = pytest.mark.browser

STEP = "lesson=next-word&lesson_step=2&run=text&text=Tom+found+a+key."
QUESTION = list_lessons()["next-word"].steps[1].question
RIGHT, WRONG = "15", "10"


def open_class(page: Page, address: str) -> str:
    """Opens a class in which training is locked; returns its id."""
    page.goto(f"{address}/classroom")
    page.get_by_role("button", name="Training").click()
    page.get_by_role("button", name="Open the class").click()
    expect(page).to_have_url(re.compile(r"class=[\w-]{22}"))
    return page.url.partition("class=")[2]


def texts(shown) -> str:
    return "\n".join(shown.texts)


def test_a_class_from_its_opening_to_its_end(page: Page, own_app: str, tfplay_home):
    page.set_viewport_size({"width": 1280, "height": 900})
    class_id = open_class(page, own_app)
    with ExitStack() as open_tabs:
        pupils = [open_tabs.enter_context(Visitor(own_app)) for _ in range(5)]
        for number, pupil in enumerate(pupils):
            classroom.join_class(class_id, digest(pupil.secret), f"Pupil {number}")
            assert "You are **Pupil" in texts(pupil.open("classroom"))
        expect(page.get_by_text("5 in the class")).to_be_visible()

        for number, pupil in enumerate(pupils):
            shown = pupil.press("tokens", STEP, WRONG if number == 0 else RIGHT)
            assert shown.errors == []
            assert "is taken. The answer comes when your teacher reveals it" in texts(shown)
            assert QUESTION.feedback not in texts(shown)
        step = page.locator(".st-key-class-step-2")
        expect(step).to_contain_text("5 of 5 have guessed")
        expect(step).to_contain_text("Pupil 0, Pupil 1, Pupil 2, Pupil 3, Pupil 4")

        for theme in ("dark", "light"):
            show_in(theme, page)
            wait_until_drawn(page)
            assert all_violations(page, None) == []

        refused = pupils[0].press("train", link_to_train(10), "Train")  # grey in a browser
        assert "Training is locked in your class" in texts(refused)
        assert list_runs() == []
        spied = pupils[0].open("classroom", f"class={class_id}")
        assert "Reveal" not in spied.buttons
        assert "Pupil 1" not in texts(spied)

        step.get_by_role("button", name="Reveal").click()
        expect(step).to_contain_text(f"Revealed: {RIGHT}")
        told = texts(pupils[0].open("tokens", STEP))
        assert f"You guessed “{WRONG}”: it is **{RIGHT}**" in told
        assert "Guesses in your class: “15” 4, “10” 1" in told

        end_now(class_id)
        expect(page.get_by_text("This is no class of yours, or it has ended")).to_be_visible()
        assert "Join a class" in texts(pupils[0].open("classroom"))


def end_now(class_id: str) -> None:
    """As on its last day."""
    with changing() as database:
        database.execute("UPDATE classes SET ends = ? WHERE id = ?", (time.time(), class_id))
