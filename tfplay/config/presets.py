"""Named shapes, from one that trains in a minute to the published ones."""

from typing import Any

from tfplay.config.model import ModelConfig
from tfplay.errors import InputError

_BLOCK_SIZES: dict[str, dict[str, Any]] = {
    "tiny": {"num_layers": 2, "hidden_dim": 64, "num_heads": 4, "max_sequence_length": 64},
    "small": {"num_layers": 4, "hidden_dim": 128, "num_heads": 4, "max_sequence_length": 128},
    "medium": {"num_layers": 6, "hidden_dim": 256, "num_heads": 8, "max_sequence_length": 256},
}

_PUBLISHED: dict[str, dict[str, Any]] = {
    # Vaswani et al., 2017, arXiv:1706.03762, table 3 "base"; a shared vocabulary of about 37000.
    "transformer-base": {
        "architecture": "encoder-decoder",
        "vocabulary_size": 37_000,
        "max_sequence_length": 512,
        "num_layers": 6,
        "hidden_dim": 512,
        "num_heads": 8,
        "activation": "relu",
        "normalize_first": False,
        "position": "sinusoidal",
        "scale_embeddings": True,
        "dropout": 0.1,
    },
    # Devlin et al., 2018, arXiv:1810.04805.
    "bert-base": {
        "architecture": "encoder-only",
        "vocabulary_size": 30_522,
        "max_sequence_length": 512,
        "num_layers": 12,
        "hidden_dim": 768,
        "num_heads": 12,
        "activation": "gelu",
        "normalize_first": False,
        "norm_epsilon": 1e-12,
        "num_segments": 2,
        "normalize_embeddings": True,
        "dropout": 0.1,
        "initializer_range": 0.02,
    },
    # Radford et al., 2019, "Language Models are Unsupervised Multitask Learners".
    "gpt2-small": {
        "architecture": "decoder-only",
        "vocabulary_size": 50_257,
        "max_sequence_length": 1024,
        "num_layers": 12,
        "hidden_dim": 768,
        "num_heads": 12,
        "activation": "gelu_tanh",
        "dropout": 0.1,
        "initializer_range": 0.02,
    },
}

_SMALL = _BLOCK_SIZES["small"] | {"vocabulary_size": 4000}
_PUBLISHED |= {
    # Families at the size of "small": what is trained so is exported as one of them.
    "llama-like": _SMALL
    | {
        "architecture": "decoder-only",
        "num_kv_heads": 2,
        "intermediate_dim": 344,  # 8/3 of the width, as the gate is a third matrix
        "activation": "swiglu",
        "normalization": "rms_norm",
        "position": "rotary",
        "use_bias": False,
        "initializer_range": 0.02,
    },
    "gpt2-like": _PUBLISHED["gpt2-small"] | _SMALL,
    "bert-like": _PUBLISHED["bert-base"] | _SMALL,
    "t5-like": _SMALL
    | {
        "architecture": "encoder-decoder",
        "activation": "relu",
        "normalization": "rms_norm",
        "norm_epsilon": 1e-6,
        "position": "relative",
        "scale_attention": False,
        "scale_logits": True,
        "use_bias": False,
        "dropout": 0.1,
    },
}

PRESETS = (*_BLOCK_SIZES, *_PUBLISHED)


def preset(name: str, architecture: str | None = None, **changes: Any) -> ModelConfig:
    """The configuration of that name.

    `"tiny"`, `"small"` and `"medium"` fit every architecture and need a vocabulary size;
    `"transformer-base"`, `"bert-base"` and `"gpt2-small"` are the published shapes; what ends with
    `-like` is as small as `"small"` and made as the published family.

    Args:
        name: One of `PRESETS`.
        architecture: Which of the three; a published shape has its own.
        **changes: Fields of `ModelConfig` to set otherwise.

    Raises:
        InputError: No preset has this name, it is of another architecture, or a change is
            impossible.

    Example:
        >>> preset("tiny", "decoder-only", vocabulary_size=65)
        >>> preset("gpt2-small")
    """
    if name not in PRESETS:
        raise InputError(f"There is no preset {name!r}; there are {', '.join(PRESETS)}.")
    if name in _BLOCK_SIZES:
        sizes = {"architecture": architecture, **_BLOCK_SIZES[name]}
        return ModelConfig.from_json({**sizes, **changes})
    published = _PUBLISHED[name]
    if architecture not in (None, published["architecture"]):
        raise InputError(f"Preset {name!r} is {published['architecture']}, not {architecture}.")
    return ModelConfig.from_json({**published, **changes})


def preset_fields(name: str) -> dict[str, Any]:
    """The fields of `ModelConfig` that a preset sets; the others follow from them.

    Args:
        name: One of `PRESETS`.
    """
    return dict((_BLOCK_SIZES | _PUBLISHED)[name])
