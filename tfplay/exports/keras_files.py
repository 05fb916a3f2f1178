"""What Keras itself writes: a `.keras` file, a SavedModel, an ONNX file."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from tfplay.config import ModelConfig
from tfplay.cutting import cut_text
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.store.weights import save_model
from tfplay.text.files import draft, require_free_folder

_SAVED = {"saved_model.pb", "fingerprint.pb", "variables", "assets"}
_NEEDED_FOR_ONNX = ("onnx", "onnxruntime", "tf2onnx")
_MOST_DIFFERENT = 1e-4
"""How much a logit of what was written may differ from the model's."""


def export_keras(model: Model, path: Path) -> None:
    """Writes a `.keras` file, which `keras.saving.load_model` opens after `import tfplay.models`.

    Args:
        model: The model.
        path: Where to; a file that is there is replaced.
    """
    save_model(model.load().model, path)


def export_saved_model(model: Model, folder: Path) -> None:
    """Writes the forward pass as a SavedModel that gives the same logits.

    Args:
        model: The model.
        folder: Where to; an earlier export that is there is replaced.

    Raises:
        InputError: Keras does not run on TensorFlow, what was written answers otherwise, or there
            are other files in the folder.
    """
    import keras

    _require_tensorflow("A SavedModel")
    require_free_folder(folder, _SAVED)
    loaded, inputs = model.load().model, example_inputs(model.config)
    logits = np.asarray(loaded(inputs))
    with draft(folder) as place, _failure_told("a SavedModel"):
        loaded.export(place, format="tf_saved_model", verbose=False)
        written = keras.layers.TFSMLayer(place, call_endpoint="serve")
        _require_equal(np.asarray(written(inputs)), logits)


def export_onnx(model: Model, path: Path) -> None:
    """Writes the forward pass as an ONNX file that gives the same logits.

    Args:
        model: The model.
        path: Where to; a file that is there is replaced.

    Raises:
        InputError: A library is missing, Keras does not run on TensorFlow, or what was written
            answers otherwise.
    """
    missing = [name for name in _NEEDED_FOR_ONNX if not find_spec(name)]
    if missing:
        raise InputError(
            f"For ONNX {' and '.join(missing)} must be installed: `pip install 'tfplay[onnx]'`."
        )
    _require_tensorflow("An ONNX file")
    from tfplay.exports.onnx_gelu import teach_gelu

    loaded, inputs = model.load().model, example_inputs(model.config)
    logits = np.asarray(loaded(inputs))
    teach_gelu()
    named = {name: _any_length(name, array) for name, array in inputs.items()}
    with draft(path) as place, _failure_told("ONNX"):
        loaded.export(place, format="onnx", verbose=False, input_signature=[named])
        _require_equal(_run_onnx(place, inputs), logits)


def _any_length(name: str, array: np.ndarray) -> Any:
    """An input by its name, of any batch and length; a picture keeps its size."""
    import keras

    shape = (None, None) if array.ndim == 2 else (None, *array.shape[1:])
    return keras.InputSpec(str(array.dtype), shape, name=name)


def _run_onnx(path: Path, inputs: dict[str, np.ndarray]) -> np.ndarray:
    import onnxruntime

    session = onnxruntime.InferenceSession(path)
    named = {each.name: inputs[each.name] for each in session.get_inputs()}
    return session.run(None, named)[0]


def example_inputs(config: ModelConfig) -> dict[str, Any]:
    """Inputs of a batch of two, of random tokens of which some are padding, or random pictures."""
    random = np.random.default_rng(0)
    if config.image_size:
        shape = (2, config.image_size, config.image_size, config.image_channels)
        return {"images": random.random(shape, dtype="float32")}
    lengths = {"encoder_": 7, "decoder_": 5}
    sides = lengths if config.architecture == "encoder-decoder" else {"": 7}
    inputs = {}
    for side, length in sides.items():
        shape = (2, min(length, config.max_sequence_length))
        inputs[f"{side}token_ids"] = random.integers(
            config.vocabulary_size, size=shape, dtype="int32"
        )
        if side != "decoder_":
            inputs[f"{side}padding_mask"] = np.arange(shape[1]) < [[shape[1]], [shape[1] - 2]]
    if config.num_segments:
        inputs["segment_ids"] = random.integers(config.num_segments, size=shape, dtype="int32")
    return inputs


@contextmanager
def _failure_told(what: str) -> Iterator[None]:
    """Tells in one sentence that Keras or a library of others cannot write or run a model."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        reason = cut_text(" ".join(str(error).split()), 200)
        raise InputError(f"Keras cannot write this model as {what}: {reason}.") from error


def _require_tensorflow(what: str) -> None:
    import keras

    if keras.backend.backend() != "tensorflow":
        raise InputError(
            f"{what} is written with KERAS_BACKEND=tensorflow; it is {keras.backend.backend()}."
        )


def _require_equal(written: np.ndarray, logits: np.ndarray) -> None:
    difference = float(np.abs(written - logits).max())
    if not difference < _MOST_DIFFERENT:
        raise InputError(
            f"It is not written: its logits would differ from the model's by {difference:.2g}."
        )
