"""The Start page's picture: where it stands, how it moves, and where it leads."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.first_picture import MEASURED
from tfplay.showing.flow import example_flow

pytestmark = pytest.mark.browser

POINTS = "canvas => canvas.toDataURL()"


@pytest.fixture
def start(page: Page, app: str) -> Page:
    page.goto(app)
    expect(picture(page)).to_be_visible()
    return page


def picture(page: Page):
    return page.locator(".st-key-flow svg[role=group]")


def expect_picture_of(page: Page, model: str) -> None:
    expect(picture(page)).to_have_attribute(
        "aria-label", re.compile(re.escape(example_flow(model).text))
    )


def test_the_picture_stands_on_the_first_screen_and_the_page_is_short_on_a_phone(start: Page):
    for width, height, lowest in MEASURED.values():
        start.set_viewport_size({"width": width, "height": height})
        start.wait_for_timeout(300)  # the picture is drawn anew for its width
        box = picture(start).bounding_box()
        assert box["y"] < lowest
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert min(height, box["y"] + box["height"]) - box["y"] > 0.6 * box["height"]
    main = start.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollHeight") < 3000


def test_it_is_drawn_anew_stepped_through_by_keyboard_and_opened(start: Page):
    errors = []
    start.on("console", lambda message: message.type == "error" and errors.append(message.text))
    start.on("pageerror", lambda error: errors.append(str(error)))
    for name, model in (("Encoder-decoder", "translator"), ("Encoder-only", "sentiment")):
        start.get_by_role("radio", name=name).click()
        expect_picture_of(start, model)
    start.get_by_role("radio", name="All", exact=True).focus()
    for _ in range(3):
        start.keyboard.press("ArrowRight")
    expect(start.get_by_role("radio", name="Attention", exact=True)).to_be_checked()
    expect(start).to_have_url(re.compile("stage=attention"))

    start.locator(".part.token").first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        start.keyboard.press(key)
    told = start.locator(".st-key-flow").get_by_role("status")
    expect(told).to_contain_text(re.compile(r"“The” in block 1, .* takes \d+% from “"))
    start.get_by_role("button", name="More on attention").click()
    expect(start.get_by_role("heading", level=1)).to_have_text("Attention")
    for query in ("run=sentiment", "text=The\\+film\\+was\\+not\\+bad"):
        expect(start).to_have_url(re.compile(query))
    expect(start.get_by_text("from the text above: layer 1,")).to_be_visible()
    assert errors == []


def test_points_move_until_they_are_paused_and_never_for_those_who_want_none(
    chromium: Browser, app: str
):
    for motion in ("no-preference", "reduce"):
        page = chromium.new_page(reduced_motion=motion)
        page.set_default_timeout(PATIENCE)
        page.goto(app)
        canvas = page.locator(".st-key-flow canvas")
        expect(canvas).to_be_visible()
        pause = page.get_by_role("button", name="Pause the motion")
        if motion == "reduce":
            assert not changes(page)
            expect(pause).to_be_hidden()
        else:
            assert changes(page)
            pause.click()
            assert not changes(page)
        page.close()


def changes(page: Page) -> bool:
    """Whether the points stand elsewhere after a moment."""
    canvas = page.locator(".st-key-flow canvas")
    page.wait_for_timeout(500)
    before = canvas.evaluate(POINTS)
    page.wait_for_timeout(500)
    return canvas.evaluate(POINTS) != before
