"""The examples of keras.io: text classification, named entities, and the miniature GPT.

All three have a `TransformerBlock` and a `TokenAndPositionEmbedding` of the same attributes.
"""

from typing import Any

from tfplay.checkpoints.keras_files.reading import Answers, Reading
from tfplay.checkpoints.keras_files.recipes.heads import Head, read_head
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
from tfplay.checkpoints.keras_files.spec import KerasFile
from tfplay.config import ModelConfig
from tfplay.cutting import quoted
from tfplay.errors import InputError

_EPSILON = 1e-6
_BLOCK = ("att", "ffn", "layernorm1", "layernorm2")
_EMBEDDING = ("token_emb", "pos_emb")


def read_keras_example(file: KerasFile, answers: Answers) -> Reading | None:
    """A text classification, a tagging of entities, or a miniature GPT."""
    blocks, embedding_paths = file.find(*_BLOCK), file.find(*_EMBEDDING)
    if not blocks or len(embedding_paths) != 1:
        return None
    [embedding] = embedding_paths
    vocabulary_size, width = matrix(file, f"{embedding}/token_emb")
    head = read_head(file, [embedding, *blocks], width)
    if head.norm:
        raise InputError(
            f"The norm {quoted(head.norm)} follows blocks that normalise at their end."
        )
    is_writer = head.units == vocabulary_size and not head.pooling and len(head.layers) == 1
    heads, head_dim, evidence = _attention(file, blocks, answers)
    is_causal = bool(is_writer or head.pooling) and answers.is_causal(usual=is_writer)
    is_decoder = is_writer or is_causal
    settings: dict[str, Any] = {
        "vocabulary_size": vocabulary_size,
        "max_sequence_length": matrix(file, f"{embedding}/pos_emb")[0],
        "num_layers": len(blocks),
        "hidden_dim": width,
        "num_heads": heads,
        "head_dim": head_dim,
        "intermediate_dim": same(
            {block: width_of(file, two_dense(file, f"{block}/ffn")[0]) for block in blocks},
            "neurons",
        ),
        "normalize_first": answers.norm_comes_first(usual=False),
        "use_final_norm": False,
        "activation": "relu" if len(answers.asked) > 2 else answers.activation(),
        "norm_epsilon": _EPSILON,
        "tie_embeddings": False,
    }
    name = "decoder_block" if is_decoder else "encoder_block"
    places = embeddings(f"{embedding}/token_emb", f"{embedding}/pos_emb")
    for index, block in enumerate(blocks):
        places |= _block(file, f"{name}_{index}", block)
    if is_writer:
        places |= dense(file, "token_prediction/dense", head.layers[0])
        settings |= {"output_bias": True, "use_causal_mask": is_causal}
    else:
        places |= head.places(file)
        settings |= head.settings(file)
    config = ModelConfig("decoder-only" if is_decoder else "encoder-only", **settings)
    evidence += _evidence(head, is_writer)
    return Reading(_title(head, is_writer), config, places, tuple(evidence))


def _attention(file: KerasFile, blocks: list[str], answers: Answers) -> tuple[int, int, list[str]]:
    """Number and width of the heads, and how they are known."""
    if all(f"{block}/att/combine_heads/vars/0" in file.tensors for block in blocks):
        return _older_attention(file, blocks, answers)
    sizes = {block: attention_sizes(file, f"{block}/att") for block in blocks}
    heads = same({block: each[1] for block, each in sizes.items()}, "heads")
    head_dim = same({block: each[2] for block, each in sizes.items()}, "values a head")
    return heads, head_dim, ["Heads and their width are the shape of the matrix of the queries."]


def _older_attention(
    file: KerasFile, blocks: list[str], answers: Answers
) -> tuple[int, int, list[str]]:
    """Of `MultiHeadSelfAttention`, which splits one matrix into heads by a number in its code."""
    width = width_of(file, f"{blocks[0]}/att/query_dense")
    layer = file.layer_at(blocks[0])
    if layer is not None and "num_heads" in layer.settings:
        heads = layer.whole("num_heads", 1, 1024)
        evidence = ["The number of heads is in the configuration of the block."]
    else:
        fitting = [number for number in range(1, 65) if width % number == 0]
        choices = {str(number): f"{number} of {width // number} values" for number in fitting}
        usual = "2" if "2" in choices else "1"
        heads = int(answers.ask("heads", "How many heads has an attention?", choices, usual))
        evidence = []
    if width % heads:
        raise InputError(f"{heads} heads do not divide the width {width} of {quoted(blocks[0])}.")
    return heads, width // heads, evidence


def _block(file: KerasFile, ours: str, theirs: str) -> Places:
    places = feed_forward(file, f"{ours}/feed_forward", *two_dense(file, f"{theirs}/ffn"))
    places |= norm(f"{ours}/self_attention_residual/norm", f"{theirs}/layernorm1")
    places |= norm(f"{ours}/feed_forward_residual/norm", f"{theirs}/layernorm2")
    attends = f"{ours}/self_attention"
    if f"{theirs}/att/combine_heads/vars/0" not in file.tensors:
        return places | attention(file, attends, f"{theirs}/att")
    for name, layer in (
        *((name, f"{name}_dense") for name in ("query", "key", "value")),
        ("output", "combine_heads"),
    ):
        places |= dense(file, f"{attends}/{name}", f"{theirs}/att/{layer}")
    return places


def _title(head: Head, is_writer: bool) -> str:
    if is_writer:
        return "the miniature GPT recipe"
    return "the text classification recipe" if head.pooling else "the entity recognition recipe"


def _evidence(head: Head, is_writer: bool) -> list[str]:
    last = "It has an output for each token of the vocabulary: the next token's." * is_writer
    return [
        "Its blocks have the parts att, ffn, layernorm1 and layernorm2, as TransformerBlock of "
        "keras.io has.",
        last or head.told,
        f"The norms of the recipe add {_EPSILON:g} to the variance.",
    ]
