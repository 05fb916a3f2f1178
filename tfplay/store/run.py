"""A run: the folder in which one training leaves everything it came from and came to."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tfplay
from tfplay.config import ModelConfig
from tfplay.errors import InputError
from tfplay.home import file_mode
from tfplay.store.checkpoint import CheckpointFile
from tfplay.store.digest import digest, is_digest
from tfplay.store.files import (
    append_json_line,
    remove_drafts,
    write_json,
    write_json_lines,
    writing_told,
)
from tfplay.store.lock import beating, hold, is_held, is_silent, last_holder
from tfplay.store.records import (
    MAX_TOKENIZER_BYTES,
    read_record,
    read_record_lines,
    require_small,
)
from tfplay.store.run_config import check_run_config, require_belonging
from tfplay.store.snapshots import find_snapshots, snapshot_path
from tfplay.store.status import Status, check_metrics, check_samples, read_status
from tfplay.store.weights import load_model, load_weights, save_model, save_weights
from tfplay.tasks import TASKS, TrainedModel
from tfplay.text import Tokenizer, load_tokenizer

if TYPE_CHECKING:  # Keras takes seconds to import, and a list of runs does without
    from tfplay.models import TransformerModel

SHIPPED = Path(tfplay.__file__).resolve().parent / "zoo" / "models"
"""The models that came with TFPlay, a run folder each, without the data."""

SECONDS_OF_A_NOTE = 5.0
"""What a run is called is written by other processes than who trains it, in far less time."""


class NotWholeError(InputError):
    """A folder is not a run's, or was cut short.

    Attributes:
        reason: What is wrong with it, in a sentence that does not name it.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} is not a whole run: {reason}")
        self.reason = reason


