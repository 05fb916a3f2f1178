"""A visitor's own Keras file, from the upload to the pages that look into it."""

import time

import pytest

from tests.checkpoints.keras_files import originals
from tests.pages.app import open_page, shown_text
from tfplay.app.frame import navigation as pages
from tfplay.store import add_keras_file, find_opened

PATIENCE = 60  # seconds
WORDS = ["", "[UNK]", *(f"word{number}" for number in range(27))]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("theirs") / "mini.keras"
    originals.miniature_gpt().save(path)
    return path


def button(app, label):
    [found] = [each for each in app.button if each.label == label]
    return found


def unescaped(app):
    return shown_text(app).replace("\\", "")


def upload(app, name, content):
    app.file_uploader[0].set_value((name, content, "application/octet-stream"))
    button(app, "Add it").click().run()
    assert not app.exception


def wait_for(name, app):
    deadline = time.monotonic() + PATIENCE
    while not (model := find_opened(name)):
        assert time.monotonic() < deadline
        time.sleep(0.1)
        app.run()
    return model


def test_a_miniature_gpt_is_recognised_asked_about_added_and_looked_into(file, nothing_shipped):
    app = open_page(pages.MODELS)
    upload(app, "mini.keras", file.read_bytes())
    told = unescaped(app)
    assert "a decoder of 2 blocks, 3 heads of 6, 29 words, causal" in told
    assert told.count("assumed: ") == 1 and "relu in the feed" in told
    assert len(app.radio) == 3
    app.radio(key="keras file's activation").set_value("gelu").run()
    assert "relu in the feed" not in unescaped(app)
    app.text_area(key="keras words").set_value("\n".join(WORDS)).run()
    button(app, "Add this model").click().run()
    model = wait_for("mini", app)
    assert model.config.activation == "gelu"
    assert model.load_tokenizer().tokenize("Word3 word5") == [5, 7]
    for page in (pages.TOKENS, pages.ATTENTION, pages.LAYERS):
        app = open_page(page, run="mini", text="word3 word5 word7")
        assert not app.exception and not app.error, page


def test_a_translation_with_its_vocabularies_shows_words_on_both_sides(nothing_shipped, tmp_path):
    path = tmp_path / "translator.keras"
    originals.translation().save(path)
    app = open_page(pages.MODELS)
    upload(app, "translator.keras", path.read_bytes())
    app.text_area(key="keras source words").set_value("\n".join(WORDS))
    target_words = ["", "[UNK]", "[start]", "[end]", *(f"palabra{each}" for each in range(19))]
    app.text_area(key="keras words").set_value("\n".join(target_words)).run()
    button(app, "Add this model").click().run()
    wait_for("translator", app)
    app = open_page(pages.TRANSLATE, run="translator", text="word3 word5")
    assert not app.exception and not app.error
    assert "palabra" in unescaped(app)
    for page in (pages.TOKENS, pages.EMBEDDINGS, pages.ATTENTION, pages.LAYERS):
        app = open_page(page, run="translator", text="word3 word5 word7")
        assert not app.exception and not app.error, page


def test_a_vision_transformer_without_a_class_token_opens_with_a_picture(tmp_path, nothing_shipped):
    path = tmp_path / "pictures.keras"
    originals.vision_transformer().save(path)
    add_keras_file(path, "pictures")
    app = open_page(pages.ATTENTION, run="pictures")
    assert not app.exception and not app.error
    assert "named by row and column." in unescaped(app)
    app = open_page(pages.UNDERSTAND, run="pictures")
    assert not app.exception and not app.error


@pytest.mark.parametrize("is_whole", [True, False])
def test_what_does_not_belong_or_is_damaged_is_told_and_leaves_nothing(
    is_whole, file, nothing_shipped, tfplay_home
):
    app = open_page(pages.MODELS)
    data = file.read_bytes()
    upload(app, "mini.keras", data if is_whole else data[:-100])
    if is_whole:
        app.text_area(key="keras words").set_value("\n".join(map(str, range(99)))).run()
        button(app, "Add this model").click().run()
    assert not app.exception
    reason = "has 99 words" if is_whole else "model.keras is cut short or damaged"
    assert reason in unescaped(app)
    assert not find_opened("mini")
