import subprocess
import sys

import pytest

from tests.pages.app import ROOT, open_app, open_page, shown_text
from tfplay.recipes import default_recipe
from tfplay.store import create_run, open_model


def test_a_newcomer_is_sent_to_use_and_then_to_train():
    app = open_app()
    assert not app.exception
    links = [link.proto.label for link in app.get("page_link")]
    assert links[0] == "**Translate**"
    assert "**Train your first model**" in links


def test_each_architecture_has_an_instant_example_of_a_model_that_came_along():
    app = open_app()
    app.button(key="sentiment example").click().run()
    assert "positive: " in shown_text(app)
    assert len([caption for caption in app.caption if "parameters." in caption.value]) == 3


def test_the_way_of_the_sentence_is_drawn_once_the_model_code_is_there():
    app = open_page("pages/learn/start.py", run="learning", text="fox sea snow fox sea")
    open_model("learning").load()
    app.run()
    assert not app.exception
    assert "6. The answer" in shown_text(app)
    assert "Why not one word after another?" in [each.value for each in app.subheader]


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
