"""The app in a frame of another site, in a browser that keeps no cookies for frames."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, expect

from tests.browser.app_server import CHROMIUM, CHROMIUM_ARGUMENTS, running_app, running_site

pytestmark = pytest.mark.browser

NO_COOKIES = "--test-third-party-cookie-phaseout"
HEATMAP = ".js-plotly-plot:has(.ytick)"
VIEW = "attention?run=sentiment&text=It+was+not+good.&layer=1&head=2"


@pytest.fixture
def strict(chromium: Browser) -> Iterator[Browser]:
    """A browser that blocks cookies of other sites than the one whose page is open."""
    arguments = [*CHROMIUM_ARGUMENTS, NO_COOKIES]
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=arguments)
    yield browser
    browser.close()


def framed(browser: Browser, site: str, folder: Path, address: str) -> FrameLocator:
    (folder / "index.html").write_text(
        f'<iframe src="{address}" title="TFPlay" width="700" height="500"></iframe>'
    )
    page = browser.new_page()
    page.set_default_timeout(60_000)
    page.goto(site)
    return page.frame_locator("iframe")


def test_a_view_in_a_frame_works_without_cookies_and_says_what_does_not(
    strict: Browser, tfplay_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "site"
    folder.mkdir()
    with running_site(folder) as site:
        monkeypatch.setenv("TFPLAY_FRAME_ANCESTORS", site)
        with running_app(tfplay_home) as app:
            frame = framed(strict, site, folder, f"{app}/{VIEW}&embed=true")
            chart = frame.locator(HEATMAP).first
            expect(chart).to_be_visible()
            expect(frame.get_by_text("Your browser keeps no cookie here")).to_be_visible()
            assert chart.bounding_box()["y"] < 500
            before = chart.evaluate("(plot) => JSON.stringify(plot.data)")
            frame.get_by_label("It reads").fill("It was very good indeed.")
            expect(chart).to_contain_text("very")
            assert chart.evaluate("(plot) => JSON.stringify(plot.data)") != before
            frame.get_by_text("What heads do", exact=True).click()
            frame.get_by_text("Heads", exact=True).click()
            expect(chart).to_contain_text("very")  # what was chosen stays
            assert strict.contexts[0].cookies() == []

            frame = framed(strict, site, folder, f"{app}/translate?what=A+whole+file&embed=true")
            file = {"name": "lines.txt", "mimeType": "text/plain", "buffer": b"Good morning.\n"}
            frame.locator("input[type=file]").set_input_files(file)
            expect(frame.get_by_text("status code 403")).to_be_visible()
