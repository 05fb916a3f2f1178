"""Stacks of blocks whose parts have known names: translations, classifiers, writers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfplay.checkpoints.families.names import Place, View
from tfplay.checkpoints.keras_files.reading import Answers, Reading
from tfplay.checkpoints.keras_files.recipes.embedded import Embedded, Graph, find_embedded
from tfplay.checkpoints.keras_files.recipes.heads import MASKING, PASSING, read_head
from tfplay.checkpoints.keras_files.recipes.parts import (
    Places,
    attention,
    attention_sizes,
    dense,
    embeddings,
    feed_forward,
    matrix,
    norm,
    same,
    two_dense,
    width_of,
)
from tfplay.checkpoints.keras_files.spec import KerasFile, every_layer
from tfplay.config import ModelConfig
from tfplay.cutting import quoted
from tfplay.errors import InputError

_IMPOSSIBLE = -1e9
"""The logit of an id that only the other vocabulary has."""


@dataclass(frozen=True)
class BlockNames:
    """What a recipe calls the parts of its blocks and embeddings.

    Attributes:
        title: What the recipe is called, after "of".
        encoder: The self-attention of an encoder block, its norm, the two `Dense` of the
            feed-forward network (or twice the `Sequential` that has them), its norm.
        decoder: The same of a decoder block, with cross-attention and its norm after the first two.
        embedding: The token and the position embedding.
        habits: What else a configuration says of the blocks of these paths: `normalize_first`,
            `activation`, `norm_epsilon`.
        is_decoder: Whether the block of a path, which has the parts of an encoder block, is causal.
    """

    title: str
    encoder: tuple[str, ...]
    decoder: tuple[str, ...]
    embedding: tuple[str, str]
    habits: Callable[[KerasFile, list[str], Answers], dict[str, Any]]
    is_decoder: Callable[[str], bool] = lambda path: False

    def dense_paths(self, file: KerasFile, block: str) -> tuple[str, str]:
        """Paths of the two `Dense` of a block's feed-forward network."""
        up, down = (f"{block}/{part}" for part in self.encoder[2:4])
        return two_dense(file, up) if up == down else (up, down)


def read_named_blocks(file: KerasFile, answers: Answers, names: BlockNames) -> Reading | None:
    """A translation, or an encoder or a decoder alone; `None` if no block has these names."""
    decoders = file.find(*names.decoder)
    others = [path for path in file.find(*names.encoder) if path not in decoders]
    tables = file.find(*names.embedding)
    if others and decoders and len(tables) == 2:
        return _translation(file, answers, names, others, decoders, tables)
    if not others or decoders or len(tables) > 1:
        return None
    if tables:
        tokens, positions = (f"{tables[0]}/{part}" for part in names.embedding)
        embedded = Embedded(tokens, positions, None, _masks_zero(file, tables[0]))
        return _one_stack(file, answers, names, others, embedded, [tables[0]])
    found = find_embedded(file, Graph(file.model.layers))
    if found is None:
        return None
    return _one_stack(file, answers, names, others, found, [])


def _one_stack(
    file: KerasFile,
    answers: Answers,
    names: BlockNames,
    blocks: list[str],
    embedded: Embedded,
    tables: list[str],
) -> Reading:
    vocabulary_size, width = matrix(file, embedded.tokens)
    head = read_head(file, [*tables, *blocks], width, embedded.output)
    causal = {names.is_decoder(block) for block in blocks}
    if len(causal) > 1:
        raise InputError("The model has causal blocks and others in one row; here all are alike.")
    [is_causal] = causal
    settings = _settings(file, answers, names, blocks, [])
    places = embedded.places()
    if head.norm:
        head.require_norm(file, settings["normalize_first"], settings["norm_epsilon"])
        places |= norm("final_norm", head.norm)
        settings["use_final_norm"] = True
    is_writer = is_causal and not head.pooling
    if is_writer:
        head.require_words(vocabulary_size)
        settings |= {"tie_embeddings": False, "output_bias": True}
        places |= dense(file, "token_prediction/dense", head.layers[0])
    else:
        settings |= head.settings(file)
        places |= head.places(file)
    config = embedded.config(file, is_causal, **settings)
    ours = "decoder_block" if is_causal else "encoder_block"
    for index, block in enumerate(blocks):
        places |= block_places(file, f"{ours}_{index}", block, names, names.encoder)
    kind = "text classification" if head.pooling else "entity recognition"
    kind = "masked words" if head.word_head else kind
    recipe = f"the {'text generation' if is_writer else kind} of {names.title}"
    evidence = (*_evidence(names), head.told)
    return Reading(recipe, config, places, evidence, embedded.masks_zero, head.roles)


