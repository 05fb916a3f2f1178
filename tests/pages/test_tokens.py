import pytest

from tests.pages.app import open_page
from tfplay.text import TOKENIZERS

PAGE = "pages/learn/tokens.py"


def shown_html(app) -> str:
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_any_text_goes_through_any_tokenizer(kind):
    app = open_page(PAGE)
    app.text_area(key="text").set_value("नमस्ते दुनिया hello 🙂 مرحبا").run()
    app.selectbox[0].select(kind).run()
    assert not app.exception
    assert not app.error
    assert "<small>" in shown_html(app)
    assert int(app.metric[0].value) == len(app.dataframe[0].value)


def test_a_run_brings_its_own_tokenizer(trained_runs):
    run = trained_runs["language-model"]
    app = open_page(PAGE)
    app.selectbox[0].select(run.id).run()
    assert int(app.metric[4].value) == run.load_tokenizer().vocabulary_size
    assert "token unknown" in shown_html(app)  # it has never seen Hindi


def test_text_of_a_visitor_never_becomes_markup():
    app = open_page(PAGE)
    app.text_area(key="text").set_value("<script>alert(1)</script>").run()
    app.selectbox[0].select("character").run()
    assert "<script" not in shown_html(app)
    assert "&lt;" in shown_html(app)


def test_no_text_is_told_in_a_sentence():
    app = open_page(PAGE)
    app.text_area(key="text").set_value("").run()
    assert not app.exception
    assert "no text" in app.error[0].value
