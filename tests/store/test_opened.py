"""Models of others, kept at home."""

import json

import numpy as np
import pytest

import tfplay
from tests.checkpoints.published import GOLDEN, write_published, write_words
from tfplay.errors import InputError
from tfplay.store import (
    Origin,
    add_model,
    delete_opened,
    find_model,
    find_opened,
    list_opened,
    open_model,
    rename_opened,
)


@pytest.fixture
def published(tmp_path):
    """Writes a family's small model with a vocabulary."""

    def write(family: str):
        folder = tmp_path / family
        write_published(family, folder)
        return folder

    return write


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TFPLAY_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize(
    ("family", "task"),
    [
        ("bert", "masked-words"),
        ("bert-classification", "classification"),
        ("bert-tokens", "tagging"),
        ("bert-span", "answers"),
        ("gpt2", "language-model"),
        ("marian", "translation"),
    ],
)
def test_a_model_is_kept_for_what_it_can_do(family, task, published):
    model = add_model(published(family), "theirs")
    assert (model.task, model.origin, model.learned_from) == (task, "opened", None)
    assert model.is_usable
    assert len(model.labels) == model.config.num_classes


def test_a_kept_model_answers_as_the_published_one(published):
    add_model(published("gpt2"), "theirs", Origin("Their GPT-2", "MIT"))
    with np.load(GOLDEN / "gpt2.npz") as golden:
        trained = open_model("theirs").load()
        logits = np.asarray(trained.model({"token_ids": golden["token_ids"]}))
        np.testing.assert_allclose(logits[0], golden["logits"][0], atol=1e-4)
    assert "MIT" in find_model("theirs").card()


def test_kept_models_are_listed_renamed_and_deleted(published):
    first = add_model(published("bert"), "one", Origin("First"))
    add_model(published("gpt2"), "two")
    assert [model.id for model in list_opened()] == ["two", "one"]
    rename_opened(first, "  Another   title ")
    assert find_opened("one").title == "Another title"
    delete_opened(first)
    assert [model.id for model in list_opened()] == ["two"]


def test_nothing_is_kept_of_a_model_that_is_refused(published, tmp_path):
    folder = published("bert")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"hidden_size": 27}))
    with pytest.raises(InputError, match=r"'bert\.[\w.]+' has shape \(\d+.*27"):
        add_model(folder, "theirs")
    assert not list((tmp_path / "home").glob("models/*"))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"model_type": "mamba"}, "model_type is 'mamba'"),
        ({"vocab_size": None}, "'vocab_size'"),
        ({"num_hidden_layers": 3}, "lacks the tensor 'bert.encoder.layer.2"),
        ({"num_hidden_layers": 1}, "has a tensor 'bert.encoder.layer.1"),
        ({"num_attention_heads": 5}, "not divisible by num_heads 5"),
        ({"hidden_act": "tanh"}, "hidden_act is 'tanh'"),
        ({"hidden_act": ["gelu"]}, "hidden_act is"),
        ({"position_embedding_type": "relative_key"}, "position_embedding_type"),
        ({"hidden_size": 10**9}, "hidden_dim is 1000000000"),
        ({"num_hidden_layers": "two"}, "num_layers is 'two'"),
    ],
)
def test_a_configuration_that_does_not_fit_is_told(changes, told, published):
    folder = published("bert")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | changes))
    with pytest.raises(InputError) as error:
        add_model(folder, "theirs")
    assert told in str(error.value)


def test_a_name_is_used_once_and_is_a_folders(published):
    folder = published("bert")
    add_model(folder, "theirs")
    with pytest.raises(InputError, match="model 'theirs' already"):
        add_model(folder, "theirs")
    with pytest.raises(InputError, match="model 'translator' already"):
        add_model(folder, "translator")
    for name in ("../out", "a/b", "", ".hidden"):
        with pytest.raises(InputError, match="cannot be a folder's"):
            add_model(folder, name)


def test_a_model_of_another_vocabulary_is_told(published):
    folder = published("bert")
    write_words(folder, size=120)
    with pytest.raises(InputError, match="120"):
        add_model(folder, "theirs").load()


@pytest.mark.parametrize("family", ["llama", "bert-vectors", "t5"])
def test_load_opens_published_files_by_their_path(family, published):
    loaded = tfplay.load(published(family))
    assert loaded.tokenizer.vocabulary_size == loaded.config.vocabulary_size == 101
    assert loaded.model.count_params() > 0


def test_load_opens_shipped_and_kept_models_by_their_names(published):
    add_model(published("bert-vectors"), "vectors")
    assert tfplay.load("vectors").config.head == "none"
    assert "sentiment" in tfplay.load("sentiment").card.lower()
