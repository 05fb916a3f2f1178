"""Translating as one types, looking inside, and a whole file, with the shipped translator."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

ROWS = 1500


def test_type_look_inside_force_a_token_and_translate_a_file(page: Page, app: str, tmp_path: Path):
    page.goto(f"{app}/translate?run=translator")
    text = page.get_by_label("It reads")
    answer = page.locator(".st-key-answer")
    expect(answer).to_contain_text("Pronounced: ")

    text.fill("")
    text.press_sequentially("The girl ate an apple.")
    expect(answer).to_contain_text("लड़की")
    expect(text).to_be_focused()
    expect(text).to_have_value("The girl ate an apple.")

    tokens = page.locator(".right button.token")
    expect(tokens.last).to_contain_text("[END]")
    tokens.first.focus()
    tokens.first.press("ArrowDown")
    expect(tokens.nth(1)).to_be_focused()
    tokens.nth(1).press("Enter")
    expect(page.get_by_text(re.compile("^Step 2: it wrote"))).to_be_visible()

    candidates = page.get_by_role("list", name="The likeliest tokens of this step")
    candidates.get_by_role("button").first.click()
    expect(page.get_by_text("With your token")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("With your token")).to_be_hidden()


def test_a_whole_file_is_translated_stopped_and_gone_on_with(page: Page, app: str, tmp_path: Path):
    page.goto(f"{app}/translate?run=translator")
    expect(page.locator(".st-key-answer")).to_contain_text("Pronounced: ")
    rows = tmp_path / "rows.csv"
    lines = (f"{number},The girl ate apple {number}." for number in range(ROWS))
    rows.write_text("\n".join(["id,english", *lines]), encoding="utf-8")
    page.get_by_role("radio", name="A whole file").click()
    page.locator("input[type=file]").set_input_files(rows)
    expect(page.get_by_role("combobox", name="Column to translate")).to_have_value("english")
    page.get_by_role("button", name="Translate the column").click()
    expect(page.get_by_text(re.compile(r"^[1-9][\d,]* of 1,500 rows$"))).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text(re.compile(r"^[1-9][\d,]* of 1,500 rows translated"))).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("1,500 of 1,500 rows translated")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the translations").click()
    translated = list(csv.DictReader(download.value.path().open(encoding="utf-8-sig")))
    assert [row["id"] for row in translated] == [str(number) for number in range(ROWS)]
    assert all("लड़की" in row["translation"] for row in translated)
