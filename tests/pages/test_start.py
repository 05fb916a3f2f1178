import subprocess
import sys

import pytest

from tests.pages.app import ROOT, open_app, shown_text
from tests.pages.shown import component
from tfplay.recipes import default_recipe
from tfplay.showing.flow import example_flow
from tfplay.store import create_run


def flow(app):
    return component(app, "flow")["flow"]


def test_a_newcomer_sees_a_sentence_on_its_way_and_where_to_begin():
    app = open_app()
    assert not app.exception
    assert flow(app) == example_flow("text").to_json()
    assert "Begin here" in shown_text(app)
    labels = [link.proto.label for link in app.get("page_link")]
    assert labels[0] == "**Take the tour: 10 minutes**"
    assert labels[3] == "Go alone, with your own sentence"
    assert labels[4:] == ["**Translate**", "**Chat**", "**Understand**", "**Train**"]


def test_another_architecture_has_its_own_picture_and_each_keeps_its_sentence():
    app = open_app(text="Tom had a big dog")
    app.segmented_control(key="start architecture").set_value("encoder-decoder").run()
    assert flow(app) == example_flow("translator").to_json()
    assert app.query_params["architecture"] == "encoder-decoder"
    app.segmented_control(key="start architecture").set_value("decoder-only").run()
    assert flow(app)["text"] == "Tom had a big dog"


def test_a_link_opens_its_architecture_sentence_and_stage():
    query = {"architecture": "encoder-only", "text": "The food was good.", "stage": "attention"}
    app = open_app(**query)
    assert not app.exception
    assert (flow(app)["text"], flow(app)["task"]) == (query["text"], "classification")
    assert component(app, "flow")["stage"] == "attention"
    assert {name: app.query_params[name] for name in query} == query


def test_a_text_that_cannot_be_read_is_told_in_a_sentence():
    app = open_app()
    app.text_area(key="text of text").set_value(" ").run()
    assert not app.exception
    assert "the text is empty" in shown_text(app)


def test_a_first_run_without_a_model_is_not_called_one(tmp_path):
    data_path = tmp_path / "text.txt"
    data_path.write_text("some text")
    create_run(default_recipe("language-model", data_path.name), data_path)
    assert "not ready yet" in shown_text(open_app())


def test_who_has_a_model_is_shown_the_newest(trained_runs):
    newest = max(trained_runs.values(), key=lambda run: run.created)
    assert newest.title in shown_text(open_app())


@pytest.mark.parametrize(
    "page",
    [
        "pages/learn/start.py",
        "pages/learn/tokens.py",
        "pages/build/train.py",
        "pages/build/runs.py",
        "pages/build/models.py",
    ],
)
def test_a_page_that_asks_no_model_shows_without_keras(trained_runs, page):
    code = f"""
import sys
from tests.pages.app import open_page
open_page({page!r})
print({{"keras", "tensorflow"}} & set(sys.modules) or "none")
"""
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "none"
