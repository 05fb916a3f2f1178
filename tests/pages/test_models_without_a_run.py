"""A model that was not trained here has no run and no recipe: pages do without."""

from datetime import UTC, datetime

import pytest

from tests.pages.app import open_page, shown_text
from tfplay.app.frame import navigation as pages
from tfplay.app.lesson import Subject, traced
from tfplay.app.model.choosing import usable_models
from tfplay.app.model.data import data_of
from tfplay.app.model.examples import examples_of
from tfplay.app.model.loading import load_trained, tokenizer_of
from tfplay.app.model.pictures import pictures_of
from tfplay.app.translate.languages import language_pair
from tfplay.config import DecodingConfig, preset
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks import TASKS, classify, translate
from tfplay.text import WordTokenizer

TEXT = "the cat sees mice and the dog sees the cat"
LABELS = ("bad", "good")


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Makes a model with its first weights, the only one that there is to choose."""

    def make(task: str) -> Model:
        from tfplay.models import build_model
        from tfplay.store.weights import save_weights

        tokenizer = WordTokenizer.train([TEXT], 50)
        about = TASKS[task].about
        head = about.heads.get(about.architectures[0], "none")
        labels = LABELS if "classification" in head else ()
        config = preset(
            "tiny",
            about.architectures[0],
            vocabulary_size=tokenizer.vocabulary_size,
            head=head,
            num_classes=len(labels),
        )
        model = Model(tmp_path, "From far away", "opened", datetime.now(UTC), task, config, labels)
        tokenizer.save(model.tokenizer_path)
        save_weights(build_model(config), tmp_path / "model.npz")
        monkeypatch.setattr("tfplay.app.model.choosing.models_at_hand", lambda: [model])
        return model

    return make


@pytest.mark.parametrize("task", ["translation", "language-model", "classification"])
def test_it_is_chosen_loaded_and_traced_as_any_other(opened, task):
    model = opened(task)
    assert usable_models([task]) == {model.id: model}
    assert load_trained(model).model.count_params() == model.parameters
    found = traced(Subject(model, TEXT, "the mice see"))
    assert found.tokens == load_trained(model).tokenizer.labels(
        next(iter(found.inputs.values()))[0]
    )
    assert found.trace.logits.shape[-1] in (len(LABELS), tokenizer_of(model).vocabulary_size)


def test_its_task_asks_it(opened):
    [probabilities] = classify(opened("classification").load(), [TEXT])
    assert tuple(probabilities) == LABELS
    assert sum(probabilities.values()) == pytest.approx(1)
    translation = translate(opened("translation").load(), TEXT, DecodingConfig(max_new_tokens=3))
    assert 0 < len(translation.target_ids) <= 3


@pytest.mark.parametrize(
    ("page", "task"),
    [
        (pages.ATTENTION, "translation"),
        (pages.TOKENS, "translation"),
        (pages.TRANSLATE, "translation"),
        (pages.WRITE, "language-model"),
        (pages.UNDERSTAND, "classification"),
    ],
)
def test_pages_look_into_it_and_use_it(opened, page, task):
    model = opened(task)
    app = open_page(page, run=model.id, text=TEXT, second="the mice see")
    if app.text_area[0].value != TEXT:  # not every page takes its text from the address
        app.text_area[0].set_value(TEXT).run()
    assert not app.exception
    assert not app.error
    assert not app.warning
    assert app.selectbox[0].options == [model.title]
    assert app.query_params["run"] == model.id


def test_what_it_learned_from_is_not_known_and_that_is_told_where_it_is_needed(opened):
    model = opened("language-model")
    assert "Once upon a time" in examples_of(model)  # everyday beginnings instead
    assert language_pair(model) is None
    with pytest.raises(InputError, match="What From far away learned from is not known here"):
        data_of(model)
    with pytest.raises(InputError, match="not here; draw one"):
        pictures_of(model)
    app = open_page(pages.LEARNED, run=model.id)
    assert "no model to watch learning yet" in shown_text(app)
