"""Pages as they are when one comes back: from another page, to another model, to what is gone."""

import shutil

import pytest

from tests.pages.app import open_page
from tfplay.store import home

START = "pages/learn/start.py"
LAYERS = "pages/learn/layers.py"


def test_layers_can_be_left_and_come_back_to(trained_runs):
    app = open_page(LAYERS, run=trained_runs["language-model"].id)
    app.selectbox(key="asked row").set_value(0).run()
    for page in (START, LAYERS):
        app.switch_page(page).run()
        assert not app.exception
    assert app.selectbox(key="asked row").value == 0


@pytest.mark.parametrize("page", ["layers", "attention", "block"])
def test_another_model_has_other_choices_and_the_page_takes_them(trained_runs, page):
    app = open_page(f"pages/learn/{page}.py", run=trained_runs["language-model"].id)
    for task in ("classification", "translation", "tagging", "chat"):
        app.selectbox(key="model to look into").set_value(trained_runs[task].id).run()
        assert not app.exception


def test_a_link_to_a_recipe_leaves_the_state_of_other_pages_alone(trained_runs):
    app = open_page("pages/use/translate.py", run=trained_runs["translation"].id)
    app.segmented_control(key="translation Attention").set_value("On its own words").run()
    app.query_params.clear()
    app.query_params.update({"task": "translation", "steps": "77"})
    app.switch_page("pages/build/train.py").run()
    assert app.number_input(key="translation steps").value == 77
    app.query_params.clear()
    app.switch_page("pages/use/translate.py").run()
    assert app.segmented_control(key="translation Attention").value == "On its own words"


@pytest.mark.parametrize(
    "page", ["learn/attention", "learn/layers", "build/train", "build/runs", "use/write"]
)
def test_a_run_that_is_deleted_meanwhile_is_told_and_the_page_goes_on(own_runs, page):
    run = own_runs["language-model"]
    app = open_page(f"pages/{page}.py", run=run.id)
    shutil.rmtree(home() / "runs" / run.id)
    for _ in range(2):
        app.run()
        assert not app.exception
    app.switch_page(START).run()
    assert not app.exception
