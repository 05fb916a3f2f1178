"""A model goes to a server as a SavedModel, and says its shapes as Keras' own models do."""

from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.layers.samples import BATCH, HIDDEN, TARGET, VOCABULARY, random_ids
from tests.models.samples import tiny_inputs, tiny_model
from tfplay.config import ARCHITECTURES

Arrays = dict[str, np.ndarray]


def exported(model: keras.Model, folder: Path):
    """What the exported model answers."""
    model.export(folder, verbose=False)
    loaded = tf.saved_model.load(str(folder))  # its variables live as long as it does
    return lambda inputs: loaded.serve(keras.tree.map_structure(tf.constant, inputs))


def twice_as_long(inputs: Arrays) -> Arrays:
    """One example where there were some, and more tokens."""
    return {name: np.concatenate([x, x], axis=1)[:1] for name, x in inputs.items()}


@pytest.mark.parametrize("padded", [False, True], ids=["plain", "padded"])
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_an_exported_model_gives_equal_logits_for_batches_of_any_shape(
    architecture, padded, tmp_path
):
    model = tiny_model(architecture, max_sequence_length=17)
    inputs = tiny_inputs(architecture, padded=padded)
    model(inputs)
    served = exported(model, tmp_path)
    for some in (inputs, twice_as_long(inputs)):
        np.testing.assert_allclose(served(some), model(some), atol=1e-4)


def test_a_model_of_token_ids_alone_is_exported_after_predict_and_after_fit(tmp_path):
    model, token_ids = tiny_model("decoder-only"), random_ids(BATCH, TARGET)
    model.predict(token_ids, verbose=0)
    np.testing.assert_allclose(
        exported(model, tmp_path / "predicted")(token_ids), model(token_ids), atol=1e-4
    )
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(token_ids, token_ids, verbose=0)
    np.testing.assert_allclose(
        exported(model, tmp_path / "fitted")(token_ids), model(token_ids), atol=1e-4
    )


def test_a_vision_transformer_is_exported(tmp_path):
    images = {"vocabulary_size": 0, "image_size": 6, "patch_size": 3}
    model = tiny_model("encoder-only", **images, head="classification", num_classes=3)
    inputs = {"images": np.random.default_rng(0).random((2, 6, 6, 1), dtype="float32")}
    expected = model(inputs)
    np.testing.assert_allclose(exported(model, tmp_path)(inputs), expected, atol=1e-4)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_summary_shows_every_shape(architecture):
    lines: list[str] = []
    tiny_model(architecture, tie_embeddings=False).summary(print_fn=lambda x, **_: lines.append(x))
    text = "\n".join(lines)
    assert "?" not in text and "multiple" not in text
    assert f"(None, None, {HIDDEN})" in text


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_output_shape_is_known_without_numbers(architecture):
    shapes = {name: x.shape for name, x in tiny_inputs(architecture, padded=True).items()}
    model = tiny_model(architecture)
    width = HIDDEN if architecture == "encoder-only" else VOCABULARY
    assert model.compute_output_shape(shapes) == (BATCH, TARGET, width)
