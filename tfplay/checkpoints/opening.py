"""A published checkpoint as a model of ours."""

import os
from dataclasses import dataclass
from functools import cached_property

import keras

from tfplay.checkpoints.assign import OnProgress, assign, match
from tfplay.checkpoints.families.base import Family
from tfplay.checkpoints.families.gguf import as_published
from tfplay.checkpoints.families.registry import find_family
from tfplay.checkpoints.sources.base import Source
from tfplay.checkpoints.sources.opening import open_source
from tfplay.config import ModelConfig
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.models import build_model, weight_shapes


@dataclass(frozen=True)
class Checkpoint:
    """A published model, known but not loaded.

    Attributes:
        source: Its files.
        family: What it is a model of.
        config: What it is made of.

    Example::

        checkpoint = open_checkpoint("bert-tiny")
        model = checkpoint.load_model()
    """

    source: Source
    family: Family
    config: ModelConfig

    @cached_property
    def published(self) -> Source:
        """The source by the names that the Hugging Face layout has."""
        return _by_published_names(self.source)

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the classes that it tells apart, as far as its configuration names them."""
        count = self.config.num_classes if "classification" in self.config.head else 0
        told = self.published.config.get("id2label")
        named = told if isinstance(told, dict) else {}
        return tuple(str(named.get(str(index), f"class {index}"))[:200] for index in range(count))

    def require_fitting(self) -> None:
        """Raises an `InputError` unless each weight has its tensor; reads none."""
        match(weight_shapes(self.config), self.family, self.config, self.published.tensors)

    def load_model(
        self, dtype: str | None = None, on_progress: OnProgress = lambda done, total: None
    ) -> keras.Model:
        """The model of ours with the published weights.

        Args:
            dtype: The precision to hold and compute it in; `None` is Keras' own, float32.
            on_progress: Called with the numbers loaded so far and all there are; it may raise to
                cancel.

        Raises:
            InputError: A tensor is missing, left over, or not what it should be.
        """
        model = build_model(self.config, dtype=dtype, empty=True)
        assign(model, self.family, self.published.tensors, on_progress)
        return model


def open_checkpoint(path: str | os.PathLike) -> Checkpoint:
    """Reads what a published model is, without its weights.

    Args:
        path: A folder as the Hugging Face Hub has it, or a GGUF file.

    Raises:
        InputError: It cannot be read, is of no known family, or its configuration is impossible.

    Example::

        open_checkpoint("SmolLM2-135M-Instruct.Q4_1.gguf").config.num_layers
    """
    source = open_source(path)
    published = _by_published_names(source)
    family = find_family(published.config)
    try:
        config = family.read_config(published.config, frozenset(published.tensors))
    except (AttributeError, TypeError, ValueError) as error:
        raise InputError(f"The checkpoint's configuration cannot be read: {error}.") from error
    return Checkpoint(source, family, config)


def _by_published_names(source: Source) -> Source:
    match source.kind:
        case "gguf":
            return as_published(source)
        case "hugging-face":
            return source
    raise InputError(f"{quoted(source.path.name)} says nothing of the model that its weights make.")
