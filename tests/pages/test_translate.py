import shutil

import pytest
import streamlit as st

from tests.app.trained_runs import PAIRS, SMALL, SMALL_TEXT, begin_run
from tests.pages.app import open_page, shown_text
from tests.pages.shown import bars, choose_row, component
from tfplay.app.translate.answer import reading_aid
from tfplay.app.translate.languages import language_pair
from tfplay.recipes import default_recipe
from tfplay.store import create_run, open_model

PAGE = "pages/use/translate.py"
MANY = "number 101 is here. " * 12  # more than the 48 tokens that these models read


@pytest.fixture
def app(trained_runs):
    return open_page(PAGE, run=trained_runs["translation"].id)


@pytest.fixture
def without_encoder(tmp_path, tfplay_home):
    """A decoder-only translator with its first weights."""
    path = tmp_path / "pairs.tsv"
    path.write_text(PAIRS, encoding="utf-8")
    changes = SMALL | SMALL_TEXT | {"architecture": "decoder-only"}
    run = create_run(default_recipe("translation", path.name, "tiny").with_changes(changes), path)
    with run.hold():
        begin_run(run)
    return run


def force_another(app):
    """Chooses the likeliest token that was not written."""
    data = component(app, "candidates")
    names = [name for name, _ in data["rows"]]
    choose_row(app, "candidates", names[0 if data["marked"] else 1])


def button(app, label):
    return next(each for each in app.button if each.label == label)


@pytest.mark.usefixtures("nothing_shipped")
def test_without_a_translator_it_says_what_to_do():
    assert "no model to translate with yet" in shown_text(open_page(PAGE))


def test_the_xray_shows_what_a_fresh_computation_gives(app, trained_runs):
    from tfplay.config import DecodingConfig
    from tfplay.tasks import look_inside, translate

    assert not app.error
    trained = trained_runs["translation"].model.load()
    translation = translate(trained, app.text_area[0].value, DecodingConfig(max_new_tokens=48))
    trace = look_inside(trained, translation)
    least_sure = trace.written_probabilities.argmin()
    shown = list(bars(app, "candidates").values())
    assert shown == pytest.approx(trace.candidate_probabilities[least_sure, : len(shown)], rel=1e-4)
    assert translation.text in [text.value for text in app.text]


def test_another_token_can_be_forced_and_taken_back(app):
    texts = [text.value for text in app.text]
    force_another(app)
    assert not app.exception
    assert "With your token" in shown_text(app)
    force_another(app)  # and another one in what came of it
    next(button for button in app.button if button.label == "Undo").click().run()
    assert "With your token" in shown_text(app)
    next(button for button in app.button if button.label == "Undo").click().run()
    assert "With your token" not in shown_text(app)
    assert [text.value for text in app.text] == texts


def test_beam_search_lists_its_answers_best_first(app):
    app.segmented_control(key="decoding for translation").set_value("beam").run()
    assert not app.exception
    answers = app.dataframe[0].value
    assert len(answers) == 4
    ranks = answers[["finished", "score"]].values.tolist()  # the unfinished come last
    assert ranks == sorted(ranks, reverse=True)


def test_how_it_decodes_is_kept_in_the_address_as_far_as_it_can_be(app):
    app.segmented_control(key="decoding for translation").set_value("beam").run()
    app.slider(key="beams for translation").set_value(2).run()
    kept = dict(app.query_params)
    assert (kept["decoding"], kept["beams"]) == ("beam", "2")
    again = open_page(PAGE, **kept)
    assert len(again.dataframe[0].value) == 2
    unknown = open_page(PAGE, run=kept["run"], decoding="best")
    assert unknown.segmented_control(key="decoding for translation").value == "greedy"
    assert "decoding" not in unknown.query_params


def test_a_sampled_translation_is_drawn_again_by_its_seed(app):
    app.segmented_control(key="decoding for translation").set_value("sampling").run()
    assert not app.exception
    first = [text.value for text in app.text]
    seed = app.number_input(key="seed for translation")
    assert [text.value for text in seed.set_value(7).run().text] != first
    assert [text.value for text in seed.set_value(0).run().text] == first


@pytest.mark.parametrize("text", ["🙂 مرحبا <b>bold</b>", "number\n101"])
def test_any_text_can_be_tried(app, text):
    app.text_area[0].set_value(text).run()
    assert not app.exception
    assert not app.error


def test_a_text_over_the_context_is_translated_in_parts(app):
    app.text_area[0].set_value(MANY).run()
    assert not app.exception
    assert "translated in 12 parts" in shown_text(app)
    [chosen] = [box for box in app.selectbox if box.label == "Part"]
    assert len(chosen.options) == 12


@pytest.mark.parametrize(
    ("text", "sentence"), [("", "empty"), ("number " * 8000, "20,000 characters; 10,000 at most")]
)
def test_a_text_that_cannot_be_translated_is_told_in_a_sentence(app, text, sentence):
    app.text_area[0].set_value(text).run()
    assert not app.exception
    assert sentence in app.error[0].value


