"""Makes what was found in a Keras file typed: its layers, who reads whom, and its weights.

Texts in it are compared and shown, and never looked up, imported or called.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from tfplay.checkpoints.keras_files.checking import Checked
from tfplay.checkpoints.keras_files.spec import KerasFile, Layer, Read
from tfplay.checkpoints.sources.mapped import BFLOAT16, mapped_tensor
from tfplay.cutting import quoted
from tfplay.errors import InputError

_LONGEST_NAME = 256
_MOST_LAYERS = 2000
_DOTTED = re.compile(r"[A-Za-z_][\w>.-]*")
_NO_WEIGHTS = re.compile(r"(?:optimizer|metrics|_metrics)/.*|.*seed_generator.*|.*_lookup_layer.*")
"""What training, dropout and vocabularies keep beside the weights."""
_PYTHONS_OWN = sys.stdlib_module_names | {"builtins", "__builtin__"}
_KERAS_OWN = (
    *("InputLayer", "Dense", "Embedding", "MultiHeadAttention", "LayerNormalization", "Add"),
    *("Dropout", "SpatialDropout1D", "Identity", "ActivityRegularization", "Activation", "Softmax"),
    *("GlobalAveragePooling1D", "GlobalMaxPooling1D", "NotEqual", "TextVectorization"),
    *("ReversibleEmbedding", "GetItem", "Flatten", "Normalization", "Rescaling", "Resizing"),
    *("RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast"),
)
"""Classes of Keras of which recipes take for granted what they compute."""
_KERAS_HUBS_OWN = (
    *("BertBackbone", "DistilBertBackbone", "GPT2Backbone", "LlamaBackbone", "MaskedLMHead"),
)
"""The same of keras-hub, which was called keras-nlp."""
_LIBRARIES = ("keras", "keras_hub", "keras_nlp")
_WITH_LAYERS = ("Functional", "Sequential")


def as_keras_file(path: Path, checked: Checked) -> KerasFile:
    """Makes what was found in a file typed, within bounds.

    Raises:
        InputError: Something in its configuration is not what it should be, or is Python code.
    """
    tensors = {
        name: mapped_tensor(
            path, name, tuple(shape), BFLOAT16 if dtype == "bfloat16" else np.dtype(dtype), offset
        )
        for name, shape, dtype, offset in checked["weights"]
        if not _NO_WEIGHTS.fullmatch(name)
    }
    if not tensors:
        raise InputError(f"{path.name} has no weights.")
    model = Layer("model", "", "", {})
    if checked["config"] is not None:
        model = _read_layer(checked["config"], "", [_MOST_LAYERS])
    return KerasFile(
        path,
        model,
        tensors,
        checked["vocabularies"],
        tuple(checked["layers"]),
        checked["keras_version"],
    )


def _read_layer(data: Any, path: str, left: list[int]) -> Layer:
    """A layer and those within it; `left` counts how many more there may be."""
    record = _mapping(data, "A layer")
    settings = _mapping(record.get("config", {}), "The configuration of a layer")
    class_name = _text(record.get("class_name"), "class")
    name = _text(record.get("name", settings.get("name", class_name)), "name")
    registered = record.get("registered_name")
    package = record.get("module")
    if isinstance(registered, str) and ">" in registered:
        package = registered.partition(">")[0]
    if package is not None and not (isinstance(package, str) and _DOTTED.fullmatch(package)):
        raise InputError(
            f"The layer {quoted(name)} is of the module {quoted(package)}, which is none."
        )
    if package is not None and package.partition(".")[0] in _PYTHONS_OWN:
        raise InputError(
            f"The layer {quoted(name)} is of the module {quoted(package)}, which is Python's own "
            "and has no layers."
        )
    root = (package or "").partition(".")[0]
    is_anothers = class_name in _KERAS_OWN and root != "keras"
    if is_anothers or (class_name in _KERAS_HUBS_OWN and root not in ("keras_hub", "keras_nlp")):
        class_name = f"{class_name} of another package"  # whatever that computes
    own = {each: value for each, value in settings.items() if each != "layers"}
    if class_name == "Lambda" or "__lambda__" in _kinds_within(own):
        raise InputError(
            f"The layer {quoted(name)} is a Lambda: Python code of whoever saved it, which is not "
            "run here; a layer of Keras that does the same would be read."
        )
    if isinstance(settings.get("vocabulary"), str):
        raise InputError(
            f"The layer {quoted(name)} names the file {quoted(settings['vocabulary'])} as its "
            "vocabulary; no file beside this one is read."
        )
    left[0] -= 1
    if left[0] < 0:
        raise InputError(f"The model has more than {_MOST_LAYERS:,} layers.")
    layers: tuple[Layer, ...] = ()
    outputs: tuple[str, ...] = ()
    if class_name in _WITH_LAYERS or {"layers", "output_layers"} <= settings.keys():
        layers = tuple(_read_layers(settings.get("layers"), path, left))
        if not layers:
            raise InputError(f"The model {quoted(name)} has no layers.")
        if class_name == "Sequential":
            layers, outputs = _in_a_row(layers)
        else:
            outputs = tuple(_named(settings.get("output_layers")))
    nodes = record.get("inbound_nodes")
    return Layer(
        name,
        class_name,
        path,
        settings,
        tuple(_reads(nodes, name)),
        _call(nodes),
        _index(nodes) if class_name == "GetItem" else (),
        layers,
        outputs,
        root if root in _LIBRARIES else "",
    )


def _read_layers(data: Any, path: str, left: list[int]) -> Iterator[Layer]:
    """Layers with the paths that Keras gives their weights: class names, counted."""
    if not isinstance(data, list):
        raise InputError(f"The model's layers are {quoted(data)}, not a list.")
    seen: Counter[str] = Counter()
    names: set[str] = set()
    for each in data:
        class_name = _text(_mapping(each, "A layer").get("class_name"), "class")
        short = _snake_case(class_name.rpartition(">")[2])
        number = f"_{seen[short]}" if seen[short] else ""
        seen[short] += 1
        layer = _read_layer(each, f"{path}/layers/{short}{number}".lstrip("/"), left)
        if layer.name in names:
            raise InputError(f"The model has two layers of the name {quoted(layer.name)}.")
        names.add(layer.name)
        yield layer


def _in_a_row(layers: tuple[Layer, ...]) -> tuple[tuple[Layer, ...], tuple[str, ...]]:
    """The layers of a `Sequential`, each of which reads the one before."""
    linked: list[Layer] = []
    for layer in layers:
        linked.append(replace(layer, reads=(Read(linked[-1].name),) if linked else ()))
    return tuple(linked), (linked[-1].name,) if linked else ()


def _reads(nodes: Any, name: str) -> Iterator[Read]:
    """What a layer is given in its only call."""
    if nodes is None or nodes == []:
        return
    if not isinstance(nodes, list) or len(nodes) > 1:
        raise InputError(
            f"The layer {quoted(name)} is called several times, which is not read here."
        )
    waiting: list[tuple[str, Any]] = [("", nodes[0])]
    while waiting:
        key, each = waiting.pop(0)
        if isinstance(each, dict) and each.get("class_name") == "__keras_tensor__":
            history = _mapping(each.get("config"), "A tensor").get("keras_history")
            if not isinstance(history, list) or len(history) != 3:
                raise InputError(f"The layer {quoted(name)} reads {quoted(history)}.")
            number = history[2] if type(history[2]) is int else 0
            yield Read(_text(history[0], "name"), number, key)
        elif isinstance(each, dict):
            waiting = [*each.items(), *waiting]
        elif isinstance(each, list):
            waiting = [*((key, part) for part in each), *waiting]


def _call(nodes: Any) -> Mapping[str, Any]:
    """The named arguments of a layer's only call, as far as they are plain."""
    node = nodes[0] if isinstance(nodes, list) and nodes else None
    given = node.get("kwargs") if isinstance(node, dict) else None
    if not isinstance(given, dict):
        return {}
    return {name: value for name, value in given.items() if not isinstance(value, dict | list)}


