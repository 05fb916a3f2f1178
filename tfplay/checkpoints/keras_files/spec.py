"""What a Keras file says of its model: layers, how they follow each other, shapes of weights.

Texts in it are compared and shown, and never looked up, imported or called.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from tfplay.checkpoints.sources.base import Tensor
from tfplay.cutting import quoted
from tfplay.errors import InputError


class Read(NamedTuple):
    """What a layer is given.

    Attributes:
        layer: Name of the layer that gives it.
        number: Which of that layer's outputs it is.
        key: Under which name it is given; empty without one.
    """

    layer: str
    number: int = 0
    key: str = ""


@dataclass(frozen=True)
class Layer:
    """A layer of a graph, as the file describes it.

    Attributes:
        name: Its own.
        class_name: Of its class, without the package; only ever compared.
        path: What the names of its weights begin with.
        settings: Its configuration.
        reads: Outputs of other layers that it is given, in order.
        call: What else it is called with, by name.
        index: Of an operation that takes a part of an array, what it takes of each axis: a number,
            or `None` for all.
        layers: Those within it, if it is a model.
        outputs: Names of those within it whose outputs are its own.
        package: What its class is of, such as `keras`; empty for one of the user's own.
    """

    name: str
    class_name: str
    path: str
    settings: Mapping[str, Any]
    reads: tuple[Read, ...] = ()
    call: Mapping[str, Any] = field(default_factory=dict)
    index: tuple[int | None, ...] = ()
    layers: tuple["Layer", ...] = ()
    outputs: tuple[str, ...] = ()
    package: str = ""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the layers whose outputs it is given, in order."""
        return tuple(each.layer for each in self.reads)

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
