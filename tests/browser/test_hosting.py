"""The app where strangers use it: what it tells browsers, and what it keeps from everybody."""

import json
import os
import ssl
import stat
import subprocess
import sys
from base64 import b64decode
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app_server import ROOT, running_app, running_site
from tests.jobs.samples import write_pairs
from tfplay import figures
from tfplay.app.frame.navigation import PAGE_ICON
from tfplay.chat.distress import ANSWERS

pytestmark = pytest.mark.browser

PAGES = (
    "",
    *(path.stem for path in sorted((ROOT / "pages").glob("*/*.py")) if path.stem != "start"),
)


def answer_to(request):
    try:
        return urlopen(request, timeout=60)
    except HTTPError as error:
        return error


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/runs", "/_stcore/health", "/static/nothing.js"),
        *("/v1/models", "/v1/nothing", "/v1/..", "/v1/%00"),
    ],
)
def test_every_response_says_what_a_browser_must_not_do(app, path):
    headers = answer_to(app + path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/..", "/v1/models/../x", "/v1/%00"])
def test_whatever_is_asked_below_v1_the_answer_is_json(app, path):
    answer = answer_to(app + path)
    assert answer.status == 404
    assert json.load(answer)["error"]["message"].startswith("There is no ")


def test_also_what_is_refused_has_the_headers(app):
    upload = Request(f"{app}/_stcore/upload_file/a/b", b"", method="PUT")
    refused = answer_to(upload)
    assert refused.status >= 400
    assert refused.headers["X-Content-Type-Options"] == "nosniff"


def test_distress_is_answered_by_v1_without_the_model(app):
    messages = [{"role": "user", "content": "i want to k1ll my self"}]
    body = json.dumps({"model": "chat", "messages": messages}).encode()
    asked = Request(f"{app}/v1/chat/completions", body, {"Content-Type": "application/json"})
    reply = json.load(answer_to(asked))
    assert reply["choices"][0]["message"]["content"] == ANSWERS["english"]
    assert reply["choices"][0]["finish_reason"] == "stop"
    assert reply["system_fingerprint"] == "not-written-by-the-model"
    assert reply["usage"]["total_tokens"] == 0


def test_nothing_is_asked_of_another_host_on_any_page(app, page: Page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(f"{app}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )
        icon = page.locator("link[rel~=icon]").first.get_attribute("href")
        assert urlsplit(icon).netloc in ("", urlsplit(app).netloc), path
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(app).netloc}


@pytest.mark.parametrize("path", ["", "chat"])
def test_the_icon_in_the_tab_is_a_file_of_ours(app, page: Page, path):
    page.goto(f"{app}/{path}")
    icon = page.locator("link[rel~=icon][href^='data:image/svg+xml;base64,']").first
    expect(icon).to_have_count(1)
    drawn = b64decode(icon.get_attribute("href").split(",")[1]).decode()
    assert drawn.strip() == PAGE_ICON.read_text(encoding="utf-8").strip()


def test_an_exported_figure_draws_itself_without_asking_anybody(page: Page, tmp_path):
    path = tmp_path / "figure.html"
    figure = figures.lines_over_steps([1, 2], {"loss": [3.0, 2.0]}, "loss")
    path.write_text(figure.to_html(), encoding="utf-8")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    expect(page.locator(".main-svg").first).to_be_visible()
    assert {urlsplit(url).scheme for url in asked} <= {"file", "data", "blob"}


@pytest.mark.skipif(os.name != "posix", reason="there are no such permissions on this system")
def test_what_is_kept_is_private_after_a_training_and_a_chat(
    own_app: str, page: Page, tmp_path, tfplay_home
):
    data = write_pairs(tmp_path)
    command = [sys.executable, "-m", "tfplay", "train", "--task", "translation", "--data", data]
    subprocess.run([*command, "--preset", "tiny", "--steps", "2"], check=True, cwd=ROOT)
    page.goto(f"{own_app}/chat")
    page.get_by_placeholder("Say something").fill("I want to die")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not written by the model", exact=True)).to_be_visible()
    found = [tfplay_home, *tfplay_home.rglob("*")]
    assert any(path.parent.parent.name == "conversations" for path in found)
    assert any(path.name == "model.keras" for path in found)
    assert {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_dir()} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_file()} == {0o600}


@pytest.mark.parametrize("malformed", ["short", "x" * 3000, "../../etc/passwd", "%C3%A9" * 10])
def test_a_malformed_cookie_is_replaced(app, chromium: Browser, malformed):
    context = chromium.new_context()
    context.add_cookies([{"name": "tfplay_visitor", "value": malformed, "url": app}])
    page = context.new_page()
    page.goto(app)
    page.wait_for_function("/tfplay_visitor=[\\w-]{22,64}(;|$)/.test(document.cookie)")
    [kept] = [each for each in context.cookies() if each["name"] == "tfplay_visitor"]
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert [each["value"] for each in context.cookies() if each["name"] == "tfplay_visitor"] == [
        kept["value"]
    ]
    context.close()


def test_in_a_frame_of_another_site_the_visitor_is_known_again(
    chromium: Browser, tmp_path, tfplay_home, monkeypatch
):
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    monkeypatch.setenv("STREAMLIT_SERVER_SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("STREAMLIT_SERVER_SSL_KEY_FILE", str(key))
    (tmp_path / "site").mkdir()
    unverified = ssl._create_unverified_context
    monkeypatch.setattr(ssl, "_create_default_https_context", unverified)
    with running_site(tmp_path / "site") as other:
        monkeypatch.setenv("TFPLAY_FRAME_ANCESTORS", other)
        with running_app(tfplay_home, scheme="https") as address:
            (tmp_path / "site" / "index.html").write_text(f'<iframe src="{address}"></iframe>')
            context = chromium.new_context(ignore_https_errors=True)
            page = context.new_page()
            page.goto(other)
            kept = []
            for _ in range(2):
                frame = next(each for each in page.frames if each.parent_frame)
                frame.get_by_role("heading", level=1).wait_for()
                frame.wait_for_function("document.cookie.includes('tfplay_visitor=')")
                [cookie] = [each for each in context.cookies(address) if "visitor" in each["name"]]
                assert cookie["sameSite"] == "None"
                assert cookie["secure"]
                kept.append(cookie["value"])
                page.reload()
            assert kept[0] == kept[1]
            context.close()


def test_of_an_error_only_the_log_tells_what_it_was():
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert 'showErrorDetails = "none"' in config
