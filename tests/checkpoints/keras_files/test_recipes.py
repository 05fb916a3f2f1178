"""Models that Keras users save answer in our layers as they do in the users' own."""

from pathlib import Path

import keras
import keras_nlp
import numpy as np
import pytest

from tests.checkpoints.keras_files import originals
from tests.checkpoints.keras_files.originals import LENGTH, token_ids
from tfplay.checkpoints.keras_files.checking import check
from tfplay.checkpoints.keras_files.graph import as_keras_file
from tfplay.checkpoints.keras_files.opening import KerasModel, open_keras_file, recognise
from tfplay.errors import InputError

ORIGINALS = {
    "text classification": originals.text_classification,
    "entity recognition": originals.entity_recognition,
    "miniature GPT": originals.miniature_gpt,
    "older miniature GPT": lambda: originals.miniature_gpt(older=True),
    "the book's classification": originals.book_classification,
    "keras-hub's writer": originals.hub_writer,
    "keras-hub's classification": originals.hub_classification,
    "keras-hub's sines": originals.hub_sines,
    "masked language model": originals.masked_language_model,
    "plain writer": originals.plain_writer,
    "keras-hub's masked words": lambda: originals.hub_masked_words(is_tied=True),
    "keras-hub's masked words, untied": lambda: originals.hub_masked_words(is_tied=False),
    "BERT, pooled": lambda: originals.hub_bert(is_pooled=True),
    "BERT, tokens": lambda: originals.hub_bert(is_pooled=False),
    "DistilBERT": originals.hub_distil_bert,
    "GPT-2": originals.hub_gpt2,
    "Llama": lambda: originals.hub_llama(has_dense=True),
    "Llama, output matrix": lambda: originals.hub_llama(has_dense=False),
}
SAID = {
    "text classification": "an encoder of 1 block, 3 heads of 6, 29 words, 4 classes: the text",
    "entity recognition": "an encoder of 1 block, 3 heads of 6, 29 words, 5 classes: the entity",
    "miniature GPT": "a decoder of 2 blocks, 3 heads of 6, 29 words, causal: the miniature GPT",
    "older miniature GPT": "a decoder of 2 blocks, 3 heads of 2, 29 words, causal: the miniature",
    "the book's classification": "an encoder of 1 block, 3 heads of 6, 29 words, 4 classes: the",
    "keras-hub's writer": "a decoder of 2 blocks, 3 heads of 2, 29 words, causal: the text gener",
    "keras-hub's sines": "an encoder of 1 block, 3 heads of 2, 29 words, 5 classes: the entity",
    "masked language model": "an encoder of 2 blocks, 3 heads of 2, 29 words: masked words from",
    "plain writer": "a decoder of 2 blocks, 3 heads of 5, 29 words, causal: a text generation from",
    "keras-hub's classification": "an encoder of 1 block, 3 heads of 2, 29 words, 4 classes: the",
    "keras-hub's masked words": "an encoder of 1 block, 3 heads of 2, 29 words: the masked words",
    "keras-hub's masked words, untied": "an encoder of 1 block, 3 heads of 2, 29 words: the masked",
    "BERT, pooled": "an encoder of 2 blocks, 3 heads of 4, 29 words, 4 classes: the text",
    "BERT, tokens": "an encoder of 2 blocks, 3 heads of 4, 29 words, 5 classes: the entity",
    "DistilBERT": "an encoder of 2 blocks, 3 heads of 4, 29 words, 4 classes: the text",
    "GPT-2": "a decoder of 2 blocks, 3 heads of 4, 29 words, causal: the text generation of keras",
    "Llama": "a decoder of 2 blocks, 6 heads of 2, 29 words, causal: the text generation of keras",
    "Llama, output matrix": "a decoder of 2 blocks, 6 heads of 2, 29 words, causal: the text gen",
}
TOLD = (
    *("keras-hub's writer", "keras-hub's classification", "keras-hub's sines"),
    *("masked language model", "plain writer"),
    *("keras-hub's masked words", "keras-hub's masked words, untied"),
    *("BERT, pooled", "BERT, tokens", "DistilBERT", "GPT-2", "Llama", "Llama, output matrix"),
)
"""Those whose files tell everything."""


@pytest.fixture(scope="module")
def original():
    """Makes each original once."""
    made: dict[str, keras.Model] = {}

    def of(name: str) -> keras.Model:
        if name not in made:
            made[name] = ORIGINALS[name]()
        return made[name]

    return of


def saved(model: keras.Model, path: Path) -> Path:
    (model.save_weights if path.suffix == ".h5" else model.save)(path)
    return path


def opened(path: Path, **answers: str) -> KerasModel:
    """As `open_keras_file`, without a process of its own."""
    return recognise(as_keras_file(path, check(path)), answers)


