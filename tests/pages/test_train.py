import time

import pytest

from tests.app.trained_runs import PAIRS
from tests.pages.app import open_page, shown_text
from tfplay.estimates.machine import Machine
from tfplay.store import list_runs, open_run
from tfplay.tasks import TASKS

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


def reset_buttons(app) -> dict:
    return {button.label: button for button in app.button if "reset" in (button.key or "")}


@pytest.mark.parametrize("task", TASKS)
def test_a_training_is_estimated_before_it_begins(task):
    app = open_page(PAGE)
    app.pills(key="task").set_value(task).run()
    assert not app.exception
    estimates = {metric.label: metric.value for metric in app.metric}
    assert estimates["Time"].startswith("about ")
    assert int(estimates["Parameters"].strip("≤ ").replace(",", "")) > 10_000
    assert not train_button(app).disabled
    assert f"--task {task} " in app.code[-2].value


def test_an_impossible_model_is_told_in_a_sentence():
    app = open_page(PAGE)
    next(field for field in app.number_input if field.label == "Heads").set_value(7).run()
    assert not app.exception
    assert "is not divisible by num_heads 7" in app.error[0].value.replace("\\", "")


def test_only_fields_that_mean_something_are_shown():
    app = open_page(PAGE, task="images", corpus="digits")
    keys = {widget.key for widget in (*app.number_input, *app.toggle, *app.selectbox)}
    assert {"images patch_size", "images use_residual", "images schedule"} <= keys
    assert not keys & {"images vocabulary_size", "images use_causal_mask", "images tokenizer_kind"}
    assert all(widget.help for widget in (*app.number_input, *app.toggle))


def test_what_was_changed_is_marked_and_taken_back_by_a_press():
    app = open_page(PAGE)
    app.number_input(key="translation steps").set_value(300).run()
    assert app.number_input(key="translation steps").label == "Steps :primary[●]"
    app.toggle(key="translation normalize_first").set_value(False).run()
    assert list(reset_buttons(app)) == ["Normalise first: off", "Steps: 300", "All"]
    reset_buttons(app)["Steps: 300"].click().run()
    assert app.number_input(key="translation steps").value == 2000
    assert list(reset_buttons(app)) == ["Normalise first: off"]
    reset_buttons(app)["Normalise first: off"].click().run()
    assert app.toggle(key="translation normalize_first").value is True
    assert app.query_params == {"task": "translation", "corpus": "dates"}


def test_another_size_takes_its_own_shape_and_keeps_how_to_train():
    app = open_page(PAGE)
    app.number_input(key="translation steps").set_value(300).run()
    app.number_input(key="translation hidden_dim").set_value(96).run()
    app.segmented_control(key="translation preset").set_value("small").run()
    assert app.number_input(key="translation steps").value == 300
    assert app.number_input(key="translation num_layers").value == 4
    assert list(reset_buttons(app)) == ["Steps: 300"]


def test_a_link_fills_the_form():
    query = {"task": "chat", "corpus": "conversations", "examples": "1234", "preset": "tiny"}
    changes = {"steps": "77", "position": "rotary", "num_kv_heads": "2", "learning_rate": "1"}
    app = open_page(PAGE, **query, **changes, num_layers="60")  # more than the form proposes
    assert app.pills(key="task").value == "chat"
    assert app.select_slider(key="chat examples").value == 1234
    assert app.number_input(key="chat steps").value == 77
    assert app.number_input(key="chat num_kv_heads").value == 2
    assert app.number_input(key="chat num_layers").value == 60
    assert app.number_input(key="chat learning_rate").value == 1
    assert app.selectbox(key="chat position").value == "rotary"
    assert app.query_params.keys() == {*query, *changes, "num_layers"}
    assert "press **Train** to train by it" in app.info[0].value
    assert not train_button(app).disabled


def test_a_bad_link_is_told_in_a_sentence_and_the_proposal_stays():
    app = open_page(PAGE, task="chat", steps="many")
    [warning] = app.warning
    assert "steps is 'many'" in warning.value.replace("\\", "")
    assert app.pills(key="task").value == "translation"
    assert not app.run().warning


def test_a_link_to_a_file_asks_for_it():
    app = open_page(PAGE, task="tagging", data="mine.conll")
    assert "mine.conll" in app.info[0].value.replace("\\", "")
    assert train_button(app).disabled


def test_the_form_is_kept_while_another_page_is_visited():
    app = bring_pairs(PAIRS)
    app.number_input(key="translation steps").set_value(300).run()
    app.switch_page("pages/build/runs.py").run()
    app.query_params.clear()
    app.switch_page(PAGE).run()
    assert app.number_input(key="translation steps").value == 300
    assert app.segmented_control(key="translation preset").value == "tiny"
    assert app.text_area(key="translation text").value == PAIRS
    assert not train_button(app).disabled


def test_train_another_begins_with_the_recipe_and_the_data_of_the_run(own_runs):
    run = own_runs["classification"]
    app = open_page(PAGE, run=run.id)
    next(button for button in app.button if button.label == "Train another").click().run()
    assert not app.exception
    assert app.pills(key="task").value == "classification"
    assert app.number_input(key="classification hidden_dim").value == 22
    assert run.recipe.data_name in shown_text(app).replace("\\", "")
    assert not train_button(app).disabled


