from streamlit.testing.v1 import AppTest

from tests.pages.shown import bars, choose_row, component

ROWS = [("cat", 0.5), ("cat", 0.3), ("<b>", -0.2)]


def page():
    import streamlit as st

    from tests.app.widgets.test_bars import ROWS
    from tfplay.app.widgets.bars import bars

    chosen = bars(ROWS, "some", "Some", is_change=True, choices=[None, 7, 0])
    st.text(f"chosen {chosen}")


def test_a_row_is_chosen_once_by_its_own_value_and_changes_go_both_ways():
    app = AppTest.from_function(page, default_timeout=60).run()
    data = component(app, "some")
    assert [tuple(row) for row in data["rows"]] == ROWS  # also two of the same name
    assert (data["low"], data["high"]) == (-1, 1)
    assert app.text[0].value == "chosen None"
    assert choose_row(app, "some", "<b>").text[0].value == "chosen 0"
    assert app.run().text[0].value == "chosen None"
    assert bars(app, "some")["<b>"] == -0.2
