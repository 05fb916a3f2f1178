"""axe-core finds nothing serious in any view of the Learn pages, in either theme, on a phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.learn_views import LEARN_VIEWS, address_of

pytestmark = pytest.mark.browser

OTHERS = [("concepts", None), ("", None)]
NARROW = {"width": 390, "height": 4000}  # axe-core tells no colours of what is out of sight
OURS = {"include": [["[data-testid=stMain]"]], "exclude": [[".katex-display"]]}
"""Streamlit's menu has a list in a list, and its formulas cannot be scrolled by keyboard."""
THEMES = {"light": None, "dark": {"runOnly": ["color-contrast"]}}
"""By theme, what to look for if not for all: another theme changes colours alone."""
IS_STILL = "document.getAnimations().every((each) => each.playState !== 'running')"


def test_no_view_of_a_learn_page_has_a_serious_violation(chromium: Browser, app: str):
    page = chromium.new_page(viewport=NARROW)
    page.set_default_timeout(PATIENCE)
    found = []
    for path, view in [*OTHERS, *LEARN_VIEWS]:
        page.goto(address_of(app, path, view, run="learning"))
        for theme, options in THEMES.items():
            page.emulate_media(color_scheme=theme)
            expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
            wait_until_drawn(page)
            found += [f"{path} {view} {theme}: {line}" for line in all_violations(page, options)]
    page.close()
    assert found == []


def wait_until_drawn(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    page.wait_for_function(IS_STILL)  # what fades in is pale until then


def all_violations(page: Page, options: dict | None) -> list[str]:
    """Asks again where the page was loaded anew meanwhile, as the first one sometimes is."""
    try:
        return list(violations(page, options))
    except Error as error:
        if "context was destroyed" not in str(error):
            raise
        wait_until_drawn(page)
        return list(violations(page, options))


def violations(page: Page, options: dict | None) -> Iterator[str]:
    """What axe-core calls serious or critical on a page, a line each."""
    for violation in Axe().run(page, OURS, options).response["violations"]:
        if violation["impact"] in ("serious", "critical"):
            for node in violation["nodes"]:
                yield f"{violation['id']}: {node['html'][:160]}"
