"""A journey through the whole tour, in a browser: pictures stay in sight, and axe finds nothing."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.first_picture import late_pictures
from tests.browser.test_accessibility import all_violations, show_in, wait_until_drawn
from tfplay.lessons import list_lessons

pytestmark = pytest.mark.browser

STEPS = list_lessons()["next-word"].steps
FRAMED = "style*='outline: rgb(217, 119, 6)'"
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


def bar(page: Page) -> Locator:
    return page.locator(".st-key-lesson")


def test_a_newcomer_takes_the_whole_tour(page: Page, app: str):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size(WIDE)
    page.goto(app)
    page.get_by_role("link", name="Take the tour: 10 minutes").click()
    found = []
    for number, step in enumerate(STEPS, start=1):
        expect(bar(page)).to_contain_text(f"{number} of {len(STEPS)}")
        wait_until_drawn(page)
        expect(page.locator(f"[{FRAMED}]")).to_have_count(1)
        found += [f"step {number}: {line}" for line in covered(page)]
        found += [f"step {number}: picture {line}" for line in late_pictures(page)]
        if step.question:
            bar(page).get_by_role("button", name=step.question.choices[0], exact=True).click()
            expect(bar(page)).to_contain_text(step.question.feedback)
        for theme in ("dark", "light"):
            show_in(theme, page)
            wait_until_drawn(page)
            found += [f"step {number} {theme}: {line}" for line in all_violations(page, None)]
        bar(page).get_by_role("button", name="Done" if number == len(STEPS) else "Next").click()
    expect(bar(page)).to_be_hidden()
    expect(page.get_by_role("link", name="once more")).to_be_visible()
    assert found == []


def covered(page: Page) -> list[str]:
    """What the lesson's bar hides: the marked control, or more than its share of a screen."""
    lines = []
    for screen in (PHONE, WIDE):
        page.set_viewport_size(screen)
        page.wait_for_timeout(300)
        box, marked = bar(page).bounding_box(), page.locator(f"[{FRAMED}]").bounding_box()
        if box["height"] > 0.33 * screen["height"]:
            lines.append(f"the bar is {box['height']:.0f} high of {screen['height']}")
        if box["x"] < 0 or box["x"] + box["width"] > screen["width"]:
            lines.append("the bar is wider than the screen")
        if screen is WIDE and not 0 <= marked["y"] < box["y"]:
            lines.append(f"the marked control is at {marked['y']:.0f}, the bar at {box['y']:.0f}")
    return lines


def test_back_and_reload_keep_the_step(page: Page, app: str):
    page.goto(f"{app}/tokens?run=text&text=The+dog&lesson=next-word&lesson_step=2")
    bar(page).get_by_role("button", name="Next").click()
    expect(bar(page)).to_contain_text("3 of 10")
    page.reload()
    expect(bar(page)).to_contain_text("3 of 10")
    page.go_back()
    expect(bar(page)).to_contain_text("2 of 10")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tokens")
