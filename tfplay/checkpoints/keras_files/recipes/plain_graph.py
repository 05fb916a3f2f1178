"""Models whose blocks are no layers of their own: attention, add, norm and `Dense` in a graph.

The masked language model of keras.io is one, under names like `encoder_0_ffn`.
"""

from dataclasses import dataclass
from typing import Any

from tfplay.checkpoints.keras_files.reading import Answers, Reading
from tfplay.checkpoints.keras_files.recipes.embedded import Graph, find_embedded
from tfplay.checkpoints.keras_files.recipes.heads import PASSING, Head, head_of
from tfplay.checkpoints.keras_files.recipes.parts import (
    Places,
    attention,
    attention_sizes,
    dense,
    epsilon_of,
    feed_forward,
    matrix,
    norm,
    same,
    width_of,
)
from tfplay.checkpoints.keras_files.spec import KerasFile, Layer
from tfplay.cutting import quoted
from tfplay.errors import InputError

_ACTIVATIONS = {"relu": "relu", "gelu": "gelu", "silu": "silu", "swish": "silu"}


@dataclass(frozen=True)
class _Sublayer:
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


def read_plain_graph(file: KerasFile, answers: Answers) -> Reading | None:
    """An encoder or a decoder whose file tells everything, as all its layers are Keras' own."""
    if not any(layer.class_name == "MultiHeadAttention" for layer in file.model.layers):
        return None
    graph = Graph(file.model.layers)
    embedded = find_embedded(file, graph)
    if embedded is None or embedded.output is None:
        return None
    sublayers, last = _sublayers(graph, embedded.output)
    if not sublayers or len(sublayers) % 2:
        return None
    attentions, networks = sublayers[::2], sublayers[1::2]
    if not all(each.attends for each in attentions) or any(each.attends for each in networks):
        return None
    vocabulary_size, _ = matrix(file, embedded.tokens)
    head = head_of(file, graph.row_behind(last))
    settings = _settings(file, sublayers)
    is_causal = _is_causal(attentions)
    places = embedded.places()
    if head.norm:
        head.require_norm(file, settings["normalize_first"], settings["norm_epsilon"])
        places |= norm("final_norm", head.norm)
        settings["use_final_norm"] = True
    kind, ended, head_places = _ending(file, head, vocabulary_size, is_causal)
    config = embedded.config(file, is_causal, **settings, **ended)
    ours = "decoder_block" if is_causal else "encoder_block"
    for index, (attends, network) in enumerate(zip(attentions, networks, strict=True)):
        places |= _block(file, f"{ours}_{index}", attends, network)
    evidence = (
        f"Its graph has {len(attentions)} times attention, a sum, a norm, two Dense, a sum and a "
        "norm, all of them layers of Keras, whose settings are in the file.",
        head.told,
    )
    recipe = f"{kind} from layers of Keras"
    return Reading(recipe, config, places | head_places, evidence, embedded.masks_zero, head.roles)


def _sublayers(graph: Graph, stream: Layer) -> tuple[list[_Sublayer], Layer]:
    """The sublayers from the embedded tokens on, and the stream after the last."""
    found: list[_Sublayer] = []
    while sublayer := _sublayer(graph, stream):
        found.append(sublayer)
        stream = sublayer.output
    return found, stream


def _sublayer(graph: Graph, stream: Layer) -> _Sublayer | None:
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
    return _Sublayer(tuple(parts), norm_layer, before is not None, graph.behind_dropout(output))


def _settings(file: KerasFile, sublayers: list[_Sublayer]) -> dict[str, Any]:
    """What is the same for all blocks."""
    attentions, networks = sublayers[::2], sublayers[1::2]
    sizes = {each.parts[0].name: attention_sizes(file, each.parts[0].path) for each in attentions}
    pairs = [_two_dense(each) for each in networks]
    first = {each.norm_comes_first for each in sublayers}
    activations = {up.choice("activation", _ACTIVATIONS) for up, _ in pairs}
    epsilons = {epsilon_of(each.norm) for each in sublayers}
    if len(first) + len(activations) + len(epsilons) > 3:
        raise InputError(
            "The blocks differ in where they normalise, in their activation or in the epsilon of "
            "their norms; here all blocks are alike."
        )
    for _, down in pairs:
        down.choice("activation", {"linear": "none"})
    inner = {up.name: width_of(file, up.path) for up, _ in pairs}
    return {
        "num_layers": len(attentions),
        "num_heads": same({name: each[1] for name, each in sizes.items()}, "heads"),
        "head_dim": same({name: each[2] for name, each in sizes.items()}, "values a head"),
        "intermediate_dim": same(inner, "neurons"),
        "normalize_first": first.pop(),
        "use_final_norm": False,
        "activation": activations.pop(),
        "norm_epsilon": epsilons.pop(),
    }


def _two_dense(sublayer: _Sublayer) -> tuple[Layer, Layer]:
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


def _is_causal(attentions: list[_Sublayer]) -> bool:
    """Whether each attention is called with the causal mask."""
    causal = {each.parts[0].call.get("use_causal_mask") is True for each in attentions}
    if len(causal) > 1:
        raise InputError("Some attentions are causal and others are not; here all are alike.")
    return causal.pop()


def _ending(
    file: KerasFile, head: Head, vocabulary_size: int, is_causal: bool
) -> tuple[str, dict[str, Any], Places]:
    """What kind of model it is, its settings, and where the weights of its head stand."""
    if head.word_head is not None:
        return "masked words", head.settings(file), head.places(file)
    is_of_words = head.units == vocabulary_size and not head.pooling and len(head.layers) == 1
    if is_causal and not head.pooling:
        head.require_words(vocabulary_size)
        settings: dict[str, Any] = {"tie_embeddings": False, "output_bias": True}
        return "a text generation", settings, dense(file, "token_prediction/dense", head.layers[0])
    if is_of_words:
        settings = {"head": "masked_lm", "use_prediction_layer": False}
        return "masked words", settings, dense(file, "masked_lm/dense", head.layers[0])
    kind = "a text classification" if head.pooling else "a token classification"
    return kind, head.settings(file), head.places(file)


def _block(file: KerasFile, ours: str, attends: _Sublayer, network: _Sublayer) -> Places:
    up, down = _two_dense(network)
    places = attention(file, f"{ours}/self_attention", attends.parts[0].path)
    places |= norm(f"{ours}/self_attention_residual/norm", attends.norm.path)
    places |= feed_forward(file, f"{ours}/feed_forward", up.path, down.path)
    return places | norm(f"{ours}/feed_forward_residual/norm", network.norm.path)
