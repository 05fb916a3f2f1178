import subprocess
import sys

from tests.pages.app import ROOT, open_app, shown_text
from tfplay.store import create_run, default_recipe


def test_a_newcomer_is_sent_to_use_and_then_to_train():
    app = open_app()
    assert not app.exception
    links = [link.proto.label for link in app.get("page_link")]
    assert links[0] == "**Translate**"
    assert links[-1] == "**Train your first model**"


def test_a_first_run_without_a_model_is_not_called_one(tmp_path):
    data_path = tmp_path / "text.txt"
    data_path.write_text("some text")
    create_run(default_recipe("language-model", data_path.name), data_path)
    assert "not ready yet" in shown_text(open_app())


def test_who_has_a_model_is_shown_the_newest(trained_runs):
    newest = max(trained_runs.values(), key=lambda run: run.created)
    assert newest.title in shown_text(open_app())


def test_it_shows_within_a_second_on_a_warm_server_without_tensorflow(trained_runs):
    code = """
import sys, time
from tests.pages.app import open_app
app = open_app()
start = time.perf_counter()
app.run()
print(time.perf_counter() - start, {"keras", "tensorflow"} & set(sys.modules) or "")
"""
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds, *libraries = answer.stdout.split()
    assert float(seconds) < 1
    assert libraries == []
