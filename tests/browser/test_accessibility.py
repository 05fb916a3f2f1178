"""axe-core finds nothing serious on the Learn pages, in either theme, on a narrow screen."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE

pytestmark = pytest.mark.browser

PAGES = {
    "tokens": "Tokens",
    "embeddings": "Embeddings and position",
    "block": "Inside a block",
    "attention": "Attention",
    "layers": "Layers",
    "concepts": "Concepts",
    "": "A transformer you can take apart",
}
NARROW = {"width": 390, "height": 4000}  # axe-core tells no colours of what is out of sight
OURS = {"include": [["[data-testid=stMain]"]], "exclude": [[".katex-display"]]}
"""Streamlit's menu has a list in a list, and its formulas cannot be scrolled by keyboard."""
IS_STILL = "document.getAnimations().every((each) => each.playState !== 'running')"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_learn_page_has_a_serious_violation(chromium: Browser, app: str, theme: str):
    page = chromium.new_page(color_scheme=theme, viewport=NARROW)
    page.set_default_timeout(PATIENCE)
    page.goto(app)
    found = [line for path, title in PAGES.items() for line in violations(page, app, path, title)]
    page.close()
    assert found == []


def violations(page: Page, app: str, path: str, title: str) -> Iterator[str]:
    """What axe-core calls serious or critical on a page, a line each."""
    page.goto(f"{app}/{path}")
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    page.wait_for_function(IS_STILL)  # what fades in is pale until then
    for violation in Axe().run(page, OURS).response["violations"]:
        if violation["impact"] in ("serious", "critical"):
            for node in violation["nodes"]:
                yield f"{path}: {violation['id']}: {node['html'][:160]}"
