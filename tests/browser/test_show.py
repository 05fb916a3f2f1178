"""The page of `tfplay.show`, opened from a file without a network, and in a notebook's frame."""

import re
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_accessibility import THEMES
from tests.showing.test_document import HOSTILE, random_attention
from tfplay.showing import Shown
from tfplay.showing.findings import Findings, Lens

pytestmark = pytest.mark.browser

PRESSED = ("aria-pressed", "true")
VIEWS = ("Heat map", "Lines", "Text", "Answer of each layer")
PATIENCE = 20_000  # milliseconds


@pytest.fixture(scope="module")
def shown() -> Shown:
    levels, places = 3, len(HOSTILE)
    lens = Lens(
        levels=["embeddings", "after block 1", "after block 2"],
        places=HOSTILE,
        choices=np.tile([1, 0], (levels, places, 1)),
        probabilities=np.tile([0.75, 0.25], (levels, places, 1)),
        names=["no", "yes"],
        usual=places - 1,
    )
    return Shown(Findings("Hostile", [random_attention(2, 3, HOSTILE)], lens))


@pytest.fixture
def opened(chromium: Browser, shown: Shown, tmp_path: Path) -> Page:
    """The page on a phone; it fails if anything is asked for, or goes wrong in it."""
    page = chromium.new_page(viewport={"width": 390, "height": 1200}, offline=True)
    page.set_default_timeout(PATIENCE)
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text))
    page.on("dialog", lambda dialog: troubles.append("a token ran"))
    page.on("request", lambda request: troubles.append(request.url))
    shown.save_html(tmp_path / "shown.html")
    page.goto((tmp_path / "shown.html").as_uri())
    yield page
    page.close()
    assert troubles == [(tmp_path / "shown.html").as_uri()]


def test_a_head_is_chosen_hovered_and_a_row_kept_by_mouse_and_keyboard(opened: Page, shown: Shown):
    scores = shown._findings.attention[0].scores
    layer, head = (opened.get_by_role("combobox", name=name) for name in ("Layer", "Head"))
    status = opened.get_by_role("status")
    heatmap = opened.get_by_role("application")
    expect(layer).to_have_value("1")

    opened.get_by_role("button", name=re.compile("^Layer 1, head 2: at most")).click()
    expect(layer).to_have_value("0")
    expect(head).to_have_value("1")
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("Enter")
    expect(layer).to_have_value("1")
    expect(head).to_have_value("2")
    expect(opened.get_by_role("button", name=re.compile("^Layer 2, head 3"))).to_be_focused()

    heatmap.hover(position={"x": 3, "y": 3})
    expect(status).to_have_text(f"{HOSTILE[0]} → {HOSTILE[0]}: 100.00%")
    heatmap.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Enter"):
        opened.keyboard.press(key)
    expect(status).to_contain_text(f": {scores[1, 2, 2, 1]:.2%}")

    opened.get_by_text("Lines", exact=True).click()
    row = opened.locator(".right button.token")
    expect(row.nth(2)).to_have_attribute(*PRESSED)
    opened.mouse.move(0, 0)
    expect(opened.locator("svg line")).to_have_count(3)
    row.nth(3).click()
    expect(row.nth(3)).to_have_attribute(*PRESSED)
    layer.select_option("1")
    expect(row.nth(3)).to_have_attribute(*PRESSED)

    opened.get_by_text("Text", exact=True).click()
    expect(
        opened.get_by_role("group", name="Who looks").get_by_role("button").nth(3)
    ).to_have_attribute(*PRESSED)
    opened.get_by_text("Answer of each layer").click()
    opened.get_by_role("button", name="after block 1, &amp;'").press("ArrowUp")
    opened.keyboard.press("Enter")
    expect(
        opened.get_by_role("list", name=re.compile("What embeddings would answer"))
    ).to_contain_text("yes75.0%")


def test_axe_finds_nothing_in_any_view_of_either_theme(opened: Page):
    found = []
    for theme, options in THEMES.items():
        opened.emulate_media(color_scheme=theme)
        for view in VIEWS:
            opened.get_by_text(view, exact=True).click()
            opened.mouse.move(0, 0)
            for violation in Axe().run(opened, options=options).response["violations"]:
                nodes = [node["html"][:160] for node in violation["nodes"]]
                found.append((theme, view, violation["id"], nodes))
    width = opened.evaluate("document.documentElement.scrollWidth")
    assert (found, width) == ([], 390)


def test_in_a_notebook_the_page_keeps_its_own_style_and_works(chromium: Browser, shown: Shown):
    page = chromium.new_page(offline=True)
    style = "* { display: none !important } html, body, iframe { display: block !important }"
    page.set_content(f"<style>{style}</style>{shown._repr_html_()}</body>")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Hostile")).to_be_visible(timeout=PATIENCE)
    frame.get_by_text("Lines", exact=True).click()
    expect(frame.locator("svg line").first).to_be_attached(timeout=PATIENCE)
    page.close()
