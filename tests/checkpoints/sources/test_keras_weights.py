import json

import h5py
import keras
import numpy as np
import pytest

from tfplay.checkpoints.sources.opening import open_source
from tfplay.errors import InputError


@pytest.fixture
def model():
    return keras.Sequential(
        [keras.Input((300,)), keras.layers.Dense(500), keras.layers.Dense(700, name="last")]
    )


def weights(model) -> list[np.ndarray]:
    return [np.asarray(weight) for weight in model.weights]


@pytest.mark.parametrize("name", ["model.weights.h5", "model.weights.json"])
def test_the_weights_of_a_preset_are_those_that_keras_saved(tmp_path, model, name):
    is_sharded = name.endswith(".json")
    model.save_weights(tmp_path / name, **({"max_shard_size": 0.0015} if is_sharded else {}))
    assert len(list(tmp_path.glob("*.h5"))) == 1 + is_sharded
    (tmp_path / "config.json").write_text('{"class_name": "BertBackbone"}')
    (tmp_path / "assets/tokenizer").mkdir(parents=True)
    (tmp_path / "assets/tokenizer/vocabulary.txt").write_text("a\n")
    source = open_source(tmp_path)
    assert source.kind == "keras-preset"
    assert source.config == {"class_name": "BertBackbone"}
    assert "assets/tokenizer/vocabulary.txt" in source.files
    names = [f"layers/{layer}/vars/{number}" for layer in ("dense", "dense_1") for number in (0, 1)]
    assert list(source.tensors) == names
    for tensor, weight in zip(source.tensors.values(), weights(model), strict=True):
        np.testing.assert_array_equal(tensor.read(), weight)
        assert (tensor.shape, tensor.dtype) == (weight.shape, "float32")


def test_bfloat16_is_read_as_keras_writes_it(tmp_path):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(5, dtype="bfloat16")])
    model.save_weights(tmp_path / "model.weights.h5")
    (tmp_path / "config.json").write_text("{}")
    kernel = open_source(tmp_path).tensors["layers/dense/vars/0"]
    assert kernel.dtype == "bfloat16"
    np.testing.assert_array_equal(kernel.read(), weights(model)[0])


def test_an_array_that_two_files_have_is_refused(tmp_path):
    for name in ("a.weights.h5", "b.weights.h5"):
        with h5py.File(tmp_path / name, "w") as file:
            file["layers/x/vars/0"] = np.ones(3)
    shards = {"weight_map": {"/layers/x/vars": ["a.weights.h5", "b.weights.h5"]}}
    (tmp_path / "model.weights.json").write_text(json.dumps(shards))
    with pytest.raises(InputError, match="b.weights.h5 has 'layers/x/vars/0', as another file has"):
        open_source(tmp_path)
