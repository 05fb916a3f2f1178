"""Models whose blocks are no layers of their own: attention, add, norm and `Dense` in a graph.

The masked language model of keras.io is one, under names like `encoder_0_ffn`.
"""

from collections.abc import Sequence
from typing import Any

from tfplay.checkpoints.keras_files.reading import Answers, Reading
from tfplay.checkpoints.keras_files.recipes.embedded import Graph, find_embedded
from tfplay.checkpoints.keras_files.recipes.heads import Head, head_of
from tfplay.checkpoints.keras_files.recipes.parts import (
    Places,
    dense,
    matrix,
    norm,
)
from tfplay.checkpoints.keras_files.recipes.sublayers import (
    Sublayer,
    find_stack,
    stack_settings,
)
from tfplay.checkpoints.keras_files.spec import KerasFile
from tfplay.errors import InputError


def read_plain_graph(file: KerasFile, answers: Answers) -> Reading | None:
    """An encoder or a decoder whose file tells everything, as all its layers are Keras' own."""
    if not any(layer.class_name == "MultiHeadAttention" for layer in file.model.layers):
        return None
    graph = Graph(file.model.layers)
    embedded = find_embedded(file, graph)
    if embedded is None or embedded.output is None:
        return None
    stack = find_stack(graph, embedded.output)
    if stack is None:
        return None
    vocabulary_size, _ = matrix(file, embedded.tokens)
    head = head_of(file, graph.row_behind(stack.output))
    settings = stack_settings(file, stack)
    is_causal = _is_causal(stack.attentions)
    places = embedded.places()
    if head.norm:
        head.require_norm(file, settings["normalize_first"], settings["norm_epsilon"])
        places |= norm("final_norm", head.norm)
        settings["use_final_norm"] = True
    kind, ended, head_places = _ending(file, head, vocabulary_size, is_causal)
    config = embedded.config(file, is_causal, **settings, **ended)
    ours = "decoder_block" if is_causal else "encoder_block"
    places |= stack.places(file, ours)
    evidence = (
        f"Its graph has {len(stack.attentions)} times attention, a sum, a norm, two Dense, a sum "
        "and a norm, all of them layers of Keras, whose settings are in the file.",
        head.told,
    )
    recipe = f"{kind} from layers of Keras"
    return Reading(recipe, config, places | head_places, evidence, embedded.masks_zero, head.roles)


def _is_causal(attentions: Sequence[Sublayer]) -> bool:
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
