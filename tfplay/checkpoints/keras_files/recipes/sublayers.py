"""Blocks that are no layers of their own: attention, add, norm and `Dense` in a graph."""

from dataclasses import dataclass
from typing import Any

from tfplay.checkpoints.keras_files.recipes.embedded import Graph
from tfplay.checkpoints.keras_files.recipes.heads import PASSING
from tfplay.checkpoints.keras_files.recipes.parts import (
    Places,
    attention,
    attention_sizes,
    epsilon_of,
    feed_forward,
    norm,
    same,
    width_of,
)
from tfplay.checkpoints.keras_files.spec import KerasFile, Layer
from tfplay.cutting import quoted
from tfplay.errors import InputError

_ACTIVATIONS = {"relu": "relu", "gelu": "gelu", "silu": "silu", "swish": "silu"}


@dataclass(frozen=True)
class Sublayer:
    """What is added to the stream once, with its norm.

    Attributes:
        parts: The layers between the stream and the sum, without dropout.
        norm: What normalises before or after.
        norm_comes_first: Which of both.
        output: The layer that gives the stream after it.
    """

    parts: tuple[Layer, ...]
    norm: Layer
    norm_comes_first: bool
    output: Layer

    @property
    def attends(self) -> bool:
        """Whether it is attention; else it is a feed-forward network."""
        return self.parts[0].class_name == "MultiHeadAttention"


@dataclass(frozen=True)
class Stack:
    """Blocks, each of which is attention and then a feed-forward network.

    Attributes:
        sublayers: Two of each block, in order.
        output: The layer that gives the stream after the last.
    """

    sublayers: tuple[Sublayer, ...]
    output: Layer

    @property
    def attentions(self) -> tuple[Sublayer, ...]:
        """The first of each block."""
        return self.sublayers[::2]

    @property
    def networks(self) -> tuple[Sublayer, ...]:
        """The second of each block."""
        return self.sublayers[1::2]

    def places(self, file: KerasFile, ours: str) -> Places:
        """Where the weights of the blocks stand; `ours` is what our blocks are called."""
        places: Places = {}
        for index, (attends, network) in enumerate(
            zip(self.attentions, self.networks, strict=True)
        ):
            places |= _block(file, f"{ours}_{index}", attends, network)
        return places


def find_stack(graph: Graph, start: Layer) -> Stack | None:
    """The blocks from a layer on that gives their input; `None` if there are none."""
    sublayers, output = _sublayers(graph, start)
    stack = Stack(tuple(sublayers), output)
    if not sublayers or len(sublayers) % 2 or any(each.attends for each in stack.networks):
        return None
    return stack if all(each.attends for each in stack.attentions) else None


def _sublayers(graph: Graph, stream: Layer) -> tuple[list[Sublayer], Layer]:
    """The sublayers from the embedded tokens on, and the stream after the last."""
    found: list[Sublayer] = []
    while sublayer := _sublayer(graph, stream):
        found.append(sublayer)
        stream = sublayer.output
    return found, stream


def _sublayer(graph: Graph, stream: Layer) -> Sublayer | None:
    """What is added to the stream next; `None` if nothing is."""
    readers = graph.readers[stream.name]
    sums = [each for each in readers if each.class_name == "Add"]
    branches = [each for each in readers if each.class_name != "Add"]
    if len(sums) != 1 or len(branches) != 1:
        return None
    [added], [layer] = sums, branches
    before = layer if layer.class_name == "LayerNormalization" else None
    read = stream if before is None else before
    current = layer if before is None else graph.only_reader(before)
    parts: list[Layer] = []
    while current is not None and current is not added:
        if {*current.inputs} != {read.name}:
            return None
        if current.class_name not in PASSING:
            parts.append(current)
        read, current = current, graph.only_reader(current)
    if current is not added or not parts:
        return None
    after = graph.only_reader(added)
    if before is None and (after is None or after.class_name != "LayerNormalization"):
        return None
    norm_layer = before or after
    assert norm_layer is not None  # one of both is there
    output = added if before is not None else norm_layer
    return Sublayer(tuple(parts), norm_layer, before is not None, graph.behind_dropout(output))


def stack_settings(file: KerasFile, stack: Stack) -> dict[str, Any]:
    """What is the same for all blocks."""
    attentions = [each.parts[0] for each in stack.attentions]
    sizes = {layer.name: attention_sizes(file, layer.path) for layer in attentions}
    pairs = [_two_dense(each) for each in stack.networks]
    first = {each.norm_comes_first for each in stack.sublayers}
    activations = {up.choice("activation", _ACTIVATIONS) for up, _ in pairs}
    epsilons = {epsilon_of(each.norm) for each in stack.sublayers}
    outer = {down.choice("activation", _ACTIVATIONS | {"linear": "none"}) for _, down in pairs}
    if outer not in ({"none"}, activations):
        raise InputError(
            f"The feed-forward networks have {quoted(sorted(activations))} inside and "
            f"{quoted(sorted(outer))} at their end; here that is the same one or none."
        )
    if len(first) + len(activations) + len(epsilons) > 3:
        raise InputError(
            "The blocks differ in where they normalise, in their activation or in the epsilon of "
            "their norms; here all blocks are alike."
        )
    inner = {up.name: width_of(file, up.path) for up, _ in pairs}
    return {
        "num_layers": len(attentions),
        "num_heads": same({name: each[1] for name, each in sizes.items()}, "heads"),
        "head_dim": same({name: each[2] for name, each in sizes.items()}, "values a head"),
        "intermediate_dim": same(inner, "neurons"),
        "normalize_first": first.pop(),
        "use_final_norm": False,
        "activation": activations.pop(),
        "activate_output": outer != {"none"},
        "norm_epsilon": epsilons.pop(),
    }


def _two_dense(sublayer: Sublayer) -> tuple[Layer, Layer]:
    """The two `Dense` of a feed-forward network, in a row or in a `Sequential`."""
    parts = sublayer.parts
    if len(parts) == 1 and parts[0].class_name == "Sequential":
        parts = tuple(each for each in parts[0].layers if each.class_name not in PASSING)
    if [each.class_name for each in parts] != ["Dense", "Dense"]:
        told = quoted([each.class_name for each in parts])
        raise InputError(
            f"After {quoted(sublayer.norm.name)} a feed-forward network has {told}; here it has "
            "two Dense."
        )
    return parts[0], parts[1]


def _block(file: KerasFile, ours: str, attends: Sublayer, network: Sublayer) -> Places:
    up, down = _two_dense(network)
    places = attention(file, f"{ours}/self_attention", attends.parts[0].path)
    places |= norm(f"{ours}/self_attention_residual/norm", attends.norm.path)
    places |= feed_forward(file, f"{ours}/feed_forward", up.path, down.path)
    return places | norm(f"{ours}/feed_forward_residual/norm", network.norm.path)
