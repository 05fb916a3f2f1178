"""Takes the README's picture: `python -m tests.browser.screenshots`.

The shipped translator translates a sentence and is opened up.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import expect

from tests.browser.app_server import ROOT, running_app, running_chromium

PICTURE = ROOT / "tfplay/app/static/screenshot.png"
SIZE = {"width": 1280, "height": 1180}
SENTENCE = "The tall boy wants to read a new book."


def main() -> None:
    """Writes the picture."""
    expect.set_options(timeout=120_000)  # milliseconds; TensorFlow is loaded first
    with (
        TemporaryDirectory() as folder,
        running_app(Path(folder)) as address,
        running_chromium() as browser,
    ):
        page = browser.new_page(viewport=SIZE, device_scale_factor=1.5)
        page.goto(f"{address}/translate?run=translator")
        page.get_by_label("It reads").fill(SENTENCE)
        expect(page.locator(".left .token").nth(1)).to_contain_text("tall")
        page.wait_for_timeout(1000)  # until the figures have faded in
        page.screenshot(path=PICTURE)
    print(PICTURE, file=sys.stderr)


if __name__ == "__main__":
    main()
