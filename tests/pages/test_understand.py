import numpy as np
import pytest

from tests.pages.app import open_page, shown_text
from tests.pages.shown import bars, component
from tfplay.app.frame.navigation import page_of
from tfplay.app.understand import VIEWS
from tfplay.app.understand.xray import longest_bars
from tfplay.store import open_model
from tfplay.tasks import TASKS
from tfplay.trust import NEW_WORDS, UNLIKE

PAGE = "pages/use/understand.py"


def open_task(task: str, runs, **query: str):
    return open_page(PAGE, run=runs[task].id, **query)


def take_example(app, words: str) -> None:
    [menu] = app.menu_button
    [place] = [number for number, each in enumerate(menu.options) if words in each]
    menu.click_index(place).run()


def shown_html(app) -> str:
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.usefixtures("nothing_shipped")
@pytest.mark.parametrize("task", VIEWS)
def test_without_a_model_it_says_what_to_do(task):
    app = open_page(PAGE)
    app.segmented_control(key="understand").set_value(task).run()
    assert not app.exception
    assert "There is no model" in shown_text(app)


def test_every_task_of_understanding_has_an_answer_and_its_x_ray_at_once(shipped_runs):
    app = open_page(PAGE)
    for task in VIEWS:
        app.segmented_control(key="understand").set_value(task).run()
        assert not app.exception
        assert not app.error
        assert app.query_params["run"] == shipped_runs[task].id
        if task == "images":
            assert "Draw a digit" in shown_text(app)
        elif task != "tagging" or "finds no name" not in shown_text(app):
            assert "Where it looked" in shown_text(app)


def test_an_address_with_a_model_leads_to_its_task(shipped_runs):
    app = open_task("answers", shipped_runs)
    assert app.segmented_control(key="understand").value == "answers"


def test_a_text_gets_a_class_with_its_probability(shipped_runs):
    app = open_task("classification", shipped_runs)
    [verdict] = [each.value for each in app.markdown if each.value.startswith("#### ")]
    assert "positive" in verdict or "negative" in verdict
    assert sum(bars(app, "classes").values()) == pytest.approx(1)


def test_an_answer_to_what_it_did_not_learn_is_doubted_under_the_answer():
    def shown(text):
        app = open_page(PAGE, run="sentiment", text=text)
        assert not app.exception
        return shown_text(app), bars(app, "classes")

    words, _ = shown("The film was not bad.")
    assert NEW_WORDS not in words
    assert UNLIKE not in words
    words, _ = shown("The film was a glimmerpot.")
    assert "Some words are new to it" in words
    assert "glimmerpot" in words
    words, likely = shown("Der Zug kommt heute leider zu spät")
    assert "Unlike what it learned; probably wrong" in words
    assert max(likely.values()) < 0.8


def test_an_example_is_taken_from_the_menu_and_an_address_brings_a_text_of_its_own(shipped_runs):
    app = open_task("classification", shipped_runs)
    assert app.text_area[0].value == "it was good"
    take_example(app, "bad")
    assert app.text_area[0].value == app.query_params["text"] == "it was bad"
    assert not app.exception
    app = open_task("classification", shipped_runs, text="it was sunny")
    assert app.text_area[0].value == "it was sunny"


def test_the_change_without_a_word_and_the_attention_to_it_are_the_models():
    from tfplay.tasks import classify

    app = open_page(PAGE, run="sentiment", text="The film was not bad.")
    trained = open_model("sentiment").load()
    whole, without = classify(trained, ["The film was not bad.", "The film was bad."])
    best = max(whole, key=whole.get)
    assert bars(app, "sentiment changes bars")["not"] == pytest.approx(
        without[best] - whole[best], abs=1e-5
    )

    reading = [[trained.tokenizer.start_id, *trained.tokenizer.tokenize("The film was not bad.")]]
    reading[0].append(trained.tokenizer.end_id)
    last = trained.model.trace({"token_ids": np.array(reading)}).encoder.blocks[-1]
    from_cls = np.array(last.self_attention.attention_scores)[0, :, 0].mean(axis=0)
    shown = bars(app, "sentiment attention bars")
    assert sum(shown.values()) == pytest.approx(1)
    assert shown["not"] == pytest.approx(from_cls[4], abs=1e-5)

    app.session_state["sentiment attention"] = {"selected": 4}  # a click on "not"
    app.run()
    assert not app.exception
    from_not = np.array(last.self_attention.attention_scores)[0, :, 4].mean(axis=0)
    assert bars(app, "sentiment attention bars")["not"] == pytest.approx(from_not[4], abs=1e-5)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" ", "the text is empty"),
        ("😀😀😀", "no word here"),
        ("यह हिन्दी है", "Unlike what it learned; probably wrong"),
        ("good film " * 5000, "The model reads the first 62"),
    ],
    ids=["empty", "emoji", "other script", "50,000 characters"],
)
def test_a_text_that_the_model_cannot_make_sense_of_is_told_in_a_sentence(text, sentence):
    app = open_page(PAGE, run="sentiment")
    app.text_area[0].set_value(text).run()
    assert not app.exception
    assert sentence in shown_text(app)


