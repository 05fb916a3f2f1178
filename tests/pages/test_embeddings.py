import pytest

from tests.pages.app import open_page, shown_text
from tfplay.app.embeddings import VIEWS
from tfplay.app.embeddings.plane import COUNT_KEY, METHOD_KEY
from tfplay.app.embeddings.senses import FIRST_KEY, WORD_KEY
from tfplay.app.frame.navigation import EMBEDDINGS as PAGE

CHARTS = {
    "The rows": 2,
    "A map": 1,
    "Token and position": 1,
    "Positions": 2,
    "Words shuffled": 0,
    "Static or contextual": 1,
    "Through a chat": 2,
}


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_its_charts_something_to_try_and_to_take_along(view: str):
    app = open_page(PAGE, run="masked-words", view=view, text="The [MASK] barked at the cat.")
    assert not app.error
    assert app.query_params.get("view", next(iter(VIEWS))) == view  # the first needs no saying
    assert len(app.get("plotly_chart")) == CHARTS[view]
    assert app.get("popover")
    assert app.latex
    assert len([button for button in app.button if str(button.key).startswith("try ")]) >= 3
    assert "Computed by" in shown_text(app)


def test_the_sum_shown_is_what_the_first_block_got():
    for run in ("masked-words", "answers"):
        app = open_page(PAGE, run=run, view="Token and position")
        assert "the sum is what its first block got" in shown_text(app)
    assert "rotary" in app.info[0].value


def test_a_map_is_drawn_by_neighbourhoods():
    app = open_page(PAGE, run="learning", view="A map")
    app.button(key="try Neighbourhoods").click().run()
    assert app.session_state[METHOD_KEY] == "tsne"
    assert app.session_state[COUNT_KEY] == 400
    assert not app.error


def test_another_word_brings_sentences_in_both_its_senses():
    app = open_page(PAGE, run="masked-words", view="Static or contextual")
    assert "bank" in app.text_input(key=FIRST_KEY).value
    app.selectbox(key=WORD_KEY).set_value("bat").run()
    assert "bat" in app.text_input(key=FIRST_KEY).value
    assert "tells the senses apart" in shown_text(app)
    app.text_input(key=FIRST_KEY).set_value("Nothing of the kind.").run()
    assert "does not stand in the sentence" in app.error[0].value
