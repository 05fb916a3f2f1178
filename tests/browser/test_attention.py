"""A head looked into, on to the layers, and what can be taken along."""

import csv
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

SENTENCE = "fox sea snow fox sea"
PRESSED = ("aria-pressed", "true")


def test_a_head_is_opened_a_pair_taken_apart_and_a_part_switched_off(page: Page, app: str):
    page.goto(f"{app}/attention?run=learning")
    page.get_by_label("It reads").fill(SENTENCE)
    page.get_by_label("It reads").press("Control+Enter")
    expect(page).to_have_url(re.compile("text=fox"))
    wait_until_still(page)

    first, second = (
        page.get_by_role("button", name=re.compile(f"^Layer 1, head {head}: at most"))
        for head in (2, 3)
    )
    first.click()
    expect(first).to_have_attribute(*PRESSED)
    expect(page.get_by_text("layer 1, head 2")).to_be_visible()
    wait_until_still(page)
    second.press("Enter")
    expect(second).to_have_attribute(*PRESSED)
    expect(page.get_by_text("layer 1, head 3")).to_be_visible()

    page.get_by_role("radio", name="Lines").click()
    drawn, attending = page.locator(".lines line"), page.locator(".right button.token")
    expect(drawn).not_to_have_count(0)
    wait_until_still(page)
    all_lines = drawn.count()
    attending.nth(1).click()
    expect(attending.nth(1)).to_have_attribute(*PRESSED)
    wait_until_still(page)
    attending.nth(1).press("ArrowDown")
    attending.nth(2).press("Enter")
    expect(attending.nth(2)).to_have_attribute(*PRESSED)
    page.mouse.move(0, 0)
    assert drawn.count() < all_lines  # those of the locked token alone

    page.get_by_role("radio", name="One pair").click()
    metrics = page.get_by_test_id("stMetricValue")
    expect(metrics).to_have_count(4)
    assert metrics.nth(0).inner_text() == metrics.nth(1).inner_text()  # the sum is the logit

    page.get_by_test_id("stSidebar").get_by_role("link", name="Layers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Layers")
    expect(page.get_by_label("It reads")).to_have_value(SENTENCE)
    expect(page).to_have_url(re.compile("run=learning.*text=fox"))
    page.get_by_role("radio", name="Without a part").click()
    change = page.get_by_text(re.compile(r"with all parts\. Without .* it has [\d.]+%"))
    expect(change).to_be_visible()
    wait_until_still(page)
    trained = change.inner_text()
    page.get_by_role("button", name="Step 3,000").click()
    page.get_by_role("slider", name="Training step").press("Home")
    expect(page).to_have_url(re.compile("step=0"))
    expect(change).not_to_have_text(trained)


@pytest.mark.parametrize(
    ("seen_as", "said"),
    [("Heatmap", "A head mixes the other tokens"), ("Lines", "a click on the right keeps them")],
)
def test_numbers_and_figure_are_downloaded_as_real_files(
    page: Page, app: str, seen_as: str, said: str
):
    page.goto(f"{app}/attention?run=learning&text={SENTENCE}")
    page.get_by_role("radio", name=seen_as).click()
    open_exports = page.get_by_test_id("stPopover").get_by_role("button", name="Export").click
    expect(page.get_by_text(said)).to_be_visible()
    wait_until_still(page)
    open_exports()
    csv_path, html_path, svg_path = (downloaded(page, kind) for kind in ("CSV", "HTML", "SVG"))
    expect(page.get_by_role("button", name="SVG", exact=True)).to_have_count(0)  # it closes itself
    open_exports()
    png_path = downloaded(page, "PNG")
    with csv_path.open(encoding="utf-8-sig", newline="") as lines:
        scores = [float(row["score"]) for row in csv.DictReader(lines)]
    assert len(scores) == 2 * 4 * 5 * 5
    assert sum(scores) == pytest.approx(2 * 4 * 5, abs=1e-3)
    html = html_path.read_text(encoding="utf-8")
    assert "Plotly.newPlot" in html and "<script src=" not in html
    svg = ElementTree.parse(svg_path).getroot()
    assert svg.tag.endswith("svg")
    assert "snow" in {text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")}
    header = png_path.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert min(struct.unpack(">II", header[16:])) > 200


def wait_until_still(page: Page) -> None:
    """What is drawn anew loses the keyboard's focus."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def downloaded(page: Page, kind: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=kind, exact=True).click()
    assert download.value.suggested_filename.endswith(f".{kind.lower()}")
    return download.value.path()
