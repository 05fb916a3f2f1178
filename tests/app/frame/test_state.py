import pytest
from streamlit.testing.v1 import AppTest

from tfplay.app.frame.state import whole_number


def page() -> None:
    import streamlit as st

    from tfplay.app.frame.state import begin_with, choose_one

    state, options = st.session_state, list(range(1, st.session_state.get("count", 5) + 1))
    if state.get("is hidden"):
        return
    draws = {"pills": st.pills, "buttons": st.segmented_control, "box": st.selectbox}
    for name, draw in draws.items():
        st.text(f"{name} {choose_one(name, options, options[-1], name, draw)}")
    st.text(f"slider {st.select_slider('a', options, key=begin_with('slider', 1, options))}")


def shown(app: AppTest) -> list[str]:
    assert not app.exception
    return [each.value for each in app.text]


def test_something_is_always_chosen_and_comes_back_as_it_was_left():
    app = AppTest.from_function(page, default_timeout=60).run()
    assert shown(app) == ["pills 5", "buttons 5", "box 5", "slider 1"]
    app.segmented_control(key="buttons").set_value(2).run()
    app.selectbox(key="box").set_value(3).run()
    app.session_state["is hidden"] = True
    assert shown(app.run()) == []
    app.session_state["is hidden"] = False
    assert shown(app.run())[:3] == ["pills 5", "buttons 2", "box 3"]


def test_a_choice_that_there_is_no_more_begins_anew():
    app = AppTest.from_function(page, default_timeout=60).run()
    app.select_slider(key="slider").set_value(4).run()
    app.session_state["count"] = 3
    assert shown(app.run()) == ["pills 3", "buttons 3", "box 3", "slider 1"]


def test_a_link_says_a_whole_number():
    assert whole_number("12") == 12


@pytest.mark.parametrize("text", ["", "-1", "²", "9" * 5000])
def test_anything_else_in_a_link_is_no_number(text):
    with pytest.raises(ValueError):
        whole_number(text)
