"""A run: the folder in which one training leaves everything it came from and came to."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tfplay
from tfplay.config import JsonConfig, ModelConfig
from tfplay.errors import InputError
from tfplay.store.files import append_json_line, read_json_lines, write_json
from tfplay.store.lock import hold, is_held
from tfplay.store.recipe import Recipe
from tfplay.text import Tokenizer, load_tokenizer
from tfplay.text.files import read_json

if TYPE_CHECKING:  # Keras takes seconds to import, and a list of runs does without
    import keras

    from tfplay.tasks import TrainedModel

SHIPPED = Path(tfplay.__file__).resolve().parent / "zoo" / "models"
"""The models that came with TFPlay, a run folder each, without the data."""

ACTIVE_STATES = ("queued", "running", "stopping")
ENDED_STATES = ("done", "stopped", "failed", "lost")


@dataclass(frozen=True)
class Status(JsonConfig):
    """How a run stands.

    Attributes:
        state: `"queued"`, `"running"`, `"stopping"`, `"done"`, `"stopped"` (on request),
            `"failed"`, or `"lost"`: its process ended without a word.
        message: One sentence: what it is doing, or why it ended.
        pid: The process that trains or trained it.
        progress: The fields of the latest `tfplay.training.Progress`.
        result: What came of it, once it is done or stopped.
    """

    state: str = "queued"
    message: str = "Waiting to be started."
    pid: int | None = None
    progress: dict[str, Any] | None = None
    result: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        if self.state not in ACTIVE_STATES + ENDED_STATES:
            raise InputError(f"{self.state!r} is not the state of a run.")

    @property
    def is_active(self) -> bool:
        """Whether it has not ended."""
        return self.state in ACTIVE_STATES


class Run:
    """A run folder.

    It holds:

    - `config.json`: when it was made, its recipe, and what its model is made of;
    - `data/`: a copy of the data file, under its own name;
    - `status.json`: how it stands;
    - `metrics.jsonl`: the loss and its like, a line every few steps;
    - `tokenizer.json` and `model.keras`: what translates, chats and explains;
    - `stop`, once it was asked to stop; `lock`, held by the process that trains it; `log.txt`, what
      that process printed if it was started in the background.

    Attributes:
        path: The folder.
        created: When it was made.
        recipe: What is trained, on what, and how.

    Raises:
        InputError: The folder is not a run's, or was cut short.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        config = self._read_config()
        try:
            self.created = datetime.fromisoformat(config["created"])
            self.recipe = Recipe.from_json(config["recipe"])
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"{self.path} is not a whole run: config.json: {error}.") from error

    def _read_config(self) -> dict[str, Any]:
        try:
            return read_json(self.path / "config.json")
        except InputError as error:
            raise InputError(f"{self.path} is not a whole run: {error}") from error

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.path.name

    @property
    def title(self) -> str:
        """What people call it: "translation · small · hin.tsv · 21 Nov 08:40"."""
        if self.is_shipped:
            return self._read_config()["title"]
        when = self.created.astimezone()
        parts = self.recipe.task, self.recipe.preset, self.recipe.data_name
        return " · ".join((*parts, f"{when.day} {when:%b %H:%M}"))

    @property
    def is_shipped(self) -> bool:
        """Whether it came with TFPlay."""
        return self.path.parent == SHIPPED

    @property
    def examples(self) -> list[Any]:
        """What a shipped model is good to try on; empty for a visitor's own."""
        return self._read_config().get("examples", [])

    @property
    def data_path(self) -> Path:
        """The copy of the data file."""
        return self.path / "data" / self.recipe.data_name

    @property
    def tokenizer_path(self) -> Path:
        """The tokenizer, once it has learned its vocabulary."""
        return self.path / "tokenizer.json"

    @property
    def model_path(self) -> Path:
        """The model, once it is trained."""
        return self.path / "model.keras"

    @property
    def is_usable(self) -> bool:
        """Whether it has a tokenizer and a trained model."""
        has_tokenizer = self.tokenizer_path.is_file() or self.recipe.task == "images"
        return has_tokenizer and self.model_path.is_file()

    @property
    def parameters(self) -> int | None:
        """Numbers that the model learns; `None` before there is a model."""
        return self._read_config().get("parameters")

    def model_config(self) -> ModelConfig:
        """What the model is made of.

        Raises:
            InputError: There is no model yet, or the folder was cut short.
        """
        config = self._read_config()
        if "model" not in config:
            raise InputError(f"{self.path} has no model yet.")
        return ModelConfig.from_json(config["model"])

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the classes that the model tells apart; empty if its task has none."""
        return tuple(self._read_config().get("labels", ()))

    def load_tokenizer(self) -> Tokenizer:
        """The tokenizer that learned its vocabulary from the training data.

        Raises:
            InputError: It is missing or damaged.
        """
        return load_tokenizer(self.tokenizer_path)

    def load_model(self) -> keras.Model:
        """The trained model.

        Raises:
            InputError: It is missing or damaged.
        """
        from tfplay.store.weights import load_model

        return load_model(self.model_config(), self.model_path)

    def load(self) -> TrainedModel:
        """The trained model with all that it takes to ask it.

        Raises:
            InputError: Something of it is missing or damaged.
        """
        from tfplay.tasks import TrainedModel

        tokenizer = None if self.recipe.task == "images" else self.load_tokenizer()
        return TrainedModel(self.recipe.task, self.load_model(), tokenizer, self.labels)

    def save_model(self, model: keras.Model) -> None:
        """Keeps the trained model.

        Raises:
            InputError: It cannot be written, for example to a full disk.
        """
        from tfplay.store.weights import save_model

        save_model(model, self.model_path)

    def save_model_config(
        self, config: ModelConfig, parameters: int, labels: Sequence[str] = ()
    ) -> None:
        """Notes what the model is made of, how many numbers it learns and what classes it names."""
        model = {"model": config.to_json(), "parameters": parameters, "labels": list(labels)}
        write_json(self.path / "config.json", self._read_config() | model)

    def status(self) -> Status:
        """How the run stands now."""
        is_worked_on = self.is_held  # asked first: it may be done just after
        status = Status.from_json(read_json(self.path / "status.json"))
        if status.state != "running":
            return status
        if not is_worked_on:
            message = "Its process ended without a word: it was killed, or memory or disk ran out."
            return replace(status, state="lost", message=message)
        if self.stop_requested:
            return replace(status, state="stopping")
        return status

    def write_status(self, status: Status) -> None:
        """Says how the run stands."""
        write_json(self.path / "status.json", status.to_json())

    def metrics(self) -> list[dict[str, Any]]:
        """The fields of `tfplay.training.Progress`, at every few steps and each validation."""
        return read_json_lines(self.path / "metrics.jsonl")

    def add_metrics(self, metrics: dict[str, Any]) -> None:
        """Adds a line of metrics."""
        append_json_line(self.path / "metrics.jsonl", metrics)

    def request_stop(self) -> None:
        """Asks who trains it to stop after the current step; what was learned is kept."""
        (self.path / "stop").touch()

    @property
    def stop_requested(self) -> bool:
        """Whether it was asked to stop."""
        return (self.path / "stop").exists()

    def hold(self) -> AbstractContextManager[int]:
        """The run is this process' to train, and that of children which inherit the descriptor."""
        return hold(self.path)

    @property
    def is_held(self) -> bool:
        """Whether a living process trains it."""
        return is_held(self.path)
