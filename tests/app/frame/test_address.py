"""What stands in an address decides a page's choices, and the choices stand in the address."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.app import unopened_app
from tfplay.app.frame import address
from tfplay.app.frame.navigation import ATTENTION, LAYERS


@pytest.fixture(autouse=True)
def nothing_is_late(monkeypatch):
    monkeypatch.setattr(address, "LATE_SECONDS", 0)


def page() -> None:
    import streamlit as st

    from tfplay.app.frame.address import open_address
    from tfplay.app.frame.state import choose_one, kept_number, kept_toggle
    from tfplay.app.frame.strip import choose_token
    from tfplay.app.frame.text_box import linked_text_box

    name = st.session_state.get("page", "First")
    open_address(name)
    if name == "Other":
        return
    last = st.session_state.get("last", 4)
    shown = {
        "layer": choose_one("Layer", range(1, last + 1), last, "layer", link="layer"),
        "share": kept_number(
            "Share", low=0.0, high=1.0, usual=0.5, step=0.25, name="share", key="share"
        ),
        "switch": kept_toggle("Switch", True, "switch", "switch"),
        "text": linked_text_box("Text", "text", 5000, "the cat", "written"),
        "token": choose_token(["a", "b", "c"], "strip", "token", 0),
    }
    st.text(" ".join(map(str, shown.values())))


CHOSEN = {"layer": "2", "share": "0.25", "switch": "off", "written": "a dog", "token": "2"}
SHOWN = "2 0.25 False a dog 2"
USUAL = "4 0.5 True the cat 0"


def opened(query: dict[str, str]) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    return go(app, query)


def go(app: AppTest, query: dict[str, str]) -> AppTest:
    """As the browser's buttons do: the same session, another address."""
    app.query_params.clear()
    app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    [text] = [each.value for each in app.text]
    return text


def query_of(app: AppTest) -> dict[str, str]:
    return {
        name: value[-1] if isinstance(value, list) else value
        for name, value in app.query_params.items()
    }


def choose_all(app: AppTest) -> AppTest:
    app.segmented_control(key="layer").set_value(2)
    app.slider(key="share").set_value(0.25)
    app.toggle(key="switch").set_value(False)
    app.text_area(key="text").set_value("a dog")
    app.session_state["strip"] = {"selected": 2}
    return app.run()


def test_what_is_as_usual_is_left_out():
    app = opened({})
    assert shown(app) == USUAL
    assert query_of(app) == {}


def test_every_choice_stands_in_the_address_and_opens_as_it_is_in_another_session():
    app = choose_all(opened({}))
    assert shown(app) == SHOWN
    assert query_of(app) == CHOSEN
    assert shown(opened(CHOSEN)) == SHOWN


def test_back_and_forward_bring_back_what_was_chosen():
    app = opened({"run": "a"})
    choose_all(app)
    assert shown(go(app, {"run": "a"})) == USUAL
    assert shown(go(app, {"run": "a", **CHOSEN})) == SHOWN
    app.segmented_control(key="layer").set_value(3).run()
    assert query_of(app) == {"run": "a", **CHOSEN, "layer": "3"}


def test_a_lesson_in_the_address_is_no_choice_of_the_page():
    app = opened(CHOSEN)
    lesson = {"lesson": "next-word", "lesson_step": "2"}
    assert shown(go(app, CHOSEN | lesson)) == SHOWN
    assert shown(go(app, lesson)) == SHOWN
    assert query_of(app) == CHOSEN | lesson
    assert shown(go(app, {"layer": "2"} | lesson)) == USUAL.replace("4", "2", 1)


def test_the_menu_leaves_choices_as_they_were():
    app = choose_all(opened({}))
    for name in ("Other", "First"):
        app.session_state["page"] = name
        go(app, {})
    assert shown(app) == SHOWN
    assert query_of(app) == CHOSEN


def test_a_link_that_only_names_a_view_leaves_the_sentence_as_it_is(trained_runs):
    query = {"run": trained_runs["language-model"].id, "text": "the cat sat"}
    app = unopened_app({**query, "step": "3", "view": "Sinks"}).switch_page(ATTENTION).run()
    app.query_params.clear()
    app.query_params["view"] = "Patching"
    app.switch_page(LAYERS).run()
    assert not app.exception
    assert query_of(app) == {**query, "step": "3", "view": "Patching"}


def test_a_browser_that_sends_its_address_late_undoes_no_choice(monkeypatch):
    monkeypatch.setattr(address, "LATE_SECONDS", 60)
    app = choose_all(opened({"run": "a"}))
    app.query_params.clear()
    app.query_params["run"] = "a"  # as it was before the choices
    app.slider(key="share").set_value(1.0).run()
    assert shown(app) == SHOWN.replace("0.25", "1.0")


def test_what_was_left_as_usual_follows_what_is_usual():
    app = opened({})
    app.session_state["last"] = 6
    assert shown(app.run()) == USUAL.replace("4", "6")


@pytest.mark.parametrize(
    ("name", "value"),
    [("layer", "9"), ("share", "7"), ("share", "nan"), ("switch", "maybe"), ("token", "-1")],
)
def test_a_link_to_what_is_not_there_says_so_and_shows_what_is(name, value):
    app = opened({name: value})
    assert shown(app) == USUAL
    [told] = [each.value for each in app.info]
    assert f"{name} “{value.replace('-', chr(92) + '-')}”" in told
    assert query_of(app) == {}
    app.run()
    assert not app.info  # once is enough


def test_a_text_that_is_too_long_for_an_address_is_left_out():
    app = opened({})
    app.text_area(key="text").set_value("a" * 2001).run()
    assert "written" not in query_of(app)
    assert shown(app).split()[-2] == "a" * 2001
