"""What a Keras file says of its model: layers, how they follow each other, shapes of weights.

Texts in it are compared and shown, and never looked up, imported or called.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from tfplay.checkpoints.keras_files.checking import Checked
from tfplay.checkpoints.sources.base import Tensor
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
)
"""Classes of which recipes take for granted what they compute."""
_WITH_LAYERS = ("Functional", "Sequential")


@dataclass(frozen=True)
class Layer:
    """A layer of a graph, as the file describes it.

    Attributes:
        name: Its own.
        class_name: Of its class, without the package; only ever compared.
        path: What the names of its weights begin with.
        settings: Its configuration.
        inputs: Names of the layers whose outputs it is given, in order.
        call: What else it is called with, by name.
        layers: Those within it, if it is a model.
        outputs: Names of those within it whose outputs are its own.
    """

    name: str
    class_name: str
    path: str
    settings: Mapping[str, Any]
    inputs: tuple[str, ...] = ()
    call: Mapping[str, Any] = field(default_factory=dict)
    layers: tuple["Layer", ...] = ()
    outputs: tuple[str, ...] = ()

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number of the configuration, within these bounds."""
        value = self.settings.get(name)
        if type(value) is not int or not low <= value <= high:
            raise self._error(name, f"a whole number from {low:,} to {high:,} is needed")
        return value

    def number(self, name: str, low: float, high: float) -> float:
        """A number of the configuration, within these bounds."""
        value: Any = self.settings.get(name)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not low <= value <= high:
            raise self._error(name, f"a number from {low:g} to {high:g} is needed")
        return value

    def choice(self, name: str, choices: Mapping[str, str]) -> str:
        """What a text of the configuration means here."""
        value = self.settings.get(name)
        if not isinstance(value, str) or value not in choices:
            raise self._error(name, f"here it can be {', '.join(choices)}")
        return choices[value]

    def switch(self, name: str, usual: bool = False) -> bool:
        """A switch of the configuration."""
        value = self.settings.get(name, usual)
        if type(value) is not bool:
            raise self._error(name, "true or false is needed")
        return value

    def _error(self, name: str, needed: str) -> InputError:
        value = quoted(self.settings.get(name))
        return InputError(f"The layer {quoted(self.name)} has the {name} {value}; {needed}.")


@dataclass(frozen=True)
class KerasFile:
    """A Keras file, checked but not understood.

    Attributes:
        path: The file.
        model: The whole model as one layer; of weights alone, one that has no layers.
        tensors: Every weight by its name.
        vocabularies: Lines of each vocabulary in it, by the path of its layer.
        paths: Of all layers, also of those that have no weights.
        keras_version: What saved it; empty if the file does not tell.
    """

    path: Path
    model: Layer
    tensors: Mapping[str, Tensor]
    vocabularies: Mapping[str, list[str]] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    keras_version: str = ""

    @property
    def is_graph(self) -> bool:
        """Whether the file tells how its layers follow each other."""
        return bool(self.model.layers)

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of a weight."""
        return self.tensors[name].shape

    def parts(self, path: str) -> set[str]:
        """Names of what has weights below a path."""
        return set(self._parts.get(path, ()))

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        parts: dict[str, dict[str, None]] = {}
        for name in self.tensors:
            steps = name.split("/")
            for index, step in enumerate(steps):
                parts.setdefault("/".join(steps[:index]), {})[step] = None
        return {path: list(names) for path, names in parts.items()}

    def find(self, *needed: str) -> list[str]:
        """Paths that have parts of these names, in the order of the model's layers."""
        found = [path for path, parts in self._parts.items() if {*needed} <= {*parts}]
        return sorted(found, key=self.place_of)

    def place_of(self, path: str) -> tuple[Any, ...]:
        """By what paths are sorted: the place in the graph, then names, numbers as numbers."""
        ranks = [
            place for layer, place in self._ranks.items() if f"{path}/".startswith(f"{layer}/")
        ]
        steps = re.split(r"(\d+)", path)
        natural = [(int(step), "") if step.isdecimal() else (-1, step) for step in steps]
        return (max(ranks, default=(len(self._ranks),)), natural)

    @cached_property
    def _ranks(self) -> dict[str, tuple[int, ...]]:
        return {layer.path: (rank,) for rank, layer in enumerate(every_layer(self.model.layers))}

    def layer_at(self, path: str) -> Layer | None:
        """The layer of the graph whose weights are at this path."""
        return next((each for each in every_layer(self.model.layers) if each.path == path), None)


def every_layer(layers: Iterable[Layer]) -> Iterator[Layer]:
    """The layers and those within them."""
    for layer in layers:
        yield layer
        yield from every_layer(layer.layers)


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
    if class_name in _KERAS_OWN and (package or "").partition(".")[0] != "keras":
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
    inputs, call = tuple(_inputs(nodes, name)), _call(nodes)
    return Layer(name, class_name, path, settings, inputs, call, layers, outputs)


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
        linked.append(replace(layer, inputs=(linked[-1].name,) if linked else ()))
    return tuple(linked), (linked[-1].name,) if linked else ()


def _inputs(nodes: Any, name: str) -> Iterator[str]:
    """Names of the layers that a layer reads in its only call."""
    if nodes is None or nodes == []:
        return
    if not isinstance(nodes, list) or len(nodes) > 1:
        raise InputError(
            f"The layer {quoted(name)} is called several times, which is not read here."
        )
    waiting = [nodes[0]]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, dict) and each.get("class_name") == "__keras_tensor__":
            history = _mapping(each.get("config"), "A tensor").get("keras_history")
            if not isinstance(history, list) or len(history) != 3:
                raise InputError(f"The layer {quoted(name)} reads {quoted(history)}.")
            yield _text(history[0], "name")
        elif isinstance(each, dict):
            waiting = [*each.values(), *waiting]
        elif isinstance(each, list):
            waiting = [*each, *waiting]


def _call(nodes: Any) -> Mapping[str, Any]:
    """The named arguments of a layer's only call, as far as they are plain."""
    node = nodes[0] if isinstance(nodes, list) and nodes else None
    given = node.get("kwargs") if isinstance(node, dict) else None
    if not isinstance(given, dict):
        return {}
    return {name: value for name, value in given.items() if not isinstance(value, dict | list)}


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