def test_what_does_not_fit_is_refused_before_training():
    app = open_page(PAGE)
    app.number_input(key="translation batch_size").set_value(4096).run()
    assert not app.error
    app.number_input(key="translation hidden_dim").set_value(4096).run()
    assert "This training does not fit" in app.error[0].value
    assert train_button(app).disabled


def test_more_than_a_visitor_may_train_is_told_before_it_is_pressed(monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    app = open_page(PAGE, task="translation", corpus="dates", steps="9000")
    assert "9,000 steps of a training are too many here" in shown_text(app).replace("\\", "")
    assert train_button(app).disabled
    app = open_page(PAGE, task="translation", corpus="dates", steps="5000")
    assert not train_button(app).disabled


def test_of_a_gpu_that_has_trained_nothing_no_time_is_promised(monkeypatch):
    gpu = Machine(memory=80_000_000_000, has_gpu=True)
    monkeypatch.setattr("tfplay.app.train.estimates.machine", lambda: gpu)
    app = open_page(PAGE)
    assert {metric.label: metric.value for metric in app.metric}["Time"] == "–"
    assert any("This GPU has trained nothing yet" in each.label for each in app.expander)


def test_data_of_one_column_is_told_in_a_sentence_and_leaves_no_run():
    app = bring_pairs("only one column")
    train_button(app).click().run()
    assert not app.exception
    assert "two columns" in app.error[0].value
    assert list_runs() == []


def test_how_a_file_was_read_is_told_and_another_column_can_be_chosen():
    rows = [("1276", "Come in.", "x1", "Komm herein."), ("1277", "Go home.", "x2", "Geh heim.")]
    app = bring_pairs("\n".join("\t".join(row) for row in rows))
    assert not app.exception
    told = "Source: column 2; target: column 4, guessed by what they hold. 2 pairs read."
    assert told in shown_text(app).replace("\\", "")
    assert "columns" not in app.query_params
    boxes = {box.label: box for box in app.selectbox}
    boxes["Source"].set_value(4).run()
    boxes = {box.label: box for box in app.selectbox}
    boxes["Target"].set_value(2).run()
    assert not app.exception
    assert "--columns source=4,target=2" in app.code[-2].value
    assert "Source: column 4; target: column 2. 2 pairs read." in shown_text(app).replace("\\", "")


def test_a_small_file_is_doubted_and_its_training_fitted_until_a_sample_is_chosen():
    app = bring_pairs(PAIRS)
    assert "are few" in app.warning[0].value
    distinct, longest = (
        len(set(PAIRS.split("\n")) - {""}),
        max(len(text.split()) for text in PAIRS.replace("\t", "\n").split("\n")),
    )
    told = shown_text(app).replace("\\", "")
    assert f"{distinct} of {distinct} pairs are different." in told
    assert f"the longest has {longest}." in told
    assert app.number_input(key="translation patience").value > 0
    assert app.number_input(key="translation steps").value == 500
    app.number_input(key="translation steps").set_value(70).run()
    assert app.number_input(key="translation steps").value == 70
    app.number_input(key="translation steps").set_value(500).run()
    app.segmented_control(key="translation source").set_value("Use a sample").run()
    assert not app.exception
    assert not app.warning
    assert app.number_input(key="translation patience").value == 0
    assert app.number_input(key="translation steps").value == 2000


def test_columns_that_a_link_names_are_those_of_the_file_however_they_are_written():
    app = open_page(PAGE, task="translation", data="pasted.tsv", columns="source= x ,target=A")
    app.text_area(key="translation text").set_value("a\tb\tX\nja\tso\tyes\nnein\tda\tno\n").run()
    assert not app.exception
    boxes = {box.label: box.value for box in app.selectbox}
    assert (boxes["First line"], boxes["Source"], boxes["Target"]) == ("yes", 3, 1)
    told = "Source: column 3 'X'; target: column 1 'a'. 2 pairs read."
    assert told in shown_text(app).replace("\\", "")


def test_a_run_is_followed_from_its_address_stopped_and_kept():
    app = bring_pairs(PAIRS)
    app.number_input(key="translation steps").set_value(100_000).run()
    train_button(app).click().run()
    assert not app.exception
    run_id = app.query_params["run"]
    run = open_run(run_id)
    wait_until(lambda: run.status().progress)

    again = open_page(PAGE, run=run_id)  # as after a reload
    again.session_state["visitor"] = app.session_state["visitor"]  # which the browser's cookie says
    again.run()
    assert "Step" in again.get("progress")[0].proto.text
    stop = next(button for button in again.button if button.label.startswith("Stop"))
    stop.click().run()
    wait_until(lambda: run.status().state == "stopped")
    assert open_run(run.id).is_usable

    ended = open_page(PAGE, run=run_id)
    assert "Stopped a" in shown_text(ended)  # "after 12 steps" or "at once"
    assert len(ended.get("plotly_chart")) == 4
