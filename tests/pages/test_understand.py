import pytest

from tests.pages.app import open_page, shown_text
from tfplay.app import TASK_VIEWS
from tfplay.app.understand import VIEWS

PAGE = "pages/use/understand.py"


def open_task(task: str, runs):
    return open_page(PAGE, run=runs[task].id)


def shown_html(app) -> str:
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.usefixtures("nothing_shipped")
@pytest.mark.parametrize("task", VIEWS)
def test_without_a_model_it_says_what_to_do(task):
    app = open_page(PAGE)
    app.segmented_control(key="understand").set_value(task).run()
    assert not app.exception
    assert "There is no model" in shown_text(app)


def test_every_task_of_understanding_has_an_answer_at_once(shipped_runs):
    app = open_page(PAGE)
    for task in VIEWS:
        app.segmented_control(key="understand").set_value(task).run()
        assert not app.exception
        assert not app.error
        assert app.query_params["run"] == shipped_runs[task].id


def test_an_address_with_a_model_leads_to_its_task(shipped_runs):
    app = open_task("answers", shipped_runs)
    assert app.segmented_control(key="understand").value == "answers"


def test_a_text_gets_a_class_with_its_probability(shipped_runs):
    app = open_task("classification", shipped_runs)
    [verdict] = [each.value for each in app.markdown if each.value.startswith("####")]
    assert "positive" in verdict or "negative" in verdict
    assert len(app.get("plotly_chart")) == 1


def test_an_example_is_taken_by_its_button(shipped_runs):
    app = open_task("classification", shipped_runs)
    assert app.text_area[0].value == "it was good"
    next(button for button in app.button if "bad" in button.label).click().run()
    assert app.text_area[0].value == "it was bad"
    assert not app.exception


def test_no_text_is_told_in_a_sentence(shipped_runs):
    app = open_task("classification", shipped_runs)
    app.text_area[0].set_value(" ").run()
    assert "empty" in app.error[0].value


def test_every_word_is_listed_with_its_tag_and_markup_stays_text(shipped_runs):
    app = open_task("tagging", shipped_runs)
    app.text_area[0].set_value("Ada5 lives in <b>Rome</b>").run()
    assert not app.exception
    words = app.dataframe[-1].value["word"].tolist()
    assert words[:4] == ["Ada5", "lives", "in", "<"]
    assert "&lt;" in shown_html(app)
    assert "<b>" not in shown_html(app)


def test_each_mask_has_its_candidates(shipped_runs):
    app = open_task("masked-words", shipped_runs)
    assert len(app.get("plotly_chart")) == 1
    app.pills[0].set_value([0]).run()  # "the" is hidden besides
    assert not app.exception
    assert len(app.get("plotly_chart")) == 2


def test_a_text_without_a_mask_has_one_in_its_middle_at_first(shipped_runs):
    app = open_task("masked-words", shipped_runs)
    app.text_area[0].set_value("the cat sees").run()
    assert not app.error
    assert app.pills[0].value == [1]
    app.pills[0].set_value([]).run()
    assert "no [MASK]" in app.error[0].value.replace("\\", "")


def test_the_answer_is_marked_where_it_stands(shipped_runs):
    app = open_task("answers", shipped_runs)
    answer = app.text[-1].value
    assert answer in "the cat lives in house 3."
    assert f">{answer}</mark>" in shown_html(app)
    assert len(app.get("plotly_chart")) == 1


def test_an_example_brings_its_passage_and_its_question(shipped_runs):
    app = open_task("answers", shipped_runs)
    next(button for button in app.button if "which" in button.label).click().run()
    assert "house 5" in app.text_area[0].value
    assert "which" in app.text_input[0].value


def test_a_picture_of_ones_own_data_is_told_apart(trained_runs):
    app = open_task("images", trained_runs)
    assert len(app.get("plotly_chart")) == 2  # the picture and the classes
    assert app.pills[0].options == ["below", "top"]


def test_nothing_drawn_is_nothing_told(shipped_runs):
    app = open_task("images", shipped_runs)
    app.segmented_control[1].set_value("Draw one").run()
    assert not app.exception
    assert "Draw a digit" in shown_text(app)


def test_every_task_has_a_view():
    from tfplay.tasks import TASKS

    assert set(TASK_VIEWS) == set(TASKS)
    assert all(task in VIEWS for task, view in TASK_VIEWS.items() if view.page == PAGE)
