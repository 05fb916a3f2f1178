"""The code of a script that rebuilds a model: templates, filled with what this model has."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import Any

import jinja2

import tfplay
from tfplay.config import GATED_ACTIVATIONS, ModelConfig
from tfplay.errors import InputError
from tfplay.exports.examples import Recorded
from tfplay.store import Model
from tfplay.tasks import TASKS, TrainedModel
from tfplay.text import LibraryTokenizer, Tokenizer, WordTokenizer

VERBS = {
    "translation": "translate",
    "chat": "chat",
    "language-model": "write",
    "classification": "classify",
    "tagging": "tag",
    "masked-words": "fill",
    "answers": "answer",
    "images": "look",
}
"""What the script of each task is called."""

_ROLES = {"translation": "start end", "chat": "end", "language-model": "", "images": ""}
_ROLES |= {"masked-words": "start end mask"}
"""The special tokens that a task's script names; others name the start and the end."""

_OUTPUTS = {
    "classification": "logits of its class (1, {})",
    "token_classification": "logits of each token's class (1, T, {})",
    "span": "logits of the answer's start and end (1, 2, T)",
    "masked_lm": "logits of the word in each place (1, T, V)",
}

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["repr"] = repr


def require_plain(model: Model, trained: TrainedModel) -> None:
    """Raises an `InputError` if the model has a part that no template has."""
    config, tokenizer = model.config, trained.tokenizer_or_none
    has_two_stacks = config.architecture == "encoder-decoder"
    odd = {
        "relative positions": config.position == "relative",
        "stretched rotary positions": config.position == "rotary" and config.rotary_factor != 1,
        "blocks without positions between others": bool(config.unrotated_every),
        "use_class_token false": bool(config.image_size) and not config.use_class_token,
        "activate_output": config.use_feed_forward and config.activate_output,
        "use_final_norm false": config.normalize_first and not config.use_final_norm,
        "share_embeddings false": has_two_stacks and not config.share_embeddings,
        "pooling 'flatten'": config.pooling == "flatten",
        "head_layer_dim": "classification" in config.head and bool(config.head_layer_dim),
        "second_head_layer_dim": bool(config.second_head_layer_dim),
        "a masked-word head unlike BERT's": not _has_usual_word_head(config),
        "a chat template": model.task == "chat" and isinstance(tokenizer, LibraryTokenizer),
        "two vocabularies": model.has_two_vocabularies,
        "no task": model.task not in VERBS,
    }
    for part, is_there in odd.items():
        if is_there:
            raise InputError(f"No script is written for a model with {part}; take a bundle.")


def _has_usual_word_head(config: ModelConfig) -> bool:
    """Whether a head for masked words, if there is one, is the one of the template."""
    is_berts = config.use_prediction_layer and config.tie_prediction
    is_berts &= config.prediction_activation == "gelu"
    is_berts &= config.prediction_epsilon in (None, config.norm_epsilon)
    return config.head != "masked_lm" or is_berts


def script_code(model: Model, trained: TrainedModel, recorded: Recorded) -> str:
    """The script's text, in cells that begin with `# %%`.

    Args:
        model: The model.
        trained: The same, loaded.
        recorded: What the script ends with: an example and its answer.
    """
    config, tokenizer = model.config, trained.tokenizer_or_none
    has_words = isinstance(tokenizer, WordTokenizer)
    template = _TEMPLATES.get_template(f"{config.architecture}.py.jinja")
    text = template.render(
        _about(model)
        | _layers(config)
        | _packages(model, has_words)
        | {
            "class_name": "Transformer",
            "tokens": tokenizer and f"tokens_{'words' if has_words else 'library'}.py.jinja",
            "needs_pieces": model.task in ("masked-words", "answers"),
            "special": _special(model.task, tokenizer, has_words),
            "has_unknown": tokenizer is not None and tokenizer.unknown_id is not None,
            "space_in_word": tokenizer is not None and tokenizer.space_in_word,
            "context": trained.context,
            "task": f"tasks/{model.task}.py.jinja",
            "labels": list(trained.labels),
            "example": recorded.example,
            "answer": recorded.answer,
        }
    )
    return "\n".join(_tidy(text.split("\n"))) + "\n"


def _about(model: Model) -> dict[str, Any]:
    config = model.config
    blocks = f"{config.num_layers} blocks" if config.num_layers > 1 else "one block"
    kind = f"an {config.architecture}" if config.architecture[0] == "e" else "a decoder-only"
    summary = (
        f"This is {kind} transformer with {blocks}, {config.hidden_dim} wide, of "
        f"{model.parameters:,} parameters; it learned: {TASKS[model.task].about.title.lower()}. "
        f"It was exported by TFPlay {tfplay.__version__} and does not need it: the model is "
        "rebuilt below from plain Keras layers, and its weights are read from `weights.npz`."
    )
    return {
        "title": " ".join(model.title.split()),
        "summary": "\n".join(wrap(summary, 98, initial_indent="# ", subsequent_indent="# ")),
    }


