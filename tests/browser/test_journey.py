"""What a newcomer does, from sentence pairs to attention, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import STEPS

pytestmark = pytest.mark.browser


def test_upload_train_translate_see_attention_and_find_the_run_again(
    page: Page, own_app: str, tmp_path: Path
):
    pairs = tmp_path / "pairs.tsv"
    lines = [f"number {n} is here\t{n} संख्या यहाँ है" for n in range(100, 300)]
    pairs.write_text("\n".join(lines), encoding="utf-8")

    page.goto(own_app)
    page.get_by_test_id("stMain").get_by_role("link", name="Train", exact=True).click()

    page.get_by_role("radio", name="Upload a file").click()
    page.locator("input[type=file]").set_input_files(pairs)
    expect(page).to_have_url(re.compile(r"data=pairs\.tsv"))  # the form knows of it
    expect(page.get_by_label(STEPS)).to_have_count(1)  # and the old one is gone
    page.get_by_label(STEPS).fill("60")
    page.get_by_label(STEPS).press("Enter")
    expect(page).to_have_url(re.compile("steps=60"))
    page.get_by_role("button", name="Train", exact=True).click()

    expect(page).to_have_url(re.compile("run="))
    expect(page.get_by_text("Step ", exact=False).first).to_be_visible()
    page.reload()  # training does not mind
    expect(page.get_by_text("Trained for 60 steps")).to_be_visible(timeout=240_000)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()

    page.get_by_test_id("stMain").get_by_role("link", name="Translate", exact=True).click()
    page.get_by_label("It reads").fill("number 123 is here")  # it is sent after a pause
    expect(page.locator(".left .token").first).to_contain_text("number")
    expect(page.locator(".js-plotly-plot .ytick").first).to_be_visible()

    page.reload()
    expect(page.get_by_role("combobox", name="Model")).to_have_value(re.compile(r"pairs\.tsv"))
    page.get_by_role("link", name="Runs").click()
    expect(page.get_by_role("button", name="Rename")).to_be_visible()
    expect(page.locator(".js-plotly-plot .legendtext")).to_contain_text("pairs.tsv")
