import time

import pytest

from tests.app.trained_runs import PAIRS
from tests.pages.app import open_page, shown_text
from tfplay.app import TASK_VIEWS
from tfplay.store import list_runs, open_run

PAGE = "pages/build/train.py"


def bring_pairs(text: str):
    app = open_page(PAGE)
    app.segmented_control(key="translation source").set_value("Paste text").run()
    app.text_area(key="translation text").set_value(text).run()
    return app.segmented_control(key="translation preset").set_value("tiny").run()


def wait_until(is_so) -> None:
    deadline = time.monotonic() + 90
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def train_button(app):
    return next(button for button in app.button if button.label == "Train")


@pytest.mark.parametrize("task", TASK_VIEWS)
def test_parameters_are_shown_before_training(task):
    app = open_page(PAGE)
    app.pills(key="task").set_value(task).run()
    assert "parameters**" in shown_text(app)
    assert not train_button(app).disabled


def test_an_impossible_model_is_told_in_a_sentence():
    app = open_page(PAGE)
    next(field for field in app.number_input if field.label == "Heads").set_value(7).run()
    assert not app.exception
    assert "is not divisible by num_heads 7" in app.error[0].value.replace("\\", "")


def test_data_of_one_column_is_told_in_a_sentence_and_leaves_no_run():
    app = bring_pairs("only one column")
    train_button(app).click().run()
    assert not app.exception
    assert "two columns" in app.error[0].value
    assert list_runs() == []


def test_a_run_is_followed_from_its_address_stopped_and_kept():
    app = bring_pairs(PAIRS)
    app.number_input(key="translation steps").set_value(100_000).run()
    train_button(app).click().run()
    assert not app.exception
    run_id = app.query_params["run"]
    run = open_run(run_id)
    wait_until(run.metrics)

    again = open_page(PAGE, run=run_id)  # as after a reload
    assert "Step" in again.get("progress")[0].proto.text
    stop = next(button for button in again.button if button.label.startswith("Stop"))
    stop.click().run()
    wait_until(lambda: run.status().state == "stopped")
    assert run.is_usable

    ended = open_page(PAGE, run=run_id)
    assert "Stopped after" in shown_text(ended)
    assert len(ended.get("plotly_chart")) == 1