def _layers(config: ModelConfig) -> dict[str, Any]:
    """What the templates of layers and models ask for."""
    has_norm = config.normalization != "none"
    kind = "LayerNormalization" if config.normalization == "layer_norm" else "RMSNormalization"
    image = (config.image_size, config.image_size, config.image_channels)
    takes_two = config.architecture == "encoder-decoder" or config.num_segments
    ids = "np.zeros((1, 2)), np.zeros((1, 2))" if takes_two else "np.zeros((1, 2))"
    inputs = "ids, segments" if config.num_segments else "ids"

    def around(name: str, answer: str) -> str:
        """The lines of a sublayer with its norm and residual connection."""
        comes_first = has_norm and config.normalize_first
        said = answer.format(y="y" if comes_first else "x")
        said = f"x + {said}" if config.use_residual else said
        if comes_first:
            return f"        y = self.{name}_norm(x)\n        x = {said}"
        return f"        x = self.{name}_norm({said})" if has_norm else f"        x = {said}"

    return {
        "c": config,
        "has_norm": has_norm,
        "norm_layer": f"keras.layers.{kind}(epsilon={config.norm_epsilon}, name=name)",
        "around": around,
        "has_mask": config.architecture != "encoder-only" and config.use_causal_mask,
        "gate": config.activation in GATED_ACTIVATIONS,
        "activation": _activation(config.activation),
        "inputs": "images" if config.image_size else inputs,
        "dummy": f"np.zeros({(1, *image)})" if config.image_size else ids,
        "output_told": _OUTPUTS.get(config.head, "").format(config.num_classes),
    }


def _activation(name: str) -> str:
    if name.endswith("_tanh"):
        return "lambda x: ops.gelu(x, approximate=True)"
    return '"silu"' if name == "swiglu" else f'"{name}"'


def _packages(model: Model, has_words: bool) -> dict[str, Any]:
    """What the script imports, and what its reader is told of it."""
    needs_regex = has_words or model.task in ("tagging", "answers")
    composes = has_words or model.task in ("masked-words", "answers")
    has_library = model.reads_text and not has_words
    lines = {
        "import json": has_words,
        "import unicodedata": composes,
        "import warnings": model.config.architecture == "encoder-decoder",
        "from pathlib import Path": True,
        "": True,
        "import keras": True,
        "import numpy as np": True,
        "import regex": needs_regex,
        "from keras import ops": True,
        "from tokenizers import Tokenizer": has_library,
    }
    libraries = {"tokenizers": has_library, "regex": needs_regex}
    needed = [name for name, is_needed in libraries.items() if is_needed]
    return {
        "imports": [line for line, is_needed in lines.items() if is_needed],
        "packages": " ".join(["keras", "tensorflow", *needed]),
    }


def _special(task: str, tokenizer: Tokenizer | None, has_words: bool) -> str:
    """The lines that name special tokens."""
    if tokenizer is None:
        return ""
    roles = _ROLES.get(task, "start end").split()
    if task == "tagging" and tokenizer.unknown_id is not None:
        roles.append("unknown")
    lines = []
    if roles:
        ids = ", ".join(str(tokenizer.special_id(role)) for role in roles)
        lines.append(f"{', '.join(map(str.upper, roles))} = {ids}")
    if task == "chat":
        said = {role: tokenizer.special_id(role) for role in ("system", "user", "assistant")}
        lines.append(f"ROLES = {said}")
    if has_words:
        spelled = tokenizer.special_tokens.spellings
        lines.append(f"SPECIAL = {sorted(map(tokenizer.vocabulary.index, spelled))}")
    return "\n".join(lines)


def _tidy(lines: list[str]) -> Iterator[str]:
    """The lines of Python with empty ones where people put them, wherever the templates do."""
    before, empty = "# %%", 0
    for line in lines:
        line = line.rstrip()
        if not line:
            empty += 1
            continue
        is_inside = line.startswith(" ")
        if before.startswith("# %%"):
            wanted = 0
        elif line.startswith("# %%"):
            wanted = 1
        elif is_inside:
            wanted = int(line.lstrip().startswith("def "))
        elif line.startswith(("def ", "class ")) or before.startswith(" "):
            wanted = 2
        else:
            wanted = min(empty, 1)
        yield from [""] * wanted
        yield line
        before, empty = line, 0
