"""Every page with the models that really came with TFPlay, and nothing trained."""

import pytest

from tests.pages.app import open_page, shown_text
from tfplay.store import list_shipped

SHIPPED = {run.id: run for run in list_shipped()}
PAGES = {
    "translator": "pages/use/translate.py",
    "chat": "pages/use/chat.py",
    "text": "pages/use/write.py",
    "learning": "pages/use/write.py",
    "sentiment": "pages/use/understand.py",
    "topics": "pages/use/understand.py",
    "entities": "pages/use/understand.py",
    "reviews": "pages/use/understand.py",
    "names": "pages/use/understand.py",
    "masked-words": "pages/use/understand.py",
    "answers": "pages/use/understand.py",
    "digits": "pages/use/understand.py",
}


@pytest.mark.parametrize("name", SHIPPED)
def test_its_page_shows_something_at_once(name):
    app = open_page(PAGES[name], run=name)
    assert app.query_params["run"] == name
    assert not app.error


@pytest.mark.parametrize("name", SHIPPED)
def test_its_attention_can_be_looked_into(name):
    app = open_page("pages/learn/attention.py", run=name)
    assert not app.error
    assert any(chart.key.endswith("heatmap") for chart in app.get("plotly_chart"))


def test_we_are_friends_is_hindi():
    app = open_page("pages/use/translate.py")
    app.text_area[0].set_value("We are friends.").run()
    assert "हम दोस्त हैं।" in shown_text(app)


def test_what_a_shipped_model_learned_can_be_watched():
    app = open_page("pages/build/learned.py", view="induction")
    assert app.query_params["run"] == "learning"
    assert not app.error
    assert len(app.get("plotly_chart")) == 3
