from datetime import date, timedelta

import pytest
import streamlit as st
from streamlit.runtime.context import StreamlitHeaders
from streamlit.testing.v1 import AppTest

from tests.pages.app import open_page, shown_text, unopened_app
from tfplay.recipes import default_recipe
from tfplay.store import Status, create_run, list_runs

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

        from tfplay.app.frame.visitor import is_mine, visitor

        st.session_state["seen"] = visitor(), [run.id for run in runs if is_mine(run)]

    app = AppTest.from_function(page, args=(runs,), default_timeout=60)
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


def test_where_strangers_share_a_server_nobodys_runs_are_only_looked_at(data_path, monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    mine, nobodys = make_run(data_path, SECRET), make_run(data_path)
    _, controlled = seen_by(SECRET, [mine, nobodys])
    assert controlled == [mine.id]
    app = open_page("pages/build/runs.py", compare=nobodys.id)
    assert "to look at, not to change" in shown_text(app)
    assert not {each.label for each in app.button} & {"Rename", "Pin", "Delete for good", "Stop"}
    app = open_page("pages/build/train.py", run=nobodys.id)
    assert [each.label for each in app.button] == ["Train another"]


def test_where_strangers_share_a_server_a_visitor_is_told_when_the_first_thing_goes(
    data_path, monkeypatch
):
    run = make_run(data_path, SECRET)
    run.write_status(Status("stopped", "It was stopped."))

    def told():
        app = unopened_app({}).switch_page("pages/build/runs.py")
        app.session_state["visitor"] = SECRET
        return shown_text(app.run())

    assert "is deleted here" not in told()
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    day = date.today() + timedelta(days=30)
    first = f"of yours the first goes on {day.day} {day:%B}, unless you change it before."
    assert f"What is not changed for 30 days is deleted here; {first}" in told()


def test_a_button_that_was_drawn_before_changes_nothing_once_the_run_is_anothers(data_path):
    run = make_run(data_path)
    app = open_page("pages/build/runs.py", compare=run.id)
    run.note({"owner": "x" * 30})
    next(each for each in app.button if each.key == "delete for good").click().run()
    assert not app.exception
    assert [each.id for each in list_runs()] == [run.id]


def test_whoever_changes_a_run_is_asked_at_that_moment(data_path):
    def page(runs):
        from tfplay.app.frame.visitor import require_mine

        require_mine(*runs)

    runs = [make_run(data_path), make_run(data_path, "other")]
    app = AppTest.from_function(page, args=(runs,), default_timeout=60)
    [error] = app.run().exception
    assert error.message  # what it says is for the log


def test_each_new_visitor_gets_a_secret_that_cannot_be_guessed():
    secrets = {seen_by(None, [])[0] for _ in range(5)}
    assert len(secrets) == 5
    assert min(map(len, secrets)) >= 40


def test_who_comes_back_is_known_by_the_cookie(monkeypatch):
    with_cookie(monkeypatch, SECRET)
    assert seen_by(None, [])[0] == SECRET


@pytest.mark.parametrize(
    "cookie", ["", "short", "x" * 65, "é" * 30, "../" * 10, "<script>alert('no')</script>!"]
)
def test_a_cookie_that_is_no_secret_is_not_believed(monkeypatch, cookie):
    with_cookie(monkeypatch, cookie)
    assert seen_by(None, [])[0] != cookie


@pytest.mark.parametrize(
    "cookies",
    [
        f"tfplay_visitor=short; tfplay_visitor={SECRET}",
        f"tfplay_visitor={SECRET}; tfplay_visitor=é; a=b",
        f"a=b; tfplay_visitor=; tfplay_visitor={SECRET}; tfplay_visitor={'x' * 65}",
    ],
)
def test_of_several_cookies_the_one_that_is_a_secret_is_taken(monkeypatch, cookies):
    headers = StreamlitHeaders([("Cookie", cookies)])
    monkeypatch.setattr(type(st.context), "headers", headers)
    assert seen_by(None, [])[0] == SECRET


def test_what_a_visitor_trains_is_theirs(data_path):
    app = open_page("pages/build/train.py")
    app.button[-1].click().run()
    [run] = list_runs()
    assert run.is_owned_by(app.session_state["visitor"])


def test_somebody_elses_run_is_seen_through_a_link_without_its_controls(own_runs):
    run = own_runs["translation"]
    run.note({"owner": SECRET})
    page = "pages/use/translate.py"
    titles = open_page(page).selectbox[0].options
    assert run.title not in titles
    linked = open_page(page, run=run.id)
    assert linked.selectbox[0].value == run.id
