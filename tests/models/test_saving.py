"""A saved model is the same model in a process that has imported nothing but tfplay and Keras."""

import copy
import os
import pickle
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from tests.models.samples import MODERN, tiny_inputs, tiny_model
from tfplay.config import ARCHITECTURES

ROOT = Path(__file__).resolve().parents[2]
VARIATIONS = {
    "float32": {},
    "broken": {"use_feed_forward": False, "identical_heads": True},
    "mixed_bfloat16": {"dtype": "mixed_bfloat16", **MODERN},
}
HEADS = ("masked_lm", "classification", "token_classification")

# Reads each <name>.keras and <name>-inputs.npz, and writes <name>-outputs.npy.
ANSWER = """
import numpy, pathlib
for path in pathlib.Path().glob("*.keras"):
    model = keras.saving.load_model(path)
    outputs = model(dict(numpy.load(f"{path.stem}-inputs.npz")))
    numpy.save(f"{path.stem}-outputs.npy", keras.ops.cast(outputs, "float32"))
"""


@pytest.fixture(scope="module")
def saved_models(tmp_path_factory) -> tuple[Path, dict[str, np.ndarray]]:
    """A folder of saved models with inputs for each, and the outputs they had here."""
    folder, outputs = tmp_path_factory.mktemp("saved"), {}
    for architecture in ARCHITECTURES:
        inputs = tiny_inputs(architecture, padded=True)
        for variation, options in VARIATIONS.items():
            name = f"{architecture}-{variation}"
            model = tiny_model(architecture, **options)
            model.save(folder / f"{name}.keras")
            np.savez(folder / f"{name}-inputs.npz", **inputs)
            outputs[name] = np.asarray(keras.ops.cast(model(inputs), "float32"))
    return folder, outputs


@pytest.mark.parametrize("imports", ["import tfplay.models, keras", "import keras, tfplay.models"])
def test_a_fresh_process_loads_the_same_model(saved_models, imports):
    folder, outputs = saved_models
    process = [sys.executable, "-c", imports + ANSWER]
    subprocess.run(process, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    for name, expected in outputs.items():
        answer = folder / f"{name}-outputs.npy"
        np.testing.assert_allclose(np.load(answer), expected, rtol=0, atol=1e-6, err_msg=name)
        answer.unlink()


@pytest.mark.parametrize("head", HEADS)
def test_the_head_of_an_encoder_is_saved_with_it(head, tmp_path):
    model = tiny_model("encoder-only", head=head, num_classes=3)
    inputs = tiny_inputs("encoder-only", padded=True)
    model.save(tmp_path / "m.keras")
    loaded = keras.saving.load_model(tmp_path / "m.keras")
    np.testing.assert_array_equal(loaded(inputs), model(inputs))


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize(("mode", "far"), [("int8", 0.1), ("float8", 0.2), ("int4", 0.5)])
def test_a_quantized_model_is_saved_and_says_nearly_the_same(architecture, mode, far, tmp_path):
    model, inputs = tiny_model(architecture, **MODERN), tiny_inputs(architecture, padded=True)
    exact = np.asarray(model(inputs))
    model.quantize(mode)
    outputs = np.asarray(model(inputs))
    assert 0 < np.abs(outputs - exact).mean() < far * np.std(exact)
    model.save(tmp_path / "m.keras")
    loaded = keras.saving.load_model(tmp_path / "m.keras")
    assert [weight.dtype for weight in loaded.weights] == [weight.dtype for weight in model.weights]
    np.testing.assert_allclose(loaded(inputs), outputs, atol=1e-5)


def test_parts_that_were_frozen_stay_frozen(tmp_path):
    model = tiny_model("decoder-only", tie_embeddings=False)
    model.embeddings.trainable = False
    model.blocks[0].trainable = False
    model.blocks[0].feed_forward.trainable = True
    model.blocks[1].self_attention.query_dense.trainable = False
    model.save(tmp_path / "m.keras")
    loaded = keras.saving.load_model(tmp_path / "m.keras")
    paths = [[weight.path for weight in x.trainable_weights] for x in (model, loaded)]
    assert paths[0] == paths[1]
    assert 0 < len(paths[0]) < len(model.weights)
    model.trainable = False
    model.save(tmp_path / "frozen.keras")
    assert keras.saving.load_model(tmp_path / "frozen.keras").trainable_weights == []


@pytest.mark.parametrize("again", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_a_copied_or_pickled_model_is_the_same_model(again):
    model, inputs = tiny_model("encoder-decoder"), tiny_inputs("encoder-decoder", padded=True)
    np.testing.assert_array_equal(again(model)(inputs), model(inputs))
