import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app_server import CHROMIUM, running_app, running_chromium

STEPS = re.compile(r"^Steps( :primary\[●\]| ●)?$")
"""The label of a training's steps; it has a dot once they are fitted to data, or changed."""

PATIENCE = 120_000  # milliseconds; the first page with a model loads TensorFlow

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip(f"there is no browser at {CHROMIUM}")
    with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app without runs, for all tests that train nothing."""
    with running_app(tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture
def own_app(tfplay_home: Path) -> Iterator[str]:
    """The address of an app for one test, which may train there; `tfplay_home` has its runs."""
    with running_app(tfplay_home) as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    page.close()
