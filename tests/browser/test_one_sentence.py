"""One sentence on its way through the Learn pages, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LINK = "attention?run=learning&text=fox+owl+/+fox"


def test_a_head_opens_by_a_click_its_picture_is_saved_and_the_sentence_goes_along(
    page: Page, app: str, tmp_path: Path
):
    page.goto(f"{app}/{LINK}")
    thumbnail = page.get_by_role("button", name=re.compile("Layer 1, head 2"))
    expect(thumbnail).to_be_visible(timeout=180_000)  # milliseconds; TensorFlow is loaded
    thumbnail.click()
    expect(page.get_by_text("layer 1, head 2. The CSV")).to_be_visible()
    expect(page.locator(".js-plotly-plot .ytick")).to_have_text(["fox", "owl", "/", "fox"])

    page.get_by_role("button", name="Export").click()
    for name in ("SVG", "PNG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        path = tmp_path / name
        download.value.save_as(path)
        start = path.read_bytes()[:100]
        assert (b"<svg" in start) if name == "SVG" else start.startswith(b"\x89PNG")

    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Layers").click()
    expect(page.get_by_label("It reads")).to_have_value("fox owl / fox")
    expect(page).to_have_url(re.compile("text=fox"))
    expect(page.locator(".js-plotly-plot .xtick").first).to_have_text("1. fox")
