"""The operator signs in at a provider, in a real browser."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app_server import free_port, running_app
from tests.browser.provider import running_provider
from tests.browser.test_accessibility import THEMES, all_violations, show_in, wait_until_drawn

pytestmark = pytest.mark.browser

ADA = "ada@example.org"


@pytest.fixture
def operated(tmp_path, monkeypatch):
    """The app with a provider to sign in at, and the provider."""
    monkeypatch.setenv("TFPLAY_ADMINS", ADA)
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    port, provider_port = free_port(), free_port()
    secrets = {
        "redirect_uri": f"http://localhost:{port}/oauth2callback",
        "cookie_secret": "of nobody but this test",
        "client_id": "tfplay",
        "client_secret": "x",
        "server_metadata_url": f"http://localhost:{provider_port}/.well-known/openid-configuration",
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in secrets.items()]
    path = tmp_path / "secrets.toml"
    path.write_text("\n".join(["[auth]", *lines]))
    options = ["--secrets.files", str(path)]
    with (
        running_provider(provider_port) as provider,
        running_app(tmp_path / "home", *options, port=port) as address,
    ):
        yield address, provider


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/admin")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A transformer")  # back on Start
    page.goto(f"{address}/admin")


def test_an_operator_signs_in_tells_everybody_something_and_signs_out(operated, chromium: Browser):
    address, provider = operated
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(60_000)
    provider.claims = {"sub": "2", "email": ADA, "email_verified": False}
    sign_in(page, address)
    expect(page.get_by_text("is none of this server's operators")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A transformer")
    provider.claims = {"sub": "1", "email": ADA, "email_verified": True}
    sign_in(page, address)
    expect(page.get_by_role("heading", name="Trainings")).to_be_visible(timeout=60_000)
    page.get_by_role("textbox", name="Words").fill("Down at noon.")
    page.get_by_role("button", name="Show it on every page").click()
    for theme, options in THEMES.items():
        show_in(theme, page)
        wait_until_drawn(page)
        assert all_violations(page, options) == []
    other = chromium.new_context().new_page()
    other.goto(f"{address}/tokens")
    expect(other.get_by_text("Down at noon.")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A transformer")
    page.goto(f"{address}/admin")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=60_000)
