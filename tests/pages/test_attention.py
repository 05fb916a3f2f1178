import pytest

from tests.pages.app import open_page, shown_text
from tfplay.app import TASK_VIEWS

PAGE = "pages/learn/attention.py"


def has_all_heads(app) -> bool:
    return any(chart.key.endswith("grid") for chart in app.get("plotly_chart"))


@pytest.mark.usefixtures("nothing_shipped")
def test_without_a_model_it_says_what_to_do():
    assert "no model to look into yet" in shown_text(open_page(PAGE))


@pytest.mark.parametrize("task", TASK_VIEWS)
def test_a_model_of_every_task_can_be_looked_into(shipped_runs, task):
    app = open_page(PAGE, run=shipped_runs[task].id)
    assert not app.error
    assert has_all_heads(app)


def test_a_translator_shows_its_three_kinds_of_attention(trained_runs):
    app = open_page(PAGE, run=trained_runs["translation"].id)
    kinds = app.segmented_control(key="kind").options
    assert kinds == ["Cross-attention", "Encoder self-attention", "Masked self-attention"]
    for kind in kinds:
        app.segmented_control(key="kind").set_value(kind).run()
        assert not app.exception
        assert len(app.get("plotly_chart")) == 2  # one head in full, all heads side by side


def test_the_numbers_of_a_head_are_listed_on_demand(trained_runs):
    app = open_page(PAGE, run=trained_runs["language-model"].id)
    app.text_area[0].set_value("the cat").run()
    assert len(app.dataframe) == 0
    app.toggle(key="numbers").set_value(True).run()
    table = app.dataframe[0].value
    assert len(table) == len("the cat") ** 2
    assert abs(table["score"].sum() - len("the cat")) < 1e-4  # each row adds up to 1


def test_another_head_needs_no_other_forward_pass(trained_runs, monkeypatch):
    app = open_page(PAGE, run=trained_runs["language-model"].id)
    monkeypatch.delattr("tfplay.explain.trace_arrays")
    app.segmented_control(key="Masked self-attention layer").set_value(1).run()
    app.segmented_control(key="Masked self-attention head").set_value(2).run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 2


def test_a_text_longer_than_the_context_is_told_in_a_sentence(trained_runs):
    app = open_page(PAGE, run=trained_runs["language-model"].id)
    app.text_area[0].set_value("cat " * 50).run()
    assert not app.exception
    assert "200 tokens" in app.error[0].value


def test_an_address_of_a_run_that_is_gone_is_told_and_another_shown(trained_runs):
    app = open_page(PAGE, run="gone<b>")
    assert "There is no run gone" in app.warning[0].value
    assert has_all_heads(app)
