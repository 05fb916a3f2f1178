"""A view given away: opened in another browser, made one's own, changed, and deleted."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tfplay.store import SHIPPED

pytestmark = pytest.mark.browser

HEATMAP = ".js-plotly-plot:has(.ytick)"
NUMBERS = f"JSON.stringify([...document.querySelectorAll('{HEATMAP}')].map((plot) => plot.data))"
TITLE = "<b>Who</b> looks at *whom*?"


def picture(page: Page) -> str:
    """All numbers of the page's charts, once it is drawn."""
    expect(page.locator(HEATMAP).first).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    return page.evaluate(NUMBERS)


def give_away(page: Page) -> tuple[str, str]:
    """Makes a snapshot of what is on the page; its link, and the one that deletes it."""
    page.get_by_role("button", name="Share", exact=True).first.click()
    page.get_by_role("tab", name="Snapshot with the model").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("button", name="Make a snapshot").click()
    expect(page.get_by_text("The snapshot is there.")).to_be_visible()
    links = page.get_by_role("dialog").locator("code").filter(has_text=re.compile(r"^http.*[?&]s="))
    expect(links).to_have_count(2)
    return links.nth(0).inner_text(), links.nth(1).inner_text()


def test_a_snapshot_is_seen_in_another_browser_made_ones_own_and_deleted_by_its_maker(
    chromium: Browser, page: Page, own_app: str, tfplay_home: Path
):
    run = tfplay_home / "runs" / "trained-here"
    shutil.copytree(SHIPPED / "sentiment", run)
    page.goto(f"{own_app}/attention?run=trained-here&text=It+was+not+good.&layer=1&head=2")
    seen = picture(page)
    link, secret_link = give_away(page)
    shutil.rmtree(run)

    other = chromium.new_context()
    theirs = other.new_page()
    theirs.set_default_timeout(120_000)
    theirs.goto(link)
    expect(theirs.get_by_text(TITLE, exact=True)).to_be_visible()
    expect(theirs.get_by_label("It reads")).to_be_disabled()
    assert picture(theirs) == seen
    theirs.get_by_role("button", name="Make it mine").click()
    expect(theirs).to_have_url(re.compile("run=copy-"))
    expect(theirs.get_by_label("It reads")).to_be_enabled()
    assert picture(theirs) == seen
    theirs.get_by_label("It reads").fill("It was very good.")
    expect(theirs).to_have_url(re.compile(r"It\+was\+very\+good"))
    expect(theirs.locator(HEATMAP).first).to_contain_text("very")
    assert picture(theirs) != seen

    page.goto(link)
    assert picture(page) == seen
    framed = chromium.new_page(viewport={"width": 700, "height": 500})
    framed.goto(f"{link}&embed=true")
    assert picture(framed) == seen
    assert framed.locator(HEATMAP).first.bounding_box()["y"] < 500
    expect(framed.get_by_test_id("stSidebar")).to_have_count(0)
    expect(framed.get_by_role("link", name="Open in TFPlay")).to_have_attribute("href", link)
    framed.close()

    page.goto(secret_link)
    page.get_by_role("button", name="Delete this snapshot for good").click()
    expect(page.get_by_text("This snapshot was deleted")).to_be_visible()
    theirs.reload()
    expect(theirs.locator(HEATMAP).first).to_contain_text("very")
    theirs.goto(link)
    expect(theirs.get_by_text("This snapshot was deleted")).to_be_visible()
    other.close()


def test_what_was_drawn_is_seen_in_another_browser(chromium: Browser, page: Page, own_app: str):
    page.goto(f"{own_app}/understand?run=digits")
    page.locator(".paper").focus()
    for key in ("Space", *["ArrowDown"] * 4, "Space"):
        page.keyboard.press(key)
    shares = ".st-key-classes .number"
    expect(page.locator(shares)).to_have_count(10)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    seen = page.locator(shares).all_inner_texts()
    link, _ = give_away(page)
    other = chromium.new_context()
    theirs = other.new_page()
    theirs.set_default_timeout(120_000)
    theirs.goto(link)
    expect(theirs.locator(shares)).to_have_text(seen)
    expect(theirs.get_by_text("Draw a digit")).to_have_count(0)
    other.close()
