import shutil

import pytest

from tests.pages.app import open_page, shown_text
from tfplay.app.translation import reading_aid

PAGE = "pages/use/translate.py"


@pytest.fixture
def app(trained_runs):
    return open_page(PAGE, run=trained_runs["translation"].id)


@pytest.mark.usefixtures("nothing_shipped")
def test_without_a_translator_it_says_what_to_do():
    assert "no model to translate with yet" in shown_text(open_page(PAGE))


def test_a_translation_comes_with_its_cross_attention(app):
    assert not app.error
    assert len(app.get("plotly_chart")) == 1


def test_beam_search_lists_its_answers_best_first(app):
    app.segmented_control(key="strategy").set_value("beam").run()
    assert not app.exception
    scores = app.dataframe[0].value["score"].tolist()
    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", ["🙂 مرحبا <b>bold</b>", "number\n101"])
def test_any_text_can_be_tried(app, text):
    app.text_area[0].set_value(text).run()
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize(("text", "sentence"), [("", "empty"), ("number " * 60, "at most 47")])
def test_a_text_that_cannot_be_translated_is_told_in_a_sentence(app, text, sentence):
    app.text_area[0].set_value(text).run()
    assert not app.exception
    assert sentence in app.error[0].value


def test_a_run_that_lost_its_data_still_translates(own_runs):
    run = own_runs["translation"]
    run.data_path.unlink()
    app = open_page(PAGE, run=run.id)
    app.text_area[0].set_value("number 123 is here").run()
    assert not app.error
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize("name", ["model.keras", "tokenizer.json"])
def test_a_damaged_run_is_told_in_a_sentence(own_runs, name):
    run = own_runs["translation"]
    shutil.rmtree(run.path / "snapshots")  # the last of them could stand in for the model
    path = run.path / name
    path.write_bytes(path.read_bytes()[:100])
    app = open_page(PAGE, run=run.id)
    assert "damaged" in app.error[0].value


def test_with_nothing_trained_the_shipped_translator_translates_its_example(shipped_runs):
    app = open_page(PAGE)
    assert app.query_params["run"] == shipped_runs["translation"].id
    assert app.text_area[0].value == "number 123 is here"
    assert not app.error
    assert len(app.get("plotly_chart")) == 1


def test_hindi_comes_with_its_reading():
    assert reading_aid("हम दोस्त हैं।").startswith("ham")
    assert reading_aid("We are friends.") == ""