def test_what_is_missing_or_too_long_is_told_in_a_sentence(shipped_runs):
    app = open_page(PAGE, run="answers")
    app.text_input[0].set_value(" ").run()
    assert "the question is empty" in app.error[0].value
    app.text_input[0].set_value("Who found it?").run()
    passage = "Nobody knew. " * 30 + "Rosa found it in Rome."
    app.text_area[0].set_value(passage).run()
    assert not app.exception
    assert not app.error
    num_tokens = len(open_model("answers").load_tokenizer().tokenize(passage))
    assert f"The passage has {num_tokens} tokens." in shown_text(app)
    assert f"Of the passage's {num_tokens} tokens the X-ray reads the" in shown_text(app)

    app.segmented_control(key="understand").set_value("masked-words").run()
    app.text_area[0].set_value("word " * 10_000).run()
    assert "this model reads 48" in app.error[0].value
    app.text_area[0].set_value("").run()
    assert "no [MASK]" in app.error[0].value.replace("\\", "")


def test_every_word_is_listed_with_its_tag_and_markup_stays_text(shipped_runs):
    app = open_task("tagging", shipped_runs)
    app.text_area[0].set_value("Ada5 lives in <b>Rome</b>").run()
    assert not app.exception
    words = app.dataframe[-1].value["word"].tolist()
    assert words[:4] == ["Ada5", "lives", "in", "<"]
    assert "&lt;" in shown_html(app)
    assert "<b>" not in shown_html(app)


def test_the_x_ray_of_an_entity_is_that_of_the_one_chosen():
    app = open_page(PAGE, run="entities", text="Maria Lopez moved to Lisbon.")
    maria = bars(app, "entities changes bars")
    assert {"moved", "Lisbon"} < maria.keys()
    assert "Maria" not in maria
    app.selectbox[-1].set_value(1).run()
    assert "Maria" in bars(app, "entities changes bars")
    assert not app.exception


def test_a_word_is_hidden_by_a_click_and_a_mask_chosen(shipped_runs):
    app = open_task("masked-words", shipped_runs)
    assert app.text_area[0].value == "the [MASK] sees mice"
    assert len(shown_html(app).split("<mark")) == 2
    app.session_state[f"hidden in {shipped_runs['masked-words'].id}"] = {"selected": 3}
    app.run()
    assert not app.exception
    assert len(shown_html(app).split("<mark")) == 3
    assert "mask 2 of 2" in shown_text(app)


def test_a_text_without_a_mask_has_one_in_its_middle_at_first(shipped_runs):
    app = open_task("masked-words", shipped_runs)
    app.text_area[0].set_value("the cat sees").run()
    assert not app.error
    assert shown_html(app).count("<mark") == 1


def test_the_answer_is_marked_where_it_stands(shipped_runs):
    app = open_task("answers", shipped_runs)
    answer = app.text[-1].value
    assert answer in "the cat lives in house 3."
    assert f">{answer}</mark>" in shown_html(app)
    assert len(app.get("plotly_chart")) == 1


def test_an_example_brings_its_passage_and_its_question(shipped_runs):
    app = open_task("answers", shipped_runs)
    take_example(app, "which")
    assert "house 5" in app.text_area[0].value
    assert "which" in app.text_input[0].value


def test_a_picture_of_ones_own_data_is_told_apart_and_looked_into(trained_runs):
    app = open_task("images", trained_runs, source="given")
    assert app.pills[0].options == ["below", "top"]
    picture = f"{trained_runs['images'].id} patch attention picture"
    from_cls = component(app, picture)["values"]
    looks = next(box for box in app.selectbox if box.label == "Looking from")
    looks.set_value("row 2, column 3").run()
    assert not app.exception
    assert not np.allclose(component(app, picture)["values"], from_cls)


def test_nothing_drawn_is_nothing_told(shipped_runs):
    app = open_task("images", shipped_runs)
    assert not app.exception
    assert "Draw a digit" in shown_text(app)


def test_every_task_has_a_view():
    assert all(task in VIEWS for task in TASKS if page_of(task) == PAGE)


def test_of_many_words_the_longest_bars_are_shown_sorted_or_in_the_words_order():
    values = np.array([-0.6, 0.2, np.nan, -0.1])
    words = ["not", "bad", "at", "all"]
    assert longest_bars(words, values, True) == [("not", -0.6), ("bad", 0.2), ("all", -0.1)]
    many = [str(number) for number in range(50)]
    shown = longest_bars(many, np.linspace(0, 1, 50), False)
    assert [word for word, _ in shown] == many[34:]
