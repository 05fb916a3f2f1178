"""The recipes, and what is said of a file that none of them made."""

import re

from tfplay.checkpoints.keras_files.reading import Recipe
from tfplay.checkpoints.keras_files.recipes.backbones import read_backbone
from tfplay.checkpoints.keras_files.recipes.keras_book import read_keras_book
from tfplay.checkpoints.keras_files.recipes.keras_examples import read_keras_example
from tfplay.checkpoints.keras_files.recipes.keras_hub import read_keras_hub
from tfplay.checkpoints.keras_files.recipes.plain_graph import read_plain_graph
from tfplay.checkpoints.keras_files.recipes.vision import read_vision_transformer
from tfplay.checkpoints.keras_files.spec import KerasFile, every_layer
from tfplay.cutting import quoted
from tfplay.errors import InputError

RECIPES: tuple[Recipe, ...] = (
    read_backbone,
    read_keras_example,
    read_keras_book,
    read_keras_hub,
    read_vision_transformer,
    read_plain_graph,
)
"""In the order in which they are asked; the first that knows a file reads it."""

_KNOWN = (
    *("Functional", "Sequential", "InputLayer", "Dropout", "SpatialDropout1D", "Dense"),
    *("Embedding", "LayerNormalization", "Add", "Activation", "Softmax", "TextVectorization"),
    *("GlobalAveragePooling1D", "GlobalMaxPooling1D", "MultiHeadAttention"),
)


_ROTARY = re.compile(r"(^|_)(rotary|rope)")
_SHOWN = "In Python, tfplay.show(model, ...) shows the attention of the model as it is."


def require_turned_inside(file: KerasFile, position: str) -> None:
    """Raises an `InputError` if rotary positions are there and a recipe has not read them."""
    if position == "rotary":
        return
    layers = {layer.path: layer for layer in every_layer(file.model.layers)}
    for path in [*layers, *file.paths]:
        if _ROTARY.search(path.rpartition("/")[2]):
            raise InputError(
                f"{file.path.name} has the layer {quoted(path)}, which by its name turns queries "
                "and keys by their positions; rotary positions are read here only inside "
                f"keras-hub's backbones. {_SHOWN}"
            )


def refusal(file: KerasFile) -> InputError:
    """The error that says which layer is not understood, and where it stands."""
    attentions = file.find("query_dense", "key_dense", "value_dense")
    if not attentions:
        return InputError(
            f"{file.path.name} has no attention that is known by the names of its weights: no "
            "query_dense, key_dense and value_dense in any layer."
        )
    counted = "an attention" if len(attentions) == 1 else f"{len(attentions)} attentions"
    layers = list(every_layer(file.model.layers))
    for place, layer in enumerate(layers):
        if layer.class_name not in _KNOWN:
            before = f"after {quoted(layers[place - 1].name)}" if place else "at the beginning"
            parts = sorted(file.parts(layer.path))
            inside = f", with the parts {quoted(parts)}," if parts else ""
            return InputError(
                f"{file.path.name} has {counted}, but the layer "
                f"{quoted(layer.name)} ({quoted(layer.class_name)}) {before}{inside} is of no "
                f"recipe that is known here. {_SHOWN}"
            )
    return InputError(
        f"{file.path.name} has {counted}, the first at "
        f"{quoted(attentions[0])}, in an order that is of no recipe that is known here. {_SHOWN}"
    )
