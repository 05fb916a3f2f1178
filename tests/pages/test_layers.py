import pytest

from tests.pages.app import open_page, shown_text
from tfplay import explain
from tfplay.app.layers import VIEWS
from tfplay.app.lesson import TEXT_TASKS

PAGE = "pages/learn/layers.py"


def shows(app, view: str) -> None:
    app.segmented_control(key="view Logit lens").set_value(view).run()
    assert not app.exception
    if view != "Early and deep":  # of these models' texts nothing came along
        assert not app.error


@pytest.mark.parametrize("task", TEXT_TASKS)
def test_every_view_works_for_a_model_of_every_task(shipped_runs, task):
    app = open_page(PAGE, run=shipped_runs[task].id)
    for view in VIEWS:
        shows(app, view)
        assert app.get("plotly_chart") or view in ("Patching", "Early and deep")


def test_one_forward_pass_serves_all_views_that_alter_nothing(trained_runs, monkeypatch):
    app = open_page(PAGE, run=trained_runs["language-model"].id, text="the dog and the cat")
    monkeypatch.delattr("tfplay.explain.trace_arrays")
    for view in ("Residual stream", "Who pushes", "Which tokens", "Without a part"):
        shows(app, view)


def test_patching_needs_as_many_tokens_and_restores_at_the_asked_place(trained_runs):
    run = trained_runs["classification"]
    app = open_page(PAGE, run=run.id, text="it was good 1", view="Patching")
    key = f"patch text of {run.id}"
    app.text_input(key=key).set_value("it was").run()
    assert "patching needs as many" in app.error[0].value
    app.button(key="try The same text").click().run()
    assert {metric.label: metric.value for metric in app.metric}["Apart"] == "+0.000"
    app.text_input(key=key).set_value("it was good 2").run()
    assert len(app.get("plotly_chart")) == 1


def test_probes_can_be_left_out_and_say_honestly_what_they_found(trained_runs):
    app = open_page(PAGE, run=trained_runs["language-model"].id, view="Early and deep")
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    assert "claim" in shown_text(app)
    app.toggle(key="run probes").set_value(False).run()
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("name", ["reviews", "names", "text"])
def test_what_came_with_tfplay_is_probed(name):
    app = open_page(PAGE, run=name, view="Early and deep")
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) == 1


def test_ablation_says_which_part_the_answer_needs_most(trained_runs):
    run = trained_runs["language-model"]
    app = open_page(PAGE, run=run.id, text="the cat", view="Without a part")
    table = app.dataframe[0].value
    model = run.model.load().model
    assert len(table) == len(explain.all_parts(model))
    worst = table.loc[table["loss"].idxmax()]
    assert worst["without"] in shown_text(app)