def _translation(
    file: KerasFile,
    answers: Answers,
    names: BlockNames,
    encoders: list[str],
    decoders: list[str],
    tables: list[str],
) -> Reading:
    if len(encoders) != len(decoders):
        raise InputError(
            f"The model has {len(encoders)} encoder blocks and {len(decoders)} decoder blocks; "
            "here there are as many."
        )
    source, target = _in_order(file, encoders[0], decoders[0], tables)
    output = _prediction(file, [*tables, *encoders, *decoders])
    source_size, width = matrix(file, f"{source}/{names.embedding[0]}")
    target_size = matrix(file, f"{target}/{names.embedding[0]}")[0]
    lengths = [matrix(file, f"{table}/{names.embedding[1]}")[0] for table in (source, target)]
    size, length = max(source_size, target_size), min(lengths)
    config = ModelConfig(
        "encoder-decoder",
        size,
        length,
        hidden_dim=width,
        tie_embeddings=False,
        output_bias=True,
        share_positions=False,
        share_embeddings=False,
        **_settings(file, answers, names, encoders, decoders),
    )
    places = _table(names, source, "embeddings", size, length)
    places |= _table(names, target, "decoder_embeddings", size, length)
    places |= _padded_prediction(dense(file, "token_prediction/dense", output), size)
    for index, (encoder, decoder) in enumerate(zip(encoders, decoders, strict=True)):
        places |= block_places(file, f"encoder_block_{index}", encoder, names, names.encoder)
        places |= block_places(file, f"decoder_block_{index}", decoder, names, names.decoder)
    evidence = (
        *_evidence(names),
        f"One embedding of {source_size:,} words leads to the encoder, one of {target_size:,} to "
        "the decoder.",
        "Without its vocabularies, ids 2 and 3 are taken for the tokens that begin and end a "
        "target.",
    )
    recipe = f"the machine translation of {names.title}"
    layers = [file.layer_at(table) for table in (source, target)]
    inputs = [layer.inputs[0] for layer in layers if layer and layer.inputs]
    return Reading(
        recipe,
        config,
        places,
        evidence,
        _masks_zero(file, source),
        roles=dict(zip(inputs, ("encoder_token_ids", "decoder_token_ids"), strict=False)),
        vocabulary_sizes=(source_size, target_size),
    )


def _masks_zero(file: KerasFile, table: str) -> bool:
    """Whether the file says that ids of 0 are padding."""
    layer = file.layer_at(table)
    return layer is not None and layer.switch("mask_zero")


def _settings(
    file: KerasFile, answers: Answers, names: BlockNames, encoders: list[str], decoders: list[str]
) -> dict[str, Any]:
    """What is the same for all blocks."""
    attentions = [f"{block}/{names.encoder[0]}" for block in encoders]
    attentions += [f"{block}/{part}" for block in decoders for part in names.decoder[:4:2]]
    sizes = {path: attention_sizes(file, path) for path in attentions}
    blocks = [*encoders, *decoders]
    inner = {block: width_of(file, names.dense_paths(file, block)[0]) for block in blocks}
    return {
        "num_layers": len(encoders),
        "num_heads": same({path: each[1] for path, each in sizes.items()}, "heads"),
        "head_dim": same({path: each[2] for path, each in sizes.items()}, "values a head"),
        "intermediate_dim": same(inner, "neurons"),
        "use_final_norm": False,
        **names.habits(file, blocks, answers),
    }