class Run:
    """A run folder.

    It holds:

    - `config.json`: when it was made, its recipe, whose it is and what they call it, and what its
      model is made of;
    - `data/`: a copy of the data file, under its own name;
    - `status.json`: how it stands;
    - `metrics.jsonl`: the loss and its like, a line every few steps;
    - `samples.jsonl`: answers to a few examples, at each validation;
    - `snapshots/`: the weights after some of the steps;
    - `tokenizer.json` and `model.keras`: what translates, chats and explains; instead of the latter
      `model.npz`, if it was stopped so suddenly that only a checkpoint was left;
    - `checkpoint.npz`, until it is done: what it takes to go on after an interruption;
    - `stop`, once it was asked to stop; `lock`, held by the process that trains it; `heartbeat`,
      touched every second by it; `log.txt`, what it printed if it was started in the background.

    Attributes:
        path: The folder.
        created: When it was made.
        recipe: What is trained, on what, and how.

    Raises:
        NotWholeError: The folder is not a run's, or was cut short.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        try:
            self.created, self.recipe = check_run_config(self._read_config())
        except InputError as error:
            raise NotWholeError(self.path, str(error)) from error

    def _read_config(self) -> dict[str, Any]:
        return read_record(self.path / "config.json")

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.path.name

    @property
    def title(self) -> str:
        """What people call it: its name, or else "translation · small · hin.tsv · 21 Nov 08:40"."""
        if self.is_shipped:
            return self._read_config()["title"]
        if name := self.name:
            return name
        when = self.created.astimezone()
        parts = self.recipe.task, self.recipe.preset, self.recipe.data_name
        return " · ".join((*parts, f"{when.day} {when:%b %H:%M}"))

    @property
    def name(self) -> str:
        """What its owner named it; empty if nothing."""
        return self._read_config().get("name") or ""

    @property
    def is_pinned(self) -> bool:
        """Whether its owner wants it before the others."""
        return bool(self._read_config().get("pinned"))

    @property
    def owner(self) -> str | None:
        """Digest of the secret of the visitor whose it is; `None` if it has no owner."""
        owner = self._read_config().get("owner")
        return owner if owner is None or is_digest(owner) else digest(owner)

    @property
    def has_hidden_owner(self) -> bool:
        """Whether its files hold no owner's secret, as they did before there were digests."""
        return self._read_config().get("owner") == self.owner

    def is_owned_by(self, secret: str) -> bool:
        """Whether it is that of the visitor with this secret."""
        return self.owner is not None and compare_digest(self.owner, digest(secret))

    @property
    def is_shipped(self) -> bool:
        """Whether it came with TFPlay."""
        return self.path.parent == SHIPPED

    @property
    def examples(self) -> list[Any]:
        """What a shipped model is good to try on; empty for a visitor's own."""
        return self._read_config().get("examples") or []

    @property
    def window(self) -> int | None:
        """How many tokens of its context a shipped model was measured to use; `None` is all."""
        return self._read_config().get("window")

    @property
    def experiment(self) -> dict[str, str] | None:
        """Of which `tfplay.experiments.Trial` it is the broken run; `None` of most runs."""
        return self._read_config().get("experiment")

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
        weights, model = self.path / "model.npz", self.path / "model.keras"
        return weights if weights.exists() else model

    @property
    def checkpoint(self) -> CheckpointFile:
        """From which an interrupted training goes on."""
        return CheckpointFile(self.path / "checkpoint.npz")

    @property
    def is_usable(self) -> bool:
        """Whether it has a tokenizer and a trained model."""
        has_tokenizer = self.tokenizer_path.is_file() or not self._reads_text
        return has_tokenizer and self.model_path.is_file()

    @property
    def _reads_text(self) -> bool:
        return TASKS[self.recipe.task].about.reads_text

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
        return tuple(self._read_config().get("labels") or ())

    def load_tokenizer(self) -> Tokenizer:
        """The tokenizer that learned its vocabulary from the training data.

        Raises:
            InputError: It is missing or damaged.
        """
        require_small(self.tokenizer_path, MAX_TOKENIZER_BYTES)
        return load_tokenizer(self.tokenizer_path)

    def load_model(self, step: int | None = None) -> TransformerModel:
        """The trained model, or what it was after a step.

        Args:
            step: One of `snapshot_steps()`; `None` is the model as it ended.

        Raises:
            InputError: It is missing or damaged.
        """
        if step is None:
            load = load_weights if self.model_path.suffix == ".npz" else load_model
            return load(self.model_config(), self.model_path)
        return load_weights(self.model_config(), snapshot_path(self.path, step))

    def load(self, step: int | None = None) -> TrainedModel:
        """The trained model, or what it was after a step, with all that it takes to ask it.

        Args:
            step: One of `snapshot_steps()`; `None` is the model as it ended.

        Raises:
            InputError: Something of it is missing or damaged.
        """
        tokenizer = self.load_tokenizer() if self._reads_text else None
        require_belonging(self.model_config(), tokenizer, self.labels)
        model = self.load_model(step)
        window = self.window if step is None else None
        return TrainedModel(self.recipe.task, model, tokenizer, self.labels, window)

    def snapshot_steps(self) -> list[int]:
        """The steps after which the weights were kept, in order; 0 is before the first."""
        return find_snapshots(self.path)

    def save_snapshot(self, model: TransformerModel, step: int) -> None:
        """Keeps the weights as they are after a step.

        Raises:
            InputError: They cannot be written, for example to a full disk.
        """
        save_weights(model, snapshot_path(self.path, step))

    def save_model(self, model: TransformerModel) -> None:
        """Keeps the trained model.

        Raises:
            InputError: It cannot be written, for example to a full disk.
        """
        save_model(model, self.path / "model.keras")
        (self.path / "model.npz").unlink(missing_ok=True)

    def keep_checkpoint(self) -> dict[str, Any] | None:
        """Makes the newest checkpoint the model, without Keras.

        Returns:
            The checkpoint's figures; `None` if there is no checkpoint.
        """
        figures = self.checkpoint.figures()
        if figures:
            self.checkpoint.extract_model(self.path / "model.npz")
        return figures

    def save_model_config(
        self, config: ModelConfig, parameters: int, labels: Sequence[str] = ()
    ) -> None:
        """Notes what the model is made of, how many numbers it learns and what classes it names."""
        model = {"model": config.to_json(), "parameters": parameters, "labels": list(labels)}
        self.note(model)

    def note(self, changes: dict[str, Any]) -> None:
        """Sets entries of `config.json`; who trains the run and who owns it may do so at once."""
        with hold(self.path, "config.lock"):
            write_json(self.path / "config.json", self._read_config() | changes)

    def status(self) -> Status:
        """How the run stands now."""
        is_worked_on = self.is_held and not self.is_silent  # asked first: it may be done just after
        status = self._read_status()
        if status.state not in ("running", "stopping"):
            return status
        if not is_worked_on:
            message = "Its process ended without a word: it was killed, or memory or disk ran out."
            return replace(status, state="lost", message=message)
        if self.stop_requested:
            return replace(status, state="stopping")
        return status

    @property
    def is_saving(self) -> bool:
        """Whether who trains it has seen that it is to stop, and saves what was learned."""
        return self._read_status().state == "stopping"

    def _read_status(self) -> Status:
        return read_status(self.path / "status.json")

    def write_status(self, status: Status) -> None:
        """Says how the run stands."""
        write_json(self.path / "status.json", status.to_json())

    def metrics(self) -> list[dict[str, Any]]:
        """The fields of `tfplay.training.Progress`, at every few steps and each validation.

        Besides them `gradient_norm` (L2, before clipping), `gradient_norms` by part of the model,
        and at validations `scores` of a few examples.
        """
        return read_record_lines(self.path / "metrics.jsonl", check_metrics)

    def add_metrics(self, metrics: dict[str, Any]) -> None:
        """Adds a line of metrics."""
        append_json_line(self.path / "metrics.jsonl", metrics)

    def samples(self) -> list[dict[str, Any]]:
        """What the model answered to the same few examples after some steps.

        Returns:
            For each such `step` its `samples`: `input`, `output` and what is `wanted`, which is
            `None` if many answers are right.
        """
        return read_record_lines(self.path / "samples.jsonl", check_samples)

    def add_samples(self, step: int, samples: Sequence[dict[str, Any]]) -> None:
        """Adds the answers after a step."""
        append_json_line(self.path / "samples.jsonl", {"step": step, "samples": samples})

    def drop_metrics_after(self, step: int) -> None:
        """Forgets what was measured after a step, which training will go on from."""
        for name, rows in (("metrics.jsonl", self.metrics()), ("samples.jsonl", self.samples())):
            if (self.path / name).exists():
                write_json_lines(self.path / name, [row for row in rows if row["step"] <= step])

    def request_stop(self) -> None:
        """Asks who trains it to stop after the current step; what was learned is kept."""
        with writing_told(self.path / "stop"):
            (self.path / "stop").touch(file_mode(self.path))

    def take_back_stop(self) -> None:
        """It is no longer to stop."""
        with writing_told(self.path / "stop"):
            (self.path / "stop").unlink(missing_ok=True)

    @property
    def stop_requested(self) -> bool:
        """Whether it was asked to stop."""
        return (self.path / "stop").exists()

    def ending(self) -> AbstractContextManager[None]:
        """Within it, no other process says how the run ended, or lets it go on."""
        return hold(self.path, "ending.lock")

    @contextmanager
    def hold(self) -> Iterator[None]:
        """The run is this process' to train; others see that it is alive."""
        with hold(self.path), beating(self.path / "heartbeat"):
            self._remove_drafts()
            yield
            self._remove_drafts()

    def _remove_drafts(self) -> None:
        """Whoever wrote these was killed; only the names of a run are written by others too."""
        remove_drafts(self.path, SECONDS_OF_A_NOTE)
        remove_drafts(self.path / "snapshots", 0)

    @property
    def is_held(self) -> bool:
        """Whether a process trains it; on another machine only its heartbeat can tell."""
        holder = last_holder(self.path)
        if holder is None or holder[0] == socket.gethostname():
            return is_held(self.path)
        return not self.is_silent

    @property
    def is_silent(self) -> bool:
        """Whether the heartbeat of who trains or trained it has stopped."""
        return is_silent(self.path / "heartbeat")
