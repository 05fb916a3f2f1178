"""The address of a view opens it in another browser, and "back" undoes one choice at a time."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tfplay.app.frame.address import LATE_SECONDS

pytestmark = pytest.mark.browser

SINGER = urlencode({"run": "learning", "text": "fox sea snow fox sea"})


def shown(page: Page) -> list[str]:
    """Charts and sentences of the page, once it is still and its address is no longer new."""
    page.wait_for_timeout(1000 * LATE_SECONDS + 200)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    return page.locator("[data-testid=stPlotlyChart], [data-testid=stMarkdown]").all_inner_texts()


def test_back_and_forward_go_from_choice_to_choice_and_a_copy_opens_the_same(
    page: Page, app: str, chromium: Browser
):
    page.goto(f"{app}/concepts")
    expect(page.get_by_role("heading", name="Concepts")).to_be_visible()
    page.goto(f"{app}/attention?{SINGER}")
    expect(page.get_by_text("Strongest here")).to_be_visible()
    usual = shown(page)

    page.get_by_role("radio", name="Distance").click()
    expect(page).to_have_url(re.compile("seen=Distance"))
    distance = shown(page)
    page.get_by_role("button", name=re.compile("^Layer 1, head 2: at most")).click()
    expect(page).to_have_url(re.compile("head=2"))
    head = shown(page)
    assert usual != distance != head != usual

    page.go_back()
    expect(page).not_to_have_url(re.compile("head=2"))
    assert shown(page) == distance
    page.go_back()
    expect(page).not_to_have_url(re.compile("seen=Distance"))
    assert shown(page) == usual
    page.go_back()
    expect(page).to_have_url(re.compile("concepts"))  # and no address in between
    for _ in range(3):
        page.go_forward()
        shown(page)
    expect(page).to_have_url(re.compile("head=2"))
    assert shown(page) == head

    other = chromium.new_context().new_page()
    other.set_default_timeout(120_000)
    other.goto(page.url)
    expect(other.get_by_text("mean attention").first).to_be_attached()
    assert shown(other) == head
    other.context.close()
