from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from tfplay.app.widgets.token_strip import token_strip

    chosen = token_strip(st.session_state["tokens"], "strip", selected=1)
    st.text(f"chosen {chosen}")


def test_the_click_counts_until_there_are_other_tokens():
    app = AppTest.from_function(page, default_timeout=60)
    app.session_state["tokens"] = ["the", "cat", "sat"]
    assert app.run().text[0].value == "chosen 1"
    app.session_state["strip"] = {"selected": 2}
    assert app.run().text[0].value == "chosen 2"
    app.session_state["tokens"] = ["a", "dog", "sat"]
    assert app.run().text[0].value == "chosen 1"
    assert not app.exception
