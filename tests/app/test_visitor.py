import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.app import open_page
from tfplay.store import create_run, default_recipe, list_runs

SECRET = "a-secret-of-more-than-22-letters"


@pytest.fixture
def data_path(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("some text")
    return path


def make_run(data_path, owner=None):
    return create_run(default_recipe("language-model", data_path.name), data_path, owner=owner)


def seen_by(secret, runs):
    """The visitor's secret, and of which runs the visitor has the controls."""

    def page(runs):
        import streamlit as st

        from tfplay.app.visitor import is_mine, visitor

        st.session_state["seen"] = visitor(), [run.id for run in runs if is_mine(run)]

    app = AppTest.from_function(page, args=(runs,))
    if secret:
        app.session_state["visitor"] = secret
    app.run()
    assert not app.exception
    return app.session_state["seen"]


def with_cookie(monkeypatch, value):
    monkeypatch.setattr(type(st.context), "cookies", {"tfplay_visitor": value})


def test_a_visitor_has_the_controls_of_their_own_runs_and_of_those_without_an_owner(data_path):
    mine, others, nobodys = (make_run(data_path, owner) for owner in (SECRET, "other", None))
    _, controlled = seen_by(SECRET, [mine, others, nobodys])
    assert controlled == [mine.id, nobodys.id]


def test_each_new_visitor_gets_a_secret_that_cannot_be_guessed():
    secrets = {seen_by(None, [])[0] for _ in range(5)}
    assert len(secrets) == 5
    assert min(map(len, secrets)) >= 40


def test_who_comes_back_is_known_by_the_cookie(monkeypatch):
    with_cookie(monkeypatch, SECRET)
    assert seen_by(None, [])[0] == SECRET


@pytest.mark.parametrize("cookie", ["", "short", "x" * 65, "<script>alert('no')</script>!"])
def test_a_cookie_that_is_no_secret_is_not_believed(monkeypatch, cookie):
    with_cookie(monkeypatch, cookie)
    assert seen_by(None, [])[0] != cookie


def test_what_a_visitor_trains_is_theirs(data_path):
    app = open_page("pages/build/train.py")
    app.button[-1].click().run()
    [run] = list_runs()
    assert run.owner == app.session_state["visitor"]


def test_somebody_elses_run_is_seen_through_a_link_without_its_controls(own_runs):
    run = own_runs["translation"]
    run.note({"owner": SECRET})
    page = "pages/use/translate.py"
    titles = open_page(page).selectbox[0].options
    assert run.title not in titles
    linked = open_page(page, run=run.id)
    assert linked.selectbox[0].value == run.id
