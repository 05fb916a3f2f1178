"""Tokens that light up together, and merges walked by button."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_the_same_letters_light_up_in_every_row_and_merges_go_on_by_button(page: Page, app: str):
    page.goto(f"{app}/tokens?run=masked-words&text=The+cat")
    letters = page.get_by_role("list", name="Characters")
    cat = page.get_by_role("list", name="Words").get_by_role("listitem", name=re.compile("^cat"))
    expect(cat).to_be_visible()
    cat.hover()
    expect(cat).to_have_class(re.compile("lit"))
    expect(letters.locator(".lit")).to_have_text(["c", "a", "t"])
    cat.focus()
    page.keyboard.press("ArrowLeft")
    expect(letters.locator(".lit")).to_have_text(["T", "h", "e"])

    page.get_by_role("radio", name="Merge by merge").click()
    merged = page.get_by_role("list", name="Byte pairs, by frequency")
    expect(merged.get_by_role("listitem").first).to_have_text("l")
    page.get_by_role("button", name="Next").click()
    expect(merged.locator(".new").first).to_have_text("lo")
    page.get_by_role("button", name="Play").click()
    expect(merged.get_by_role("listitem").first).to_have_text("low")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(merged.get_by_role("listitem")).to_have_text(["low", "␣lower", "␣lowest"])


def test_the_view_stands_in_the_address_and_outlives_another_page_and_a_reload(
    page: Page, app: str
):
    page.goto(f"{app}/tokens?run=masked-words")
    chosen = page.get_by_role("radio", name="Special tokens and chats")
    chosen.click()
    expect(page).to_have_url(re.compile(r"view=Special\+tokens\+and\+chats"))
    links = page.get_by_test_id("stSidebar")
    links.get_by_role("link", name="Concepts").click()
    expect(page).not_to_have_url(re.compile("view="))
    links.get_by_role("link", name="Tokens").click()
    expect(chosen).to_be_checked()
    expect(page).to_have_url(re.compile(r"run=masked-words.*view=Special|view=Special.*run="))
    page.reload()
    expect(chosen).to_be_checked()
