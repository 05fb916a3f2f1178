import numpy as np
import pytest

from tests.pages.app import open_page, shown_text
from tfplay.app.block.switches import HEAD, SCALE
from tfplay.app.block.walkthrough import CELL, STEP
from tfplay.app.lesson import TEXT_TASKS
from tfplay.store import list_shipped

PAGE = "pages/learn/block.py"


@pytest.fixture
def app():
    return open_page(PAGE, run="learning", text="fox sea snow fox sea")


def latex(app):
    return [formula.value for formula in app.latex]


@pytest.mark.usefixtures("nothing_shipped")
def test_without_a_model_it_says_what_to_do():
    assert "no model to look into yet" in shown_text(open_page(PAGE))


def test_a_block_of_every_shipped_model_that_reads_text_can_be_walked():
    for run in list_shipped():
        if run.recipe.task in TEXT_TASKS:
            app = open_page(PAGE, run=run.id, second="Hello.")
            assert not app.error, run.id
            assert "in the residual stream" in shown_text(app)


def test_a_cell_opens_to_products_whose_total_it_is(app):
    app.session_state[STEP] = ("self_attention", "query")
    app.session_state[CELL] = (2, 5)
    app.run()
    assert any(r"\sum_{k=1}^{64}" in formula for formula in latex(app))
    terms = app.dataframe[0].value
    products = terms["row of norm(X)"] * terms["column of W_Q"]
    np.testing.assert_allclose(products, terms["product"], rtol=1e-6)
    [heading] = [text.value for text in app.text if text.value.startswith("Q [snow, 6]")]
    assert float(heading.rpartition("= ")[2]) == pytest.approx(terms["product"].sum(), abs=1e-4)


def test_a_switch_changes_the_answer_beside_the_true_one_without_another_trace(app, monkeypatch):
    monkeypatch.delattr("tfplay.explain.trace_arrays")
    assert "With the block changed" not in shown_text(app)
    app.button(key="try Use only one head").click().run()
    assert not app.exception
    assert app.session_state[HEAD] == 1
    assert "With the block changed" in shown_text(app)
    assert "Heads side by side" in [each.value for each in app.subheader]
    app.button(key="try Leave out the scaling").click().run()
    assert app.session_state[SCALE]
    bits = {metric.label: metric.value for metric in app.metric}
    assert bits["Attention entropy"] <= bits["as the model is"]


def test_a_translator_has_two_stacks_and_cross_attention():
    app = open_page(PAGE, run="translator", text="We are friends.", second="हम दोस्त हैं।")
    app.session_state[STEP] = ("cross_attention", "softmax")
    app.run()
    assert "Softmax: products become shares" in [each.value for each in app.subheader]
    assert "Mean loss of this sentence" in shown_text(app)
    app.segmented_control(key="block stack").set_value("encoder").run()
    assert not app.exception  # an encoder block has no cross-attention: its first step is shown
    assert "What enters the block" in [each.value for each in app.subheader]
