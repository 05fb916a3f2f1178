"""The Train page, starting from a model there is."""

from tests.pages.app import open_page
from tfplay.store import list_runs

PAGE = "pages/build/train.py"


def metrics(app):
    return {metric.label: metric.value for metric in app.metric}


def test_a_model_to_start_from_is_chosen_and_tells_its_shape():
    app = open_page(PAGE, task="classification", corpus="sentiment")
    [chooser] = [box for box in app.selectbox if box.label == "Start from"]
    assert chooser.value == ""
    chooser.set_value("sentiment").run()
    assert not app.exception
    keys = {widget.key for widget in (*app.number_input, *app.toggle, *app.selectbox)}
    assert "classification learning_rate" in keys
    assert not keys & {"classification hidden_dim", "classification tokenizer_kind"}
    app.segmented_control(key="classification learns").set_value("lora").run()
    app.number_input(key="classification rank").set_value(3).run()
    assert not app.exception
    assert "--start-from sentiment --learns lora --rank 3" in " ".join(
        app.code[-2].value.replace("\\", " ").split()
    )
    assert any("of them learn" in caption.value for caption in app.caption)
    assert app.query_params["start"] == "sentiment"


def test_a_link_opens_it_as_it_was():
    query = {"task": "classification", "corpus": "sentiment", "start": "sentiment"}
    app = open_page(PAGE, **query, learns="head")
    assert not app.exception
    assert app.segmented_control(key="classification learns").value == "head"


def test_a_model_that_the_visitor_may_not_see_is_no_start():
    app = open_page(PAGE, task="classification", corpus="sentiment", start="../secret")
    assert "to start from" in app.warning[0].value.replace("\\", "")
    assert not list_runs()
