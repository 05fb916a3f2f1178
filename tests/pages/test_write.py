import pytest

from tests.pages.app import open_page, shown_text
from tests.pages.shown import bars

PAGE = "pages/use/write.py"


@pytest.fixture
def app(shipped_runs):
    app = open_page(PAGE)
    assert app.query_params["run"] == shipped_runs["language-model"].id
    next(slider for slider in app.slider if slider.label.startswith("Longest")).set_value(8)
    return app.run()


@pytest.mark.usefixtures("nothing_shipped")
def test_without_a_model_it_says_what_to_do():
    assert "no model to write with yet" in shown_text(open_page(PAGE))


def test_the_next_tokens_are_there_at_once(app):
    chances = list(bars(app, "next").values())
    assert chances == sorted(chances, reverse=True)
    assert 0 < sum(chances) <= 1 + 1e-6


def test_the_model_goes_on_with_the_text(app):
    next(button for button in app.button if button.label == "Go on").click().run()
    assert not app.exception
    [written] = [text.value for text in app.text]
    assert written.startswith("the cat")
    assert len(written) > len("the cat")


@pytest.mark.parametrize(("text", "sentence"), [("", "empty"), ("cat " * 50, "no room")])
def test_a_text_that_cannot_be_gone_on_with_is_told_in_a_sentence(app, text, sentence):
    app.text_area[0].set_value(text).run()
    assert not app.exception
    assert sentence in app.error[0].value