def difference(ours: keras.Model, model: keras.Model, ids: np.ndarray) -> float:
    names = [tensor.name for tensor in getattr(model, "inputs", ())]
    inputs, answer = ids, ours(ids)
    if "padding_mask" in names:
        given = {"token_ids": ids, "padding_mask": np.ones_like(ids), "segment_ids": ids % 2}
        inputs = {name: given[name] for name in names}
        answer = ours({name: given[name] for name in names if name != "padding_mask"})
    elif "places" in names:
        places = np.array([[0, 3, 1, 4], [2, 2, 0, 1]])
        inputs = [ids, places]
        answer = keras.ops.take_along_axis(answer, places[..., None], axis=1)
    theirs = model(inputs)
    theirs = np.asarray(theirs[0] if isinstance(theirs, list | tuple) else theirs)
    if theirs.min() >= 0 and np.allclose(theirs.sum(-1), 1, atol=1e-3):
        answer = keras.ops.softmax(answer)
    return float(np.abs(np.asarray(answer) - theirs).max())


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        *((name, ".keras") for name in ORIGINALS),
        *((name, ".weights.h5") for name in ("entity recognition", "older miniature GPT")),
    ],
)
def test_a_model_is_known_from_its_file_and_answers_as_the_original(
    name, ending, original, tmp_path
):
    path = saved(original(name), tmp_path / f"theirs{ending}")
    answers = {"heads": "3"} if (name, ending) == ("older miniature GPT", ".weights.h5") else {}
    found = opened(path, **answers)
    assert found.sentence.startswith(SAID[name])
    assert ("assumed: " in found.sentence) == (name not in TOLD) and found.evidence
    assert len(found.questions) <= 3
    is_fixed = name == "masked language model"  # its input has a length, as in the example
    ours = found.load_model()
    for length in (LENGTH,) if is_fixed else (5, LENGTH):
        assert difference(ours, original(name), token_ids(length)) < 1e-4


def test_a_process_of_its_own_finds_the_same(original, tmp_path):
    path = saved(original("miniature GPT"), tmp_path / "theirs.keras")
    apart, here = open_keras_file(path), opened(path)
    assert (apart.sentence, apart.config) == (here.sentence, here.config)


def test_one_logit_of_a_sigmoid_is_that_of_the_second_of_two_classes(tmp_path):
    model = originals.text_classification(units=1, activation="sigmoid")
    found = opened(saved(model, tmp_path / "theirs.keras"))
    ids = token_ids()
    ours = keras.ops.softmax(found.load_model()(ids))
    np.testing.assert_allclose(ours[:, 1], model(ids)[:, 0], atol=1e-4)


def test_what_the_file_cannot_tell_is_as_it_is_answered(tmp_path):
    model = originals.text_classification(pre_norm=True, causal=True)
    path = saved(model, tmp_path / "theirs.keras")
    assert difference(opened(path).load_model(), model, token_ids()) > 1e-2
    found = opened(path, norm="before", causal="yes", activation="relu")
    assert "assumed" not in found.sentence
    assert difference(found.load_model(), model, token_ids()) < 1e-4


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"norm": "sideways"}, "The answer to norm is 'sideways'; it must be one of after, before"),
        ({"colour": "red"}, "Nobody asks 'colour' of this file; asked is causal, norm, activation"),
    ],
)
def test_an_answer_that_is_none_is_refused(answers, reason, original, tmp_path):
    path = saved(original("text classification"), tmp_path / "theirs.keras")
    with pytest.raises(InputError, match=reason):
        opened(path, **answers)


def test_the_vocabulary_of_a_layer_that_reads_texts_is_taken_from_the_file(tmp_path):
    model = originals.text_reader()
    found = opened(saved(model, tmp_path / "theirs.keras"))
    ids = found.tokenizers()[0].tokenize("Not BAD, film!")
    assert found.tokenizers()[0].labels(ids) == ["not", "bad", "film"]
    theirs = model(keras.ops.convert_to_tensor(["Not BAD, film!"]))
    padded = np.array([ids + [0] * (LENGTH - len(ids))])
    ours = keras.ops.softmax(found.load_model()(padded))
    np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_numbers_that_are_none_are_told(tmp_path):
    model = originals.miniature_gpt(1)
    weights = model.get_weights()
    weights[0][3, 2] = np.nan
    model.set_weights(weights)
    found = opened(saved(model, tmp_path / "theirs.keras"))
    with pytest.raises(InputError, match="token_emb/vars/0' has values that are no numbers"):
        found.load_model()


TRANSLATIONS = {
    "nested": originals.translation,
    "of keras-hub": originals.hub_translation,
    "of the third edition": originals.third_edition_translation,
}


