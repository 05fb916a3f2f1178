import pytest

from tests.pages.app import open_page, shown_text
from tfplay.app.attention import VIEWS
from tfplay.tasks import TASKS

PAGE = "pages/learn/attention.py"
SEEN_AS = ("Heatmap", "Lines", "Text", "One pair", "Distance")


def charts(app) -> list[str]:
    return [chart.key for chart in app.get("plotly_chart")]


@pytest.mark.usefixtures("nothing_shipped")
def test_without_a_model_it_says_what_to_do():
    assert "no model to look into yet" in shown_text(open_page(PAGE))


@pytest.mark.parametrize("task", TASKS)
def test_a_model_of_every_task_can_be_looked_into(shipped_runs, task):
    app = open_page(PAGE, run=shipped_runs[task].id)
    assert not app.error
    assert any(key.endswith("heatmap") for key in charts(app))
    for view in VIEWS:
        app.segmented_control(key="view Heads").set_value(view).run()
        assert not app.exception
        assert not app.error


def test_a_translator_shows_its_three_kinds_of_attention(trained_runs):
    app = open_page(PAGE, run=trained_runs["translation"].id)
    kinds = app.segmented_control(key="kind").options
    assert kinds == ["Cross-attention", "Encoder self-attention", "Masked self-attention"]
    for kind in kinds:
        app.segmented_control(key="kind").set_value(kind).run()
        assert not app.exception
        assert charts(app) == [f"{kind} heatmap"]


def test_a_head_is_seen_in_five_ways_by_one_forward_pass(trained_runs, monkeypatch):
    app = open_page(PAGE, run=trained_runs["language-model"].id)
    app.text_area[0].set_value("the cat and the dog").run()
    monkeypatch.delattr("tfplay.explain.trace_arrays")
    app.segmented_control(key="Masked self-attention layer").set_value(1).run()
    app.segmented_control(key="Masked self-attention head").set_value(2).run()
    for view in SEEN_AS:
        app.segmented_control(key="seen as").set_value(view).run()
        assert not app.exception
        assert "layer 1, head 2" in shown_text(app) or "layer 1." in shown_text(app)


def test_the_products_of_a_pair_sum_to_its_logit(trained_runs):
    app = open_page(PAGE, run=trained_runs["language-model"].id)
    app.segmented_control(key="seen as").set_value("One pair").run()
    assert "Choose one head" in shown_text(app)
    app.button(key="try Head 1").click().run()
    numbers = {metric.label: metric.value for metric in app.metric}
    assert numbers["Sum of the products"] == numbers["Logit"]
    app.selectbox(key="Masked self-attention attending of (2, 1)").set_value(0).run()
    app.selectbox(key="Masked self-attention attended of (2, 1)").set_value(2).run()
    assert "masked" in app.info[0].value
    assert {metric.label: metric.value for metric in app.metric}["Score"] == "0.00%"


def test_what_a_head_does_is_told_with_its_score_and_a_repetition_shows_induction(trained_runs):
    app = open_page(PAGE, run=trained_runs["language-model"].id, view="What heads do", text="abcd")
    assert "induction:" not in app.caption[-1].value
    app.button(key="try Say it twice: induction needs a repetition").click().run()
    assert "induction:" in app.caption[-1].value
    told = [line for line in shown_text(app).split("\n") if line.startswith("- Layer")]
    assert all("%" in line and "evenly spread" in line for line in told)


def test_two_sentences_are_compared_and_equal_ones_do_not_differ(trained_runs):
    run = trained_runs["language-model"]
    app = open_page(PAGE, run=run.id, view="Compare", text="the cat")
    assert charts(app) == ["left comparison", "right comparison", "difference"]
    app.segmented_control(key="compare with").set_value("Another sentence").run()
    assert "tokens differ" in shown_text(app)
    app.text_input(key=f"other text of {run.id}").set_value("the cat").run()
    app.segmented_control(key="right head").set_value(1).run()
    assert app.metric[0].value == "0.0%"
    app.segmented_control(key="compare with").set_value("Another model").run()
    assert not app.exception


def test_a_text_longer_than_the_context_is_told_in_a_sentence(trained_runs):
    app = open_page(PAGE, run=trained_runs["language-model"].id)
    app.text_area[0].set_value("cat " * 50).run()
    assert not app.exception
    assert "200 tokens" in app.error[0].value


def test_an_address_of_a_run_that_is_gone_is_told_and_another_shown(trained_runs):
    app = open_page(PAGE, run="gone<b>")
    assert "There is no run gone" in app.warning[0].value
    assert any(key.endswith("heatmap") for key in charts(app))
