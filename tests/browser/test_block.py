"""A block walked by keyboard alone, and one of its cells opened."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_arrow_keys_walk_through_a_block_and_enter_opens_the_sum_behind_a_cell(
    page: Page, app: str
):
    page.goto(f"{app}/block?run=learning")
    first = page.get_by_role("tab", name="What enters the block")
    expect(first).to_have_attribute("aria-selected", "true")
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Normalise").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Queries: Q")).to_be_focused()

    page.get_by_role("application", name=re.compile("^Q, ")).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    reading = page.get_by_role("status").filter(has_text="Q [")
    expect(reading).to_contain_text(", 2] = ")
    number = float(reading.inner_text().rpartition("= ")[2])
    page.keyboard.press("Enter")
    opened = page.get_by_test_id("stText").filter(has_text="Q [")
    expect(opened).to_contain_text(", 2] = ")
    assert float(opened.inner_text().rpartition("= ")[2]) == pytest.approx(number, abs=1e-5)
