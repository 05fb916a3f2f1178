"""The step slider on every page that uses or looks into a model."""

import pytest

from tests.pages.app import open_page, shown_text
from tfplay.app.frame import navigation as pages
from tfplay.app.frame.navigation import page_of
from tfplay.tasks import TASKS

STEPS = ["0", "3", "5"]


def slider(app):
    [found] = app.select_slider
    assert found.label == "Training step"
    assert found.options == STEPS
    return found


@pytest.mark.parametrize("task", TASKS)
def test_the_page_of_every_task_can_go_back_to_the_first_step(trained_runs, task):
    app = open_page(page_of(task), run=trained_runs[task].id)
    assert slider(app).value == 5
    app.select_slider[0].set_value(0).run()
    assert not app.exception
    assert not app.error
    assert app.query_params["step"] == "0"


@pytest.mark.parametrize("task", ["translation", "images"])
def test_attention_is_that_of_the_step_in_the_address(trained_runs, task):
    app = open_page(pages.ATTENTION, run=trained_runs[task].id, step="3")
    assert slider(app).value == 3
    then = [chart.proto.spec for chart in app.get("plotly_chart")]
    app.select_slider[0].set_value(5).run()
    assert [chart.proto.spec for chart in app.get("plotly_chart")] != then


def test_at_the_last_step_the_address_names_none(trained_runs):
    app = open_page(pages.WRITE, run=trained_runs["language-model"].id, step="5")
    assert slider(app).value == 5
    assert "step" not in app.query_params


@pytest.mark.parametrize(("linked", "shown"), [("1", 0), ("4", 3), ("99", 5), ("-3", 5), ("x", 5)])
def test_an_address_with_a_step_that_was_not_kept_shows_the_nearest(trained_runs, linked, shown):
    app = open_page(pages.WRITE, run=trained_runs["language-model"].id, step=linked)
    assert slider(app).value == shown


def test_the_step_follows_to_other_pages(trained_runs):
    app = open_page(pages.WRITE, run=trained_runs["language-model"].id, step="3")
    app.switch_page(pages.ATTENTION).run()
    assert slider(app).value == 3
    assert app.query_params["step"] == "3"


def test_a_new_snapshot_is_shown_at_once_to_who_has_not_gone_back(own_runs):
    run = own_runs["language-model"]
    app = open_page(pages.WRITE, run=run.id)
    run.save_snapshot(run.model.load().model, 7)
    app.run()
    assert app.select_slider[0].value == 7
    app.select_slider[0].set_value(3).run()
    run.save_snapshot(run.model.load().model, 9)
    app.run()
    assert app.select_slider[0].value == 3


def test_without_snapshots_there_is_no_slider():
    app = open_page(pages.TRANSLATE, run="translator", step="3")
    assert not app.select_slider
    assert "step" not in app.query_params
    assert shown_text(app)