@pytest.mark.parametrize(
    ("name", "ending"), [*((name, ".keras") for name in TRANSLATIONS), ("nested", ".weights.h5")]
)
def test_a_translation_answers_as_the_original_also_with_padding(name, ending, tmp_path):
    model = TRANSLATIONS[name]()
    found = opened(saved(model, tmp_path / f"theirs{ending}"))
    assert "an encoder and a decoder of 1 block each, 3 heads of" in found.sentence
    source, target = token_ids(7), token_ids(5) % 22 + 1
    source[0, 4:], target[1, 3:] = 0, 0
    theirs = np.asarray(model([source, target]))
    logits = found.load_model()(
        {
            "encoder_token_ids": source,
            "decoder_token_ids": target,
            "encoder_padding_mask": source != 0,
            "decoder_padding_mask": target != 0,
        }
    )
    ours = np.asarray(keras.ops.softmax(logits))
    assert not ours[..., theirs.shape[-1] :].any()  # words of the source alone
    is_real = target != 0
    np.testing.assert_allclose(ours[is_real][:, : theirs.shape[-1]], theirs[is_real], atol=1e-4)
    tokenizer, _ = found.tokenizers()
    assert (tokenizer.start_id, tokenizer.end_id, tokenizer.pad_id) == (2, 3, 0)


def test_a_vision_transformer_answers_as_the_original(tmp_path):
    model = originals.vision_transformer()
    found = opened(saved(model, tmp_path / "theirs.keras"))
    assert found.sentence.startswith(
        "an encoder of 2 blocks, 3 heads of 6, images of 12 x 12 pixels, 5 classes: the image "
        "classification of keras.io; assumed: pixels from 0 to 255"
    )
    assert any("are in the projection" in told for told in found.evidence)
    assert any("read at 12 x 12 pixels: 'resizing'" in told for told in found.evidence)
    images = np.random.default_rng(3).random((2, 8, 8, 3)).astype("float32")
    ours = found.load_model()({"images": keras.ops.image.resize(images, (12, 12))})
    np.testing.assert_allclose(ours, model(images * 255, training=False), atol=1e-4)


def test_pictures_that_are_changed_by_something_unknown_are_refused(tmp_path):
    inputs = keras.Input((12, 12, 3))
    x = keras.layers.RandomCrop(8, 8, name="crop")(inputs)
    x = originals.PatchEncoder(4, 6)(originals.Patches(4)(x))
    x = keras.layers.LayerNormalization()(x + keras.layers.MultiHeadAttention(3, 2)(x, x))
    x = keras.layers.LayerNormalization()(x + keras.layers.Dense(6)(keras.layers.Dense(7)(x)))
    outputs = keras.layers.Dense(5)(keras.layers.Flatten()(x))
    with pytest.raises(InputError, match="The layer 'crop' \\('RandomCrop'\\) after"):
        opened(saved(keras.Model(inputs, outputs), tmp_path / "theirs.keras"))


def test_a_model_of_no_recipe_is_refused_with_the_layer_that_is_not_understood(tmp_path):
    inputs = keras.Input((LENGTH, 6))
    x = keras.layers.LSTM(6, return_sequences=True, name="memory")(inputs)
    x = keras.layers.MultiHeadAttention(3, 2)(x, x)
    path = saved(keras.Model(inputs, keras.layers.Dense(2)(x)), tmp_path / "theirs.keras")
    with pytest.raises(InputError, match="an attention, but the layer 'memory' \\('LSTM'\\) after"):
        opened(path)


class TurningAttention(originals.MultiHeadSelfAttention):
    def __init__(self, *sizes):
        super().__init__(*sizes)
        self.rotary = keras_nlp.layers.RotaryEmbedding()

    def call(self, x):
        return super().call(self.rotary(x))


def test_rotary_positions_that_no_recipe_reads_are_told_with_their_layer(tmp_path, monkeypatch):
    inputs = keras.Input((LENGTH, 6))
    x = keras_nlp.layers.RotaryEmbedding(name="turn")(keras.layers.Dense(6)(inputs))
    x = keras.layers.MultiHeadAttention(3, 2)(x, x)
    path = saved(keras.Model(inputs, keras.layers.Dense(2)(x)), tmp_path / "graph.keras")
    with pytest.raises(InputError, match="layer 'layers/rotary_embedding', which .* tfplay.show"):
        opened(path)
    monkeypatch.setattr(originals, "MultiHeadSelfAttention", TurningAttention)
    path = saved(originals.miniature_gpt(older=True), tmp_path / "block.keras")
    with pytest.raises(InputError, match="layer 'layers/transformer_block/att/rotary', which"):
        opened(path)


def test_a_model_without_attention_is_told(tmp_path):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(5)])
    with pytest.raises(InputError, match="has no attention that is known"):
        opened(saved(model, tmp_path / "theirs.keras"))
