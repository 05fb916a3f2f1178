"""Small models as they are trained here, one that each family is the first to fit.

`python -m tests.checkpoints.exports FOLDER` writes them all, for `make_golden_exports.py`.
"""

import sys
from pathlib import Path

import keras
import numpy as np

from tests.checkpoints.published import made_up_weights
from tfplay.checkpoints.export import export_hugging_face
from tfplay.checkpoints.export.words import SAMPLES
from tfplay.config import ModelConfig
from tfplay.models import build_model
from tfplay.text import BytePairTokenizer, CharacterTokenizer, Tokenizer, WordPieceTokenizer

SIZES = {
    "vocabulary_size": 101,
    "max_sequence_length": 37,
    "num_layers": 2,
    "hidden_dim": 24,
    "num_heads": 3,
    "intermediate_dim": 44,
}
POST_NORM = {"normalize_first": False}
LLAMA = {
    "activation": "swiglu",
    "normalization": "rms_norm",
    "position": "rotary",
    "use_bias": False,
}
SCRATCH = {
    "bert": ("encoder-only", POST_NORM | {"normalize_embeddings": True, "head": "span"}),
    "distilbert": (
        "encoder-only",
        POST_NORM | {"normalize_embeddings": True, "norm_epsilon": 1e-12, "head": "masked_lm"},
    ),
    "megatron-bert": ("encoder-only", {"head": "classification", "num_classes": 3, "dropout": 0.1}),
    "gpt2": ("decoder-only", {"use_bias": False, "tie_embeddings": False}),
    "llama": ("decoder-only", LLAMA | {"num_heads": 6, "num_kv_heads": 2}),
    "mistral": ("decoder-only", LLAMA | {"attention_window": 5}),
    "qwen2": ("decoder-only", LLAMA | {"qkv_bias": True}),
    "qwen3": ("decoder-only", LLAMA | {"use_qk_norm": True, "head_dim": 10}),
    "smollm3": ("decoder-only", LLAMA | {"unrotated_every": 2}),
    "marian": (
        "encoder-decoder",
        POST_NORM | {"position": "sinusoidal", "sinusoidal_layout": "halves"},
    ),
    "bart": ("encoder-decoder", POST_NORM | {"normalize_embeddings": True}),
    "blenderbot": ("encoder-decoder", {}),
    "t5": (
        "encoder-decoder",
        {"activation": "geglu_tanh", "normalization": "rms_norm", "position": "relative"}
        | {"scale_attention": False, "scale_logits": True, "use_bias": False},
    ),
    "vit": (
        "encoder-only",
        {"head": "classification", "num_classes": 5, "use_pooler": False, "vocabulary_size": 0}
        | {"image_size": 12, "patch_size": 4, "image_channels": 3},
    ),
}
TOKENIZERS = {
    "gpt2": BytePairTokenizer,
    "blenderbot": WordPieceTokenizer,
    "megatron-bert": CharacterTokenizer,
}
"""What three of them read with."""


def scratch_config(name: str) -> ModelConfig:
    """What the model is made of."""
    architecture, settings = SCRATCH[name]
    tokenizer = scratch_tokenizer(name)
    size = {"vocabulary_size": tokenizer.vocabulary_size} if tokenizer else {}
    return ModelConfig.from_json({"architecture": architecture, **SIZES, **settings, **size})


def scratch_model(name: str) -> keras.Model:
    """The model, with made-up weights."""
    model = build_model(scratch_config(name))
    arrays = made_up_weights({weight.path: list(weight.shape) for weight in model.weights})
    for weight in model.weights:
        weight.assign(arrays[weight.path])
    return model


def scratch_tokenizer(name: str) -> Tokenizer | None:
    """The tokenizer of a model that has one."""
    kind = TOKENIZERS.get(name)
    return kind.train(SAMPLES, 460) if kind else None


def scratch_inputs(config: ModelConfig) -> dict[str, np.ndarray]:
    """Made-up inputs of such a model."""
    random = np.random.default_rng(1)
    if side := config.image_size:
        return {"images": random.normal(size=(2, side, side, config.image_channels))}
    ids = random.integers(1, config.vocabulary_size, (2, 9))
    mask = np.arange(9) < np.array([[9], [6]])
    if config.architecture != "encoder-decoder":
        return {"token_ids": ids, "padding_mask": mask}
    target = random.integers(1, config.vocabulary_size, (2, 7))
    return {
        "encoder_token_ids": ids,
        "encoder_padding_mask": mask,
        "decoder_token_ids": target,
    }


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "samples.txt").write_text("\0".join(SAMPLES), encoding="utf-8")
    for name in SCRATCH:
        export_hugging_face(scratch_model(name), scratch_tokenizer(name), folder / name)
        np.savez(folder / f"{name}.npz", **scratch_inputs(scratch_config(name)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
