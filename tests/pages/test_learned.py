import json
import re

import numpy as np
import pytest

from tests.pages.app import open_page, shown_text
from tfplay.app.frame.navigation import LEARNED as PAGE
from tfplay.app.learned import VIEWS
from tfplay.experiments.context import shipped_context
from tfplay.store import open_model

CHARTS = {"context": 2, "induction": 3, "attention": 2, "heads": 3, "embeddings": 2}


@pytest.mark.usefixtures("nothing_shipped")
def test_without_a_run_it_says_what_to_do():
    assert "no model to watch learning yet" in shown_text(open_page(PAGE))


def view_shown(app):
    [view] = [each.value for each in app.segmented_control if each.label == "What to look at"]
    return view


@pytest.mark.parametrize("view", VIEWS)
def test_a_language_model_has_every_view(trained_runs, view):
    app = open_page(PAGE, run=trained_runs["language-model"].id, view=view)
    assert not app.error
    assert len(app.get("plotly_chart")) == CHARTS[view]
    assert "all 3 snapshots" in shown_text(app) or view in ("heads", "embeddings")
    assert view_shown(app) == view


@pytest.mark.parametrize(
    ("task", "view"),
    [
        ("chat", "context"),
        ("chat", "induction"),
        ("translation", "context"),
        ("translation", "heads"),
        ("masked-words", "attention"),
        ("classification", "heads"),
        ("tagging", "embeddings"),
        ("answers", "attention"),
    ],
)
def test_other_tasks_have_the_views_that_make_sense(trained_runs, task, view):
    app = open_page(PAGE, run=trained_runs[task].id, view=view)
    assert not app.error
    assert view_shown(app) == view
    assert len(app.get("plotly_chart")) == CHARTS[view]


def test_a_view_that_a_task_lacks_gives_way_to_one_that_it_has(trained_runs):
    app = open_page(PAGE, run=trained_runs["tagging"].id, view="induction")
    assert view_shown(app) == "attention"
    assert "view “induction”" in shown_text(app)


def test_pictures_are_not_offered(trained_runs):
    app = open_page(PAGE, run=trained_runs["images"].id)
    assert trained_runs["images"].id not in app.selectbox[0].value


def test_the_losses_told_are_those_of_the_snapshots(trained_runs):
    run = trained_runs["language-model"]
    app = open_page(PAGE, run=run.id, view="context")
    told = re.search(r"After step 5 the loss is \*\*([\d.]+)\*\*", shown_text(app))[1]
    assert float(told) == pytest.approx(fresh_loss(run, 5), abs=0.01)
    told = re.search(r"After step 0 the loss is \*\*([\d.]+)\*\*", shown_text(app))[1]
    assert float(told) == pytest.approx(fresh_loss(run, 0), abs=0.01)


def fresh_loss(run, step: int) -> float:
    """In nats a token, of all validation windows, by Keras' own loss."""
    from keras.losses import SparseCategoricalCrossentropy

    from tfplay.app.model.data import data_of

    model, total, count = run.model.at(step).load().model, 0.0, 0
    for inputs, labels in data_of(run.model).validation_batches(1):
        counts = labels[0] >= 0
        loss = SparseCategoricalCrossentropy(from_logits=True)
        total += counts.sum() * float(loss(labels[0][counts], np.asarray(model(inputs))[0][counts]))
        count += counts.sum()
    return total / count


def test_a_translator_shows_the_attention_that_is_asked_for(trained_runs):
    app = open_page(PAGE, run=trained_runs["translation"].id, view="attention")
    kinds = app.segmented_control(key="kind over steps")
    assert kinds.options == ["Self-attention", "Cross-attention", "Masked self-attention"]
    kinds.set_value("cross").run()
    assert not app.exception
    assert "from the same place in the source" in shown_text(app)


def test_heads_are_compared_at_the_step_that_is_chosen(trained_runs):
    app = open_page(PAGE, run=trained_runs["language-model"].id, view="heads", step="3")
    assert "At step 3 heads" in shown_text(app)
    app.select_slider[0].set_value(0).run()
    assert "At step 0 heads" in shown_text(app)


def test_each_snapshot_is_measured_once(trained_runs, monkeypatch):
    app = open_page(PAGE, run=trained_runs["language-model"].id, view="attention")
    monkeypatch.delattr("tfplay.explain.attention_patterns")
    app.run()
    assert not app.exception


def test_data_that_is_gone_is_told_in_a_sentence(own_runs):
    run = own_runs["language-model"]
    run.data_path.unlink()
    app = open_page(PAGE, run=run.id, view="attention")
    assert "learned from is gone" in app.error[0].value


def test_what_came_with_it_shows_without_measuring_any_snapshot(monkeypatch):
    monkeypatch.delattr("tfplay.app.learned.context.over_snapshots")
    app = open_page(PAGE, run="learning")
    text, measured = shown_text(app), shipped_context(open_model("learning"))
    assert f"After step 3,000 the loss is **{measured.means[3000]:.2f}**" in text
    assert "Came with TFPlay" in text and "zoo snapshots learning" in text
    lines = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    assert lines[0]["y"] == list(measured.means.values())
