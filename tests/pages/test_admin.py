"""The operator's page: who gets in, and what may be done there."""

import time

import pytest

from tests.pages.app import open_page, shown_text, unopened_app
from tfplay.app.frame.navigation import ADMIN, TOKENS
from tfplay.errors import InputError
from tfplay.home import home
from tfplay.jobs.queue import JobQueue
from tfplay.recipes import default_recipe
from tfplay.store import Status, create_run
from tfplay.store.digest import digest
from tfplay.store.notice import LONGEST_NOTICE, read_notice, write_notice
from tfplay.store.visitors import Visitors

ADA, SECRET = "ada@example.org", "a-secret-of-more-than-22-letters"


class User(dict):
    is_logged_in = True


@pytest.fixture(autouse=True)
def operated(tfplay_home, monkeypatch):
    monkeypatch.setenv("TFPLAY_HOME", str(tfplay_home))
    monkeypatch.setenv("TFPLAY_ADMINS", ADA)
    monkeypatch.setattr("tfplay.app.frame.navigation.has_operators", lambda: True)
    monkeypatch.setattr("streamlit.user", User(sub="7", email=ADA, email_verified=True))


def waiting_run(tmp_path, owner):
    path = tmp_path / "text.txt"
    path.write_text("some text")
    run = create_run(default_recipe("language-model", path.name), path, owner=owner)
    run.write_status(Status("queued", "Waiting."))
    JobQueue(home()).add(run.path, digest(owner))
    return run


def press(app, label):
    [button] = [each for each in app.button if each.label == label]
    button.click().run()
    assert not app.exception


@pytest.mark.parametrize(
    "claims", [{"email": "eve@example.org", "email_verified": True}, {"email": ADA}, {}]
)
def test_who_is_no_operator_sees_nothing(monkeypatch, claims):
    monkeypatch.setattr("streamlit.user", User(claims))
    app = open_page(ADMIN)
    assert "none of this server's operators" in app.error[0].value
    assert not app.subheader


def test_who_has_not_signed_in_is_asked_to(monkeypatch):
    monkeypatch.setattr("streamlit.user", User())
    monkeypatch.setattr(User, "is_logged_in", False)
    app = open_page(ADMIN)
    assert [each.label for each in app.button] == ["Sign in"]
    assert not app.subheader


def test_trainings_of_everybody_are_listed_and_stopped(tmp_path):
    run = waiting_run(tmp_path, SECRET)
    app = open_page(ADMIN)
    assert f"{run.title} · waits, number 1 · visitor" in shown_text(app)
    assert SECRET not in shown_text(app)
    press(app, "Stop")
    assert JobQueue(home()).jobs() == []
    assert "Nothing is trained" in shown_text(open_page(ADMIN))


def test_a_notice_stands_above_every_page_as_text_until_it_is_emptied():
    app = open_page(ADMIN)
    app.text_area(key="notice").set_value("**Down** at <b>noon</b>").run()
    press(app, "Show it on every page")
    [info] = [each.value for each in open_page(TOKENS).info if "Down" in each.value]
    assert "<b>" not in info.replace("\\<b", "")
    assert read_notice() == "**Down** at <b>noon</b>"
    app.text_area(key="notice").set_value("").run()
    press(app, "Show it on every page")
    assert not [each for each in open_page(TOKENS).info if "Down" in each.value]


def test_a_notice_that_is_too_long_or_damaged_is_told():
    with pytest.raises(InputError, match="401 characters; 400 are the most"):
        write_notice("x" * (LONGEST_NOTICE + 1))
    assert read_notice() == ""
    write_notice("Hello")
    (home() / "notice.json").write_text('{"words": 7}')
    assert "notice is damaged" in shown_text(open_page(TOKENS))


def test_a_visitor_is_barred_with_their_address_and_let_in_again(monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    visitors = Visitors()
    visitors.note(digest(SECRET), "1.2.3.4")
    app = open_page(ADMIN)
    chosen = app.selectbox(key="visitor to bar")
    chosen.set_value(chosen.options[-1]).run()
    visitors.bar(digest(SECRET), time.time() + 1000)
    theirs = unopened_app({})
    theirs.session_state["visitor"] = SECRET
    theirs.run()
    assert "has barred you until" in shown_text(theirs)
    assert not theirs.title
    app = open_page(ADMIN)
    press(app, "Let in")
    theirs.run()
    assert theirs.title
    assert "barred" not in shown_text(theirs)
