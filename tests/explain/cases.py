"""Small models of every kind that the Learn pages look into, each with an input."""

from typing import Any

import numpy as np

from tests.layers.samples import SOURCE, TARGET, random_ids
from tests.models.samples import MODERN, POSITIONS, tiny_model
from tfplay.explain import Answer
from tfplay.models import TransformerModel

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "decoder": ("decoder-only", {}),
    "decoder, modern": ("decoder-only", MODERN),
    "decoder, post-norm": ("decoder-only", {"normalize_first": False, **POSITIONS["sinusoidal"]}),
    "decoder, no residual": ("decoder-only", {"use_residual": False}),
    "decoder, no feed-forward": ("decoder-only", {"use_feed_forward": False}),
    "decoder, classes": ("decoder-only", {"head": "classification", "num_classes": 3}),
    "encoder, masked words": ("encoder-only", {"head": "masked_lm", "activation": "gelu_tanh"}),
    "encoder, BERT's": (
        "encoder-only",
        {"head": "span", "num_segments": 2, "normalize_embeddings": True, "normalize_first": False},
    ),
    "encoder, words": ("encoder-only", {"head": "masked_lm", "use_prediction_layer": False}),
    "encoder, words, untied": (
        "encoder-only",
        {"head": "masked_lm", "prediction_activation": "relu", "tie_prediction": False},
    ),
    "encoder, tokens": (
        "encoder-only",
        {"head": "token_classification", "num_classes": 3, "head_layer_dim": 7},
    ),
    "encoder, mean": (
        "encoder-only",
        {"head": "classification", "num_classes": 3, "pooling": "mean", "head_layer_dim": 7},
    ),
    "encoder, activated output": ("encoder-only", {"head": "masked_lm", "activate_output": True}),
    "encoder, two layers before the classes": (
        "encoder-only",
        {"head": "classification", "num_classes": 3, "second_head_layer_dim": 7},
    ),
    "encoder, maximum": (
        "encoder-only",
        {"head": "classification", "num_classes": 3, "pooling": "max"},
    ),
    "encoder-decoder": ("encoder-decoder", {"activation": "relu", "scale_embeddings": True}),
    "encoder-decoder, modern": ("encoder-decoder", MODERN),
}


def model_of(case: str) -> TransformerModel:
    architecture, options = CASES[case]
    return tiny_model(architecture, **options)


def inputs_of(case: str, seed: int = 0) -> dict[str, np.ndarray]:
    """One example."""
    architecture, options = CASES[case]
    if architecture == "encoder-decoder":
        source, target = random_ids(1, SOURCE, seed=seed + 1), random_ids(1, TARGET)
        return {"encoder_token_ids": source, "decoder_token_ids": target}
    inputs = {"token_ids": random_ids(1, TARGET, seed=seed)}
    segments = {"segment_ids": np.array([[0, 0, 1, 1, 1]])}
    return inputs | (segments if options.get("num_segments") else {})


def answers_of(case: str) -> tuple[Answer, Answer]:
    """Two of one row."""
    head = CASES[case][1].get("head", "none")
    row = {"classification": None, "span": 1}.get(head, 3)
    return Answer(row, 2), Answer(row, 0)
