"""A teacher writes a lesson of two steps with a question; a pupil takes it; its file comes back."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.test_accessibility import (
    NARROW,
    THEMES,
    all_violations,
    show_in,
    wait_until_drawn,
)

pytestmark = pytest.mark.browser

TEXT = "Tom found a key."


def box(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)


def write(page: Page, label: str, text: str) -> None:
    """Types, and leaves the box only after the text was sent."""
    box(page, label).fill(text)
    wait_until_drawn(page)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    wait_until_drawn(page)


def test_a_lesson_is_written_taken_by_a_pupil_exported_and_imported(
    chromium: Browser, app: str, tmp_path: Path
):
    teacher, pupil = (chromium.new_context(viewport=NARROW).new_page() for _ in range(2))
    write_lesson(teacher, app)

    teacher.get_by_role("button", name="Link for pupils").click()
    link = teacher.locator("[data-testid=stCode]").inner_text().strip()
    teacher.keyboard.press("Escape")
    take_lesson(pupil, link)
    pupil.goto(link.replace("/?lesson=", "/lessons?edit="))
    expect(pupil.get_by_text("This lesson is not yours")).to_be_visible()

    with teacher.expect_download() as download:
        teacher.get_by_role("button", name="Export").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert [step["words"] for step in json.loads(path.read_text())["steps"]] == ["Cut.", "Look."]
    pupil.goto(f"{app}/lessons?edit=")
    pupil.get_by_role("button", name="Import").click()
    pupil.locator("input[type=file]").set_input_files(path)
    expect(box(pupil, "Title")).to_have_value("Pieces")
    for each in (teacher, pupil):
        each.context.close()


def write_lesson(page: Page, app: str) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(f"{app}/lessons")
    press(page, "Write a lesson")
    write(page, "Title", "Pieces")
    write(page, "About: what one learns", "How a text is cut.")
    press(page, "Add a step")
    write(page, "Link of the view", f"{app}/tokens?run=text&text={TEXT.replace(' ', '+')}")
    write(page, "Words: what there is to see", "Cut.")
    page.get_by_text("Ask for a guess first").click()
    write(page, "Question", "How many tokens?")
    page.get_by_role("combobox", name="Answer").click()
    page.get_by_role("option", name="How many tokens the text falls into").click()
    write(page, "Choices, one a line", "4\n5")
    write(page, "Feedback", "The full stop is one.")
    press(page, "Compute the answer")
    expect(page.get_by_text("The model's answer: 5")).to_be_visible()
    press(page, "Add a step")
    write(page, "Link of the view", "attention?run=text")
    write(page, "Words: what there is to see", "Look.")
    expect(page.get_by_text("Ready: whoever has the link")).to_be_visible()
    page.reload()
    expect(box(page, "Words: what there is to see")).to_have_value("Look.")
    found = []
    for theme, options in THEMES.items():
        show_in(theme, page)
        wait_until_drawn(page)
        found += all_violations(page, options)
    assert found == []


def take_lesson(page: Page, link: str) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tokens")
    bar = page.locator(".st-key-lesson")
    bar.get_by_role("button", name="4", exact=True).click()
    expect(bar).to_contain_text("You guessed “4”: it is 5")
    bar.get_by_role("button", name="Next").click()
    expect(bar).to_contain_text("2 of 2")
    expect(page.get_by_role("heading", level=1)).to_have_text("Attention")
