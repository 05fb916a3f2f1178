"""Which family of published models a model of ours is one of."""

from collections.abc import Collection, Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from tfplay.checkpoints.families.base import Family
from tfplay.checkpoints.families.registry import FAMILIES
from tfplay.config import ModelConfig
from tfplay.errors import InputError

_OF_TRAINING = ("dropout", "token_dropout", "initializer_range", "identical_heads")
"""What a trained model's answers do not depend on."""
_FILLED = {"use_bias": False, "output_bias": False, "share_positions": True, "num_segments": 0}
"""Values for which a family with another one will do: its further weights are zeros or copies."""


class Form(NamedTuple):
    """A model of ours as one of a family."""

    family: Family
    written: dict[str, Any]
    """What the family's `config.json` says."""
    config: ModelConfig
    """What that makes when it is read: ours, but for what training needs and what is filled."""
    is_filled: bool
    """Whether its further weights are zeros or copies."""


def find_form(config: ModelConfig, paths: Collection[str]) -> Form:
    """The first family that a model is one of; one that needs no filling comes first.

    Args:
        config: What the model is made of.
        paths: The paths of its weights.

    Raises:
        InputError: It is of no family; the sentence says what keeps it from the nearest.
    """
    forms = list(_forms(config, paths))
    fitting = [form for form in forms if not _obstacles(config, form)]
    if not fitting:
        raise InputError(_objection(config, forms))
    return min(fitting, key=lambda form: form.is_filled)


def _forms(config: ModelConfig, paths: Collection[str]) -> Iterator[Form]:
    """How each family would write it, right or not."""
    for family in FAMILIES.values():
        if family.architecture != config.architecture:
            continue
        written = family.write_config(config)
        places = family.names(config)
        names = frozenset(place.name for path in paths if (place := places.place(path)))
        try:
            theirs = family.read_config(written, names)
        except InputError:  # a value is out of the family's range
            continue
        is_filled = bool(_differences(config, theirs))
        yield Form(family, written, theirs, is_filled)


def _obstacles(config: ModelConfig, form: Form) -> dict[str, Any]:
    """Their value of each setting that is different and cannot be filled."""
    return {
        name: value
        for name, value in _differences(config, form.config).items()
        if name not in _FILLED or getattr(config, name) != _FILLED[name]
    }


def _objection(config: ModelConfig, forms: list[Form]) -> str:
    """Why no family will do: what is different in the nearest."""
    if not forms:
        return f"No family of published {config.architecture} models has such settings."
    nearest = min(forms, key=lambda form: len(_obstacles(config, form)))
    reasons = ", ".join(
        f"{name} is {_said(getattr(config, name))} and there it would be {_said(value)}"
        for name, value in _obstacles(config, nearest).items()
    )
    return (
        f"No family of published models is made like this one; the nearest is "
        f"{nearest.family.title}: {reasons}."
    )


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _differences(ours: ModelConfig, theirs: ModelConfig) -> dict[str, Any]:
    """Their value of each setting that matters and is not the same."""
    unused = _unused(ours) & _unused(theirs)
    return {
        field.name: getattr(theirs, field.name)
        for field in fields(ModelConfig)
        if field.name not in unused and getattr(ours, field.name) != getattr(theirs, field.name)
    }


def _unused(config: ModelConfig) -> set[str]:
    """The settings that make no difference for such a model's answers."""
    names = {*_OF_TRAINING}
    if config.position != "rotary":
        names |= {field.name for field in fields(config) if field.name.startswith("rotary_")}
        names |= {"unrotated_every"}
    if config.position != "relative":
        names |= {"relative_buckets", "relative_max_distance"}
    if config.position != "sinusoidal":
        names |= {"sinusoidal_layout"}
    if config.position != "learned" and not config.normalize_embeddings:
        names |= {"share_positions"}
    if config.architecture == "encoder-only":
        names |= {"tie_embeddings", "use_causal_mask", "attention_window", "output_bias"}
        names |= {"scale_logits"}
    if config.architecture != "encoder-decoder":
        names |= {"share_positions", "share_embeddings"}
    if not config.image_size:
        names |= {"patch_size", "image_channels", "use_class_token"}
    if "classification" not in config.head:
        names |= {"num_classes"}
    if "classification" not in config.head or not (
        config.head_layer_dim or config.second_head_layer_dim
    ):
        names |= {"head_layer_activation"}
    if config.head != "masked_lm":
        names |= {"use_prediction_layer"}
    if config.head != "masked_lm" or not config.use_prediction_layer:
        names |= {"prediction_activation", "prediction_epsilon", "tie_prediction"}
    if config.prediction_epsilon in (None, config.norm_epsilon):
        names |= {"prediction_epsilon"}
    if not config.normalize_first:
        names |= {"use_final_norm"}
    if config.head != "classification":
        names |= {"pooling", "use_pooler", "second_head_layer_dim"}
    if config.pooling is None or (config.pooling, config.architecture) == ("first", "encoder-only"):
        names |= {"pooling"}
    if config.use_bias:
        names |= {"qkv_bias"}
    if not config.tie_embeddings:
        names |= {"scale_logits"}
    return names
