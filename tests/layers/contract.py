"""What every layer of ours keeps to, whatever it computes."""

import inspect
import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import ops

from tests.layers.samples import randomize

Arrays = dict[str, np.ndarray]


def run_layer_contract(
    layer_class: type[keras.Layer], init_kwargs: dict[str, Any], inputs: Arrays, folder: Path
) -> None:
    """Checks one layer in one variation.

    Args:
        layer_class: The layer.
        init_kwargs: Its arguments, as plain JSON values.
        inputs: The arrays of one call, by the names that `call` gives them.
        folder: An empty place to save a model in.
    """
    layer = layer_class(**init_kwargs)
    outputs = layer(**inputs)
    check_config(layer, init_kwargs)
    check_build(layer, inputs)

    model = functional_model(randomize(layer), inputs)
    assert model.outputs[0].shape == outputs.shape
    check_mixed_precision(layer, inputs)
    check_save_and_load(model, inputs, folder / "model.keras")
    if model.trainable_weights:
        check_training_step(model, inputs)


def check_config(layer: keras.Layer, init_kwargs: dict[str, Any]) -> None:
    """Every argument survives the way to JSON text and back."""
    config = layer.get_config()
    assert init_kwargs.items() <= config.items()
    rebuilt = type(layer).from_config(json.loads(json.dumps(config)))
    assert rebuilt.get_config() == config


def check_build(layer: keras.Layer, inputs: Arrays) -> None:
    """`build` alone makes the weights that a first call makes, and every one of them."""
    rebuilt = type(layer).from_config(layer.get_config())
    shapes = {f"{name}_shape": array.shape for name, array in inputs.items()}
    expected = inspect.signature(rebuilt.build).parameters
    if len(expected) == 1:
        rebuilt.build(next(iter(shapes.values())))
    else:
        rebuilt.build(**{name: shapes.get(name) for name in expected})
    assert describe_weights(rebuilt) == describe_weights(layer)
    rebuilt(**inputs)
    assert describe_weights(rebuilt) == describe_weights(layer)


def describe_weights(layer: keras.Layer) -> list[tuple[str, tuple[int, ...]]]:
    return [(weight.name, weight.shape) for weight in layer.weights]


def check_mixed_precision(layer: keras.Layer, inputs: Arrays) -> None:
    """In mixed precision weights stay float32, and outputs are bfloat16 but nearly the same."""
    mixed = type(layer).from_config(layer.get_config() | {"dtype": "mixed_bfloat16"})
    outputs = mixed(**inputs)
    assert keras.backend.standardize_dtype(outputs.dtype) == "bfloat16"
    assert {weight.dtype for weight in mixed.weights} <= {"float32"}

    mixed.set_weights(layer.get_weights())
    expected = ops.convert_to_numpy(layer(**inputs))
    difference = ops.convert_to_numpy(ops.cast(mixed(**inputs), "float32")) - expected
    assert np.abs(difference).mean() < 0.03 * np.std(expected)


def check_save_and_load(model: keras.Model, inputs: Arrays, path: Path) -> None:
    """Every weight comes back, and with it the same outputs."""
    model.save(path)
    loaded = keras.saving.load_model(path)
    assert len(loaded.weights) == len(model.weights)
    np.testing.assert_array_equal(loaded(inputs), model(inputs))


def check_training_step(model: keras.Model, inputs: Arrays) -> None:
    """One step reaches every trainable weight."""
    target = np.random.default_rng(1).normal(size=model.outputs[0].shape)

    def loss(_, outputs):
        return ops.mean(ops.square(outputs - target))

    before = [weight.numpy() for weight in model.trainable_weights]
    model.compile(keras.optimizers.Adam(0.1), loss, run_eagerly=True)
    model.train_on_batch(inputs, target)
    for weight, old in zip(model.trainable_weights, before, strict=True):
        assert not np.array_equal(weight.numpy(), old), f"{weight.path} has not changed"


def functional_model(layer: keras.Layer, inputs: Arrays) -> keras.Model:
    """The smallest model around the layer, with an input for each array."""
    symbolic = {
        name: keras.Input(batch_shape=array.shape, dtype=array.dtype.name, name=name)
        for name, array in inputs.items()
    }
    return keras.Model(symbolic, layer(**symbolic))
