"""The base class of all layers: what they have in addition to a Keras layer."""

import inspect
from typing import Any

import keras


class TransformerLayer(keras.layers.Layer):
    """A Keras layer that lets masks through, and is loaded with its parts as they were saved."""

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.supports_masking = True

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        """The outputs' shapes and types, the optional ones' too: a symbolic run of `call`."""
        return keras.Operation.compute_output_spec(self, *args, **kwargs)

    @classmethod
    def argument_names(cls) -> list[str]:
        """The layer's own arguments, those of its base classes first."""
        names = [
            name
            for base in reversed(cls.__mro__)
            if issubclass(base, TransformerLayer)
            for name in inspect.signature(base.__init__).parameters
        ]
        return [name for name in dict.fromkeys(names) if name not in ("self", "kwargs")]

    def get_config(self) -> dict[str, Any]:
        """The arguments: a layer keeps each under its name, or adds what it keeps elsewhere."""
        kept = [name for name in self.argument_names() if hasattr(self, name)]
        return super().get_config() | {name: _plain(getattr(self, name)) for name in kept}

    def get_build_config(self) -> dict[str, Any]:
        """The shapes that the layer was built with, and its frozen and quantized parts."""
        return (super().get_build_config() or {}) | {"parts": parts_state(self)}

    def build_from_config(self, config: dict[str, Any]) -> None:
        """Makes the weights, and restores the state that the parts had."""
        super().build_from_config(config)
        restore_parts(self, config.get("parts", {}))


def _plain(argument: Any) -> Any:
    """The argument in plain JSON types."""
    if isinstance(argument, keras.initializers.Initializer):
        return keras.initializers.serialize(argument)
    return argument


def parts_state(layer: keras.Layer) -> dict[str, Any]:
    """Which parts of a layer were frozen or quantized after they were made.

    A layer that makes its own parts makes them new when it is loaded, and its arguments do not say
    that `block.feed_forward.trainable` was set or `quantize("int8")` called.
    """
    parts = layer._flatten_layers()
    return {
        "trainable": [part.trainable for part in parts],
        "quantization": {
            str(index): keras.saving.serialize_keras_object(part.quantization_config)
            for index, part in enumerate(parts)
            if getattr(part, "quantization_config", None) is not None
        },
    }


def restore_parts(layer: keras.Layer, state: dict[str, Any]) -> None:
    """Restores a state that `parts_state` returned in the parts of a built layer."""
    parts = layer._flatten_layers()
    for index, quantization in state.get("quantization", {}).items():
        parts[int(index)].quantize(config=keras.saving.deserialize_keras_object(quantization))
    for part, trainable in zip(parts, state.get("trainable", ()), strict=False):
        if part.trainable != trainable:  # setting it also sets it for inner layers
            part.trainable = trainable