def _in_order(file: KerasFile, encoder: str, decoder: str, tables: list[str]) -> tuple[str, str]:
    """The embeddings of the encoder and of the decoder."""
    layers = {layer.path: layer for layer in every_layer(file.model.layers)}
    if encoder not in layers:
        beside = [table for table in tables if _model_of(table) == _model_of(decoder)]
        if len(beside) == 1:  # the decoder is a model of its own within the whole
            return next(table for table in tables if table not in beside), beside[0]
        return tables[0], tables[1]
    reads = layers[encoder].inputs[:1]
    first = [table for table in tables if layers[table].name in reads]
    if len(first) != 1:
        raise InputError(
            f"The block {quoted(layers[encoder].name)} reads {quoted(list(reads))}; here it "
            "reads an embedding."
        )
    return first[0], next(table for table in tables if table != first[0])


def _model_of(path: str) -> str:
    """The path of the model that a layer is in."""
    return path.rpartition("/")[0]


def _prediction(file: KerasFile, known: list[str]) -> str:
    """Path of the `Dense` that predicts; raises an `InputError` if a layer is not understood."""
    for layer in every_layer(file.model.layers):
        is_known = layer.path in known or layer.class_name in (*PASSING, *MASKING)
        if not is_known and layer.class_name not in ("Functional", "Dense"):
            raise InputError(
                f"The layer {quoted(layer.name)} ({quoted(layer.class_name)}) is not understood; "
                "nothing like it is in the recipe of a translation."
            )
    left = [
        path.removesuffix("/vars/0")
        for path in file.tensors
        if path.endswith("/vars/0") and not any(path.startswith(f"{each}/") for each in known)
    ]
    if len(left) != 1:
        raise InputError(
            f"Beside its blocks and embeddings it has {quoted(left)}; a translation has one Dense."
        )
    if last := file.layer_at(left[0]):
        last.choice("activation", {"softmax": "softmax", "linear": "none"})
    return left[0]


def _table(names: BlockNames, path: str, ours: str, size: int, length: int) -> Places:
    """Embeddings of tokens, filled up to a size, and of positions, cut to a length."""
    theirs = [f"{path}/{part}" for part in names.embedding]
    places = embeddings(theirs[0], theirs[1], ours)
    tokens, positions = f"{ours}/token_embedding/embeddings", f"{ours}/position/position_embeddings"
    filled = View(lambda x: _filled(x, size, axis=0, value=0.0), lambda x: x)
    cut = View(lambda x: x[:length], lambda x: x)
    return {
        tokens: places[tokens]._replace(view=filled),
        positions: places[positions]._replace(view=cut),
    }


def _padded_prediction(places: Places, size: int) -> Places:
    """The prediction for as many ids as both vocabularies have; those beyond are never likely."""

    def padded(place: Place, value: float) -> Place:
        def read(array: np.ndarray) -> np.ndarray:
            return _filled(place.view.read(array), size, axis=-1, value=value)

        return place._replace(view=View(read, place.view.write))

    return {
        path: padded(place, 0.0 if path.endswith("kernel") else _IMPOSSIBLE)
        for path, place in places.items()
    }


def _filled(array: np.ndarray, size: int, axis: int, value: float) -> np.ndarray:
    missing = size - array.shape[axis]
    if missing <= 0:
        return array
    widths = [(0, 0)] * array.ndim
    widths[axis] = (0, missing)
    return np.pad(np.asarray(array, "float32"), widths, constant_values=value)


def block_places(
    file: KerasFile, ours: str, theirs: str, names: BlockNames, parts: tuple[str, ...]
) -> Places:
    """A block: its attentions and its feed-forward network, each with its norm."""
    sublayers = ("self_attention", "cross_attention")[: (len(parts) - 3) // 2]
    places: Places = {}
    for sublayer, attends, normalizes in zip(sublayers, parts[::2], parts[1::2], strict=False):
        places |= attention(file, f"{ours}/{sublayer}", f"{theirs}/{attends}")
        places |= norm(f"{ours}/{sublayer}_residual/norm", f"{theirs}/{normalizes}")
    places |= feed_forward(file, f"{ours}/feed_forward", *names.dense_paths(file, theirs))
    return places | norm(f"{ours}/feed_forward_residual/norm", f"{theirs}/{parts[-1]}")


def _evidence(names: BlockNames) -> list[str]:
    parts = ", ".join(dict.fromkeys(names.encoder))
    return [
        f"Its blocks have the parts {parts}, as those of {names.title} have.",
        "Heads and their width are the shape of the matrix of the queries.",
    ]