def _index(nodes: Any) -> tuple[int | None, ...]:
    """What `x[:, 0]` takes of each axis: `(None, 0)`; nothing if it takes anything else."""
    node = nodes[0] if isinstance(nodes, list) and nodes else None
    given = node.get("args") if isinstance(node, dict) else None
    taken = given[1] if isinstance(given, list) and len(given) == 2 else None
    index: list[int | None] = []
    for each in taken if isinstance(taken, list) else ():
        bounds = each.get("config") if isinstance(each, dict) else None
        is_all = isinstance(bounds, dict) and all(bound is None for bound in bounds.values())
        if type(each) is not int and not is_all:
            return ()
        index.append(None if is_all else each)
    return tuple(index)


def _named(outputs: Any) -> Iterator[str]:
    """Names in `[name, 0, 0]`, or in a list or a dictionary of those."""
    if isinstance(outputs, list) and outputs and isinstance(outputs[0], str):
        yield _text(outputs[0], "name")
    elif isinstance(outputs, list | dict):
        for each in outputs.values() if isinstance(outputs, dict) else outputs:
            yield from _named(each)


def _kinds_within(value: Any) -> set[str]:
    """Every `class_name` within a configuration."""
    kinds, waiting = set(), [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            kinds.add(str(each.get("class_name")))
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return kinds


def _mapping(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{what} is {quoted(value)}, not an object.")
    return value


def _text(value: Any, what: str) -> str:
    is_name = isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME and value.isprintable()
    if not is_name:
        raise InputError(f"A layer has the {what} {quoted(value)}, which is none.")
    return value


def _snake_case(name: str) -> str:
    """As Keras spells a class in the names of weights."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