def test_references_give_bleu_and_chrf(app):
    [written] = [text.value for text in app.text]
    app.text_area(key="references").set_value(f"another\n{written}").run()
    assert not app.exception
    assert {metric.label: metric.value for metric in app.metric} == {
        "BLEU": "100.0",
        "chrF": "100.0",
    }


def test_a_column_of_a_file_is_translated_and_handed_back(app):
    app.segmented_control(key="what").set_value("A whole file").run()
    content = "id,english\n1,number 101 is here\n2,\n3,number 102 is here\n"
    app.file_uploader[0].set_value(("rows.csv", content.encode(), "text/csv")).run()
    [column] = [box for box in app.selectbox if box.label == "Column to translate"]
    assert column.value == "english"  # the first that holds sentences
    button(app, "Translate the column").click().run()
    assert not app.exception
    assert "3 of 3 rows translated" in shown_text(app)
    rows = app.dataframe[1].value
    assert rows["translation"].tolist()[1] == ""
    assert rows["id"].tolist() == ["1", "2", "3"]


def test_what_was_translated_before_the_work_was_cancelled_is_kept_and_gone_on_with(
    app, monkeypatch
):
    def break_off(_trained, _texts):
        yield ["one"]
        st.stop()

    app.segmented_control(key="what").set_value("A whole file").run()
    content = "english\nnumber 101 is here\nnumber 102 is here\n"
    app.file_uploader[0].set_value(("rows.csv", content.encode(), "text/csv")).run()
    with monkeypatch.context() as patch:
        patch.setattr("tfplay.app.translate.whole_file.translate_texts", break_off)
        button(app, "Translate the column").click().run()
    assert "1 of 2 rows translated" in shown_text(app.run())
    assert app.dataframe[1].value["translation"].tolist() == ["one"]
    button(app, "Go on").click().run()
    assert not app.exception
    assert "2 of 2 rows translated" in shown_text(app)
    assert app.dataframe[1].value["translation"].tolist()[0] == "one"


def test_a_translator_without_an_encoder_is_used_and_looked_into_as_well(without_encoder):
    app = open_page(PAGE, run=without_encoder.id, decoding="beam", beams="3")
    assert len(app.dataframe[0].value) == 3
    assert "no encoder and no cross-attention" in shown_text(app)
    app.segmented_control(key="translation Attention").set_value("On its own words").run()
    assert "what it had written itself" in shown_text(app)
    app.segmented_control(key="decoding for translation").set_value("greedy").run()
    force_another(app)
    assert "With your token" in shown_text(app)
    app.text_area[0].set_value(MANY).run()
    assert "(48 tokens, for your words and its own): translated in" in shown_text(app)
    app.segmented_control(key="what").set_value("A whole file").run()
    content = "english\nnumber 101 is here\nnumber 7\n"
    app.file_uploader[0].set_value(("rows.csv", content.encode(), "text/csv")).run()
    button(app, "Translate the column").click().run()
    assert not app.exception
    assert "2 of 2 rows translated" in shown_text(app)


def test_a_file_that_is_no_table_is_told_in_a_sentence(app):
    app.segmented_control(key="what").set_value("A whole file").run()
    app.file_uploader[0].set_value(("rows.csv", b"\x89PNG\0\0\x1a", "text/csv")).run()
    assert not app.exception
    assert "is a binary file" in app.error[0].value


def test_a_run_that_lost_its_data_still_translates(own_runs):
    run = own_runs["translation"]
    run.data_path.unlink()
    app = open_page(PAGE, run=run.id)
    app.text_area[0].set_value("number 123 is here").run()
    assert not app.error
    assert len(bars(app, "candidates")) == 6


@pytest.mark.parametrize("name", ["model.keras", "tokenizer.json"])
def test_a_damaged_run_is_told_in_a_sentence(own_runs, name):
    run = own_runs["translation"]
    shutil.rmtree(run.path / "snapshots")  # the last of them could stand in for the model
    path = run.path / name
    path.write_bytes(path.read_bytes()[:100])
    app = open_page(PAGE, run=run.id)
    assert "damaged" in app.error[0].value


def test_with_nothing_trained_the_shipped_translator_translates_its_example(shipped_runs):
    app = open_page(PAGE)
    assert app.query_params["run"] == shipped_runs["translation"].id
    assert app.text_area[0].value == "number 123 is here"
    assert not app.error
    assert len(bars(app, "candidates")) == 6


def test_hindi_comes_with_its_reading():
    assert reading_aid("हम दोस्त हैं।").startswith("ham")
    assert reading_aid("We are friends.") == ""


def test_the_languages_are_those_of_the_corpus_or_of_the_files_first_line(own_runs):
    run = own_runs["translation"]
    assert language_pair(run.model) is None  # its file does not say
    run.data_path.write_text("en\thi\nWow!\tवाह!\n", encoding="utf-8")
    assert language_pair(run.model) == ("English", "Hindi")
    assert language_pair(open_model("translator")) == ("English", "Hindi")
