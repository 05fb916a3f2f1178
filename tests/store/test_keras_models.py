"""Models of Keras users, taken in from their files."""

import keras
import numpy as np
import pytest

import tfplay
from tests.checkpoints.keras_files import originals
from tests.checkpoints.keras_files.originals import VOCABULARY, token_ids
from tfplay.config import DecodingConfig
from tfplay.errors import InputError
from tfplay.store import (
    Origin,
    add_keras_file,
    add_model,
    find_opened,
    open_model,
    start_from_model,
    write_bundle,
)
from tfplay.tasks import TASKS, class_effects, classify, classify_images, tag, translate

WORDS = ["", "[UNK]", "not", "bad", "at", "all", "good", "the", "film"]
TARGET_WORDS = ["", "[UNK]", "mala", "pelicula", "[start]", "[end]"]
MASKED = [*WORDS, "[MASK]"]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TFPLAY_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A file of each kind of model."""
    folder = tmp_path_factory.mktemp("files")
    models = {
        "classifier": originals.text_classification(),
        "tagger": originals.entity_recognition(),
        "writer": originals.miniature_gpt(),
    }
    for name, model in models.items():
        model.save(folder / f"{name}.keras")
    return folder, models


def test_a_model_is_kept_and_answers_as_the_original(files):
    folder, models = files
    kept = add_keras_file(folder / "writer.keras", "mine", Origin("My GPT"), {"causal": "yes"})
    assert (kept.title, kept.task, kept.origin) == ("My GPT", "language-model", "opened")
    assert "A decoder of 2 blocks, 3 heads of 6, 29 words, causal" in kept.card()
    trained = open_model("mine").load()
    logits = models["writer"](token_ids())[0]
    np.testing.assert_allclose(trained.model(token_ids()), logits, atol=1e-4)


def test_without_a_vocabulary_ids_are_the_words(files):
    loaded = tfplay.load(files[0] / "writer.keras")
    assert loaded.tokenizer.tokenize("12 7 3") == [12, 7, 3]
    assert loaded.tokenizer.vocabulary_size == VOCABULARY
    assert "causal=yes" in loaded.card


def test_a_classifier_reads_the_words_of_its_vocabulary(files):
    add_keras_file(files[0] / "classifier.keras", "mine", vocabulary=WORDS)
    trained = open_model("mine").load()
    assert trained.tokenizer.labels(trained.tokenizer.tokenize("NOT bad, at all!")) == WORDS[2:6]
    theirs = files[1]["classifier"](np.array([[2, 3, 4, 5]]))[0]
    [ours] = classify(trained, ["Not bad at all."])
    np.testing.assert_allclose([*ours.values()], theirs, atol=1e-4)
    effects = class_effects(trained, "Not bad")
    assert [word.text for word in effects.words] == ["Not", "bad"]


def test_a_tagger_tags_each_word(files):
    add_keras_file(files[0] / "tagger.keras", "mine", vocabulary=WORDS)
    tags = tag(open_model("mine").load(), "the good film")
    theirs = files[1]["tagger"](np.array([[7, 6, 8]]))[0]
    np.testing.assert_allclose(tags.probabilities, theirs, atol=1e-4)


@pytest.mark.parametrize("name", ["classifier", "tagger", "writer"])
def test_what_pages_read_of_a_text_has_no_tokens_that_the_vocabulary_lacks(name, files):
    trained = open_model(add_keras_file(files[0] / f"{name}.keras", "mine", vocabulary=WORDS).path)
    reading = TASKS[trained.task].read_typed(trained.load(), "the film")
    assert reading.tokens == ["the", "film"]
    assert len(reading.written_tokens) == 2


def test_a_vocabulary_that_does_not_fit_is_told_and_nothing_is_kept(files):
    with pytest.raises(InputError, match="has the word 'a' twice"):
        add_keras_file(files[0] / "writer.keras", "mine", vocabulary=["a", "a"])
    assert find_opened("mine") is None


@pytest.mark.parametrize("name", ["tagger", "writer"])
def test_a_live_model_is_adopted_once_it_answers_as_the_original(name, files, capsys):
    model = tfplay.adopt(files[1][name], tokenizer=WORDS, name="mine")
    told = capsys.readouterr().out
    assert "The largest difference of its outputs is" in told and "assumed: " in told
    assert open_model("mine") == model
    assert model.load_tokenizer().tokenize("not bad") == [2, 3]


def test_a_live_model_of_several_inputs_is_adopted():
    writer = tfplay.adopt(originals.hub_gpt2(), name="writer")
    assert writer.task == "language-model"
    filler = tfplay.adopt(originals.hub_masked_words(is_tied=True), tokenizer=MASKED, name="filler")
    assert filler.task == "masked-words"


def test_a_live_vision_transformer_is_adopted():
    model = tfplay.adopt(originals.vision_transformer(), name="mine")
    assert (model.task, model.labels[:2]) == ("images", ("class 0", "class 1"))
    assert len(classify_images(model.load(), [np.ones((12, 12, 3))])[0]) == 5


def test_a_live_translation_is_adopted():
    model = tfplay.adopt(originals.translation(), TARGET_WORDS, "mine", source_tokenizer=WORDS)
    assert model.task == "translation"
    loaded = tfplay.load("mine")
    assert (loaded.tokenizer.start_id, loaded.source_tokenizer.tokenize("film")) == (4, [8])


def test_a_translation_reads_by_one_vocabulary_and_writes_by_another(tmp_path):
    original = originals.translation()
    original.save(tmp_path / "theirs.keras")
    kept = add_keras_file(
        tmp_path / "theirs.keras", "mine", vocabulary=TARGET_WORDS, source_vocabulary=WORDS
    )
    write_bundle(kept, tmp_path / "moved.zip")
    trained = add_model(tmp_path / "moved.zip", "moved").load()
    translation = translate(trained, "The bad FILM!", DecodingConfig(max_new_tokens=4))
    assert translation.source_ids == [7, 3, 8]
    assert translation.source_tokens == ["the", "bad", "film"]
    assert translation.target_tokens == trained.tokenizer.labels(translation.target_ids)
    reading = TASKS["translation"].read_typed(trained, "not bad", "mala pelicula")
    assert reading.target_tokens == ["[start]", "mala", "pelicula"]
    theirs = original([np.array([[2, 3]]), np.array([[4, 2, 3]])])
    ours = keras.ops.softmax(trained.model(reading.inputs))[..., : theirs.shape[-1]]
    np.testing.assert_allclose(ours, theirs, atol=1e-4)
    with pytest.raises(InputError, match="reads by another vocabulary than it writes"):
        start_from_model(kept)


@pytest.mark.parametrize(
    ("words", "source_words", "reason"),
    [
        (WORDS, None, "A translation has two vocabularies, of its source and of its target"),
        (WORDS, WORDS, "The target's vocabulary has no words that begin and end a translation"),
        ([*TARGET_WORDS, *map(str, range(20))], WORDS, "has 26 words, and .* embeddings 23 rows"),
    ],
)
def test_vocabularies_that_are_not_those_of_a_translation_are_refused(
    words, source_words, reason, tmp_path
):
    originals.translation().save(tmp_path / "theirs.keras")
    with pytest.raises(InputError, match=reason):
        tfplay.load(tmp_path / "theirs.keras", None, words, source_words)


def test_a_live_model_that_answers_otherwise_is_refused(capsys):
    model = originals.text_classification(pre_norm=True)
    with pytest.raises(InputError, match="answers otherwise .* norm can be after, before"):
        tfplay.adopt(model)
    assert find_opened("mine") is None
    tfplay.adopt(model, answers={"norm": "before"})
    assert find_opened("mine") is not None
    with pytest.raises(InputError, match="There is a model 'mine' already"):
        tfplay.adopt(model)
