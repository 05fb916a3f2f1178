"""A model: what one looks into and uses, wherever it comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tfplay.config import ModelConfig, count_parameters
from tfplay.errors import InputError
from tfplay.recipes.recipe import Recipe
from tfplay.store.records import MAX_TOKENIZER_BYTES
from tfplay.store.snapshots import find_snapshots, snapshot_path
from tfplay.store.trust import TRUST, load_trust
from tfplay.store.weights import load_model, load_weights
from tfplay.tasks import TASKS, TrainedModel
from tfplay.text import Tokenizer, load_tokenizer
from tfplay.text.files import read_json, read_utf8

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models import TransformerModel
from tfplay.untrusted import require_small

TOKENIZER, MODEL, WEIGHTS, SOURCE = "tokenizer.json", "model.keras", "model.npz", "source"
SOURCE_TOKENIZER, ABOUT = "source_tokenizer.json", "model.json"
"""Files of a model's folder."""


class LearnedFrom(NamedTuple):
    """What a model learned from."""

    recipe: Recipe
    path: Path
    """The data file; it may be gone, and what came with TFPlay comes without."""


@dataclass(frozen=True)
class Model:
    """A model in a folder: what is known of it without Keras, and what it takes to load it.

    The folder holds `model.keras`, or the weights alone as `model.npz`, or in `source/` the files
    of whoever published it; `tokenizer.json`, if it reads text, and `source_tokenizer.json`, if it
    reads by another vocabulary than it writes; and perhaps `snapshots/` of its weights after some
    steps, `trust.npz` of when its answers can be trusted, its card `README.md` and what was
    measured of it, `figures.json`.

    Attributes:
        path: The folder.
        title: What people call it.
        origin: Whether it was trained here, came with TFPlay, or was opened from somebody's file.
        created: When it was made.
        task: Name of what it has learned, in `tfplay.tasks.TASKS`.
        config: What it is made of.
        labels: Names of the classes it tells apart; empty if its task has none.
        examples: What it is good to try on; may be empty.
        window: How many tokens of its context it was measured to use; `None` is all.
        learned_from: `None` if nobody here knows.
        step: It is as it was after this step of its training; `None` is as it ended.
        licence: Under which it was published; empty if nobody here knows, or it was not.
        owner: Digest of the secret of the visitor whose copy it is; `None` is everybody's, and of
            a trained model its run tells.
        is_downloadable: Whether visitors may take its file away.

    Example:
        >>> model = open_model("translator")
        >>> model.task, model.config.architecture
        ('translation', 'encoder-decoder')
    """

    path: Path
    title: str
    origin: Literal["trained", "shipped", "opened"]
    created: datetime
    task: str
    config: ModelConfig
    labels: tuple[str, ...] = ()
    examples: tuple[Any, ...] = ()
    window: int | None = None
    learned_from: LearnedFrom | None = None
    step: int | None = None
    licence: str = ""
    owner: str | None = None
    is_downloadable: bool = True

    def at(self, step: int | None) -> Model:
        """The model as it was after one of its `steps()`."""
        return replace(self, step=step)

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.path.name

    @property
    def parameters(self) -> int:
        """Numbers that it learns."""
        return count_parameters(self.config)

    @property
    def reads_text(self) -> bool:
        """Whether it has a tokenizer; others read pictures."""
        return not self.config.image_size

    @property
    def corpus(self) -> str | None:
        """Name of the corpus it learned from; `None` if it was another file, or is not known."""
        if self.learned_from is None:
            return None
        recipe = self.learned_from.recipe
        return recipe.data_name.partition(".")[0] if self.origin == "shipped" else recipe.corpus

    @property
    def is_usable(self) -> bool:
        """Whether it can be loaded; while it is trained it may only be so at some steps."""
        has_tokenizer = self.tokenizer_path.is_file() or not self.reads_text
        return has_tokenizer and self.weights_path.exists()

    @property
    def tokenizer_path(self) -> Path:
        """The tokenizer's file."""
        return self.path / TOKENIZER

    @property
    def source_tokenizer_path(self) -> Path:
        """The file of the tokenizer of what it reads, which most have no other for."""
        own = self.path / SOURCE_TOKENIZER
        return own if own.is_file() else self.tokenizer_path

    @property
    def has_two_vocabularies(self) -> bool:
        """Whether it reads by another vocabulary than it writes."""
        return self.source_tokenizer_path != self.tokenizer_path

    @property
    def weights_path(self) -> Path:
        """The weights' file; of what others published, the folder."""
        if self.step is not None:
            return snapshot_path(self.path, self.step)
        others = (self.path / SOURCE, self.path / WEIGHTS)
        return next((path for path in others if path.exists()), self.path / MODEL)

    @property
    def trust_path(self) -> Path:
        """The file of when its answers can be trusted; not every model has one."""
        return self.path / TRUST

    def steps(self) -> list[int]:
        """The steps after which its weights were kept, in order; 0 is before the first."""
        return find_snapshots(self.path)

    @property
    def version(self) -> tuple[str, float]:
        """By what a cache knows these weights, also from others that will take their place."""
        path = self.weights_path
        return str(path), path.stat().st_mtime

    def load_tokenizer(self) -> Tokenizer:
        """The tokenizer it was trained with; of two vocabularies, that of what it writes.

        Raises:
            InputError: It is missing or damaged.
        """
        return self._load_tokenizer(self.tokenizer_path)

    def load_source_tokenizer(self) -> Tokenizer:
        """The tokenizer of what it reads; of most also that of what it writes.

        Raises:
            InputError: It is missing or damaged.
        """
        return self._load_tokenizer(self.source_tokenizer_path)

    def _load_tokenizer(self, path: Path) -> Tokenizer:
        try:
            require_small(path, MAX_TOKENIZER_BYTES)
            return load_tokenizer(path)
        except InputError as error:
            raise InputError(f"The tokenizer of {self.path} cannot be used: {error}") from error

    def load(self) -> TrainedModel:
        """The model with all that it takes to ask it.

        Raises:
            InputError: Something of it is missing or damaged.
        """
        tokenizer = self.load_tokenizer() if self.reads_text else None
        source = self.load_source_tokenizer() if self.has_two_vocabularies else None
        try:
            for each in filter(None, (tokenizer, source)):
                _require_tokenizer(self.config, each)
            _require_labels(self.config, self.labels)
        except InputError as error:
            raise InputError(f"{self.path} is not a whole model: {error}") from error
        model = self._load_model()
        window, trust = None, None
        if self.step is None:  # they were measured at the end of its training
            window = self.window
            trust = load_trust(self.trust_path) if self.trust_path.exists() else None
        return TrainedModel(self.task, model, tokenizer, self.labels, window, source, trust)

    def _load_model(self) -> TransformerModel:
        path = self.weights_path
        if path.name == SOURCE:
            from tfplay.checkpoints.opening import open_checkpoint

            return open_checkpoint(published_files(path)).load_model()
        return (load_weights if path.suffix == ".npz" else load_model)(self.config, path)

    def read_data(self) -> Any:
        """The examples it learned from, as its task reads them.

        Raises:
            InputError: They are gone, or were never known.
        """
        if self.learned_from is None:
            raise InputError(f"What {self.title} learned from is not known here.")
        recipe, path = self.learned_from
        if not path.is_file():
            raise InputError(f"The data {path.name} that {self.title} learned from is gone.")
        return TASKS[self.task].read(path, recipe.columns)

    def card(self) -> str:
        """What it is and can do, in Markdown, without its title.

        Raises:
            InputError: It has no card.
        """
        return read_utf8(self.path / "README.md").partition("\n")[2]

    def trust_record(self) -> dict[str, Any]:
        """What was measured of when its answers can be trusted; empty if nothing was.

        Of a shipped model: see `tfplay.zoo.measure_trust`.
        """
        path = self.path / "trust.json"
        return read_json(path) if path.exists() else {}

    def figures(self) -> dict[str, float]:
        """What was measured of it on examples it was not trained on; empty if nothing was."""
        path = self.path / "figures.json"
        return read_json(path) if path.exists() else {}


def published_files(folder: Path) -> Path:
    """What opens as a checkpoint: the folder, or the one GGUF file that is in it."""
    alone = list(folder.glob("*.gguf"))
    return alone[0] if len(alone) == 1 else folder


def _require_tokenizer(config: ModelConfig, tokenizer: Tokenizer) -> None:
    """Raises an `InputError` unless model and tokenizer belong together."""
    if tokenizer.vocabulary_size != config.vocabulary_size:
        raise InputError(
            f"The tokenizer has {tokenizer.vocabulary_size:,} tokens and the model "
            f"{config.vocabulary_size:,}: they do not belong together."
        )
    if tokenizer.special_tokens.pad is None:
        raise InputError("The tokenizer has no token for padding, which the model needs.")


def _require_labels(config: ModelConfig, labels: tuple[str, ...]) -> None:
    """Raises an `InputError` unless model and classes belong together."""
    if "classification" in config.head and len(labels) != config.num_classes:
        raise InputError(
            f"There are names for {len(labels):,} classes, and the model tells "
            f"{config.num_classes:,} apart: they do not belong together."
        )
