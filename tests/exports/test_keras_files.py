"""What Keras itself writes, opened again."""

from importlib.util import find_spec

import keras
import numpy as np
import pytest

from tests.exports.test_scripts import make_model
from tfplay.errors import InputError
from tfplay.exports import FORMATS, export_model
from tfplay.exports.keras_files import example_inputs

HAS_ONNX = all(find_spec(name) for name in ("onnx", "onnxruntime", "tf2onnx"))


@pytest.fixture
def model(tmp_path):
    return make_model(tmp_path / "model", "masked")


@pytest.fixture
def logits(model):
    """The model's answer to the example inputs."""
    return model.load().model(example_inputs(model.config)).numpy()


def test_a_keras_file_gives_the_same_logits(model, logits, tmp_path):
    export_model(model, "keras", tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded(example_inputs(model.config)), logits)


def test_a_saved_model_gives_the_same_logits(model, logits, tmp_path):
    export_model(model, "savedmodel", tmp_path / "saved")
    written = keras.layers.TFSMLayer(tmp_path / "saved", call_endpoint="serve")
    np.testing.assert_allclose(written(example_inputs(model.config)), logits, atol=1e-5)


@pytest.mark.skipif(not HAS_ONNX, reason="the extra `onnx` is not installed")
def test_an_onnx_file_gives_the_same_logits(model, logits, tmp_path):
    import onnxruntime

    export_model(model, "onnx", tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "model.onnx")
    inputs = {each.name: example_inputs(model.config)[each.name] for each in session.get_inputs()}
    np.testing.assert_allclose(session.run(None, inputs)[0], logits, atol=1e-5)


def test_what_onnx_lacks_is_told_in_a_sentence(model, tmp_path, monkeypatch):
    monkeypatch.setattr("tfplay.exports.keras_files.find_spec", lambda name: name == "onnx" or None)
    with pytest.raises(InputError, match="onnxruntime and tf2onnx must be installed"):
        export_model(model, "onnx", tmp_path / "model.onnx")


def test_what_would_answer_otherwise_is_not_written(model, tmp_path, monkeypatch):
    monkeypatch.setattr(keras.Model, "export", lambda model, path, **_: path.mkdir())
    monkeypatch.setattr(keras.layers, "TFSMLayer", lambda *_, **__: lambda inputs: np.zeros(1))
    with pytest.raises(InputError, match="its logits would differ from the model's by"):
        export_model(model, "savedmodel", tmp_path / "saved")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_what_keras_cannot_write_is_told_in_a_sentence(model, tmp_path, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("no such operation")

    monkeypatch.setattr(keras.Model, "export", fail)
    with pytest.raises(InputError, match="cannot write this model as a SavedModel: no such op"):
        export_model(model, "savedmodel", tmp_path / "saved")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].ending])
def test_a_file_must_end_as_its_format_does(name, model, tmp_path):
    with pytest.raises(InputError, match=r"must be the name of a file that ends in \."):
        export_model(model, name, tmp_path / "model.txt")
