"""A run: the folder in which one training leaves everything it came from and came to."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tfplay
from tfplay.config import ModelConfig
from tfplay.errors import InputError
from tfplay.home import file_mode
from tfplay.store.checkpoint import CheckpointFile
from tfplay.store.digest import digest
from tfplay.store.files import (
    append_json_line,
    remove_drafts,
    write_json,
    write_json_lines,
    writing_told,
)
from tfplay.store.lock import beating, hold, is_held, is_silent, last_holder
from tfplay.store.model import MODEL, TOKENIZER, WEIGHTS, LearnedFrom, Model
from tfplay.store.records import read_record_lines
from tfplay.store.run_config import RunConfig
from tfplay.store.snapshots import snapshot_path
from tfplay.store.status import Status, check_metrics, check_samples, read_status
from tfplay.store.trust import TRUST, save_trust
from tfplay.store.weights import save_model, save_weights
from tfplay.text import Tokenizer
from tfplay.trust import Trust
from tfplay.untrusted import read_record

if TYPE_CHECKING:  # Keras takes seconds to import, and a list of runs does without
    from tfplay.models import TransformerModel

SHIPPED = Path(tfplay.__file__).resolve().parent / "zoo" / "models"
LICENCE = "Apache-2.0"
"""Of the models that came with TFPlay."""
"""The models that came with TFPlay, a run folder each, without the data."""

CONFIG, STATUS = "config.json", "status.json"

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
        config: What stood in `config.json` when it was opened, or when this process changed it.
        created: When it was made.
        recipe: What is trained, on what, and how.

    Raises:
        NotWholeError: The folder is not a run's, or was cut short.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        try:
            self.config = self._read_config()
        except InputError as error:
            raise NotWholeError(self.path, str(error)) from error
        self.created, self.recipe = self.config.created, self.config.recipe

    def _read_config(self) -> RunConfig:
        return RunConfig.from_json(read_record(self.path / CONFIG))

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.path.name

    @property
    def title(self) -> str:
        """What people call it: its name, or else "translation · small · hin.tsv · 21 Nov 08:40"."""
        if name := self.config.title if self.is_shipped else self.config.name:
            return name
        when = self.created.astimezone()
        start = self.recipe.start
        made_as = f"from {start.model}" if start else self.recipe.preset
        parts = self.recipe.task, made_as, self.recipe.data_name
        return " · ".join((*parts, f"{when.day} {when:%b %H:%M}"))

    def is_owned_by(self, secret: str) -> bool:
        """Whether it is that of the visitor with this secret."""
        owner = self.config.owner
        return owner is not None and compare_digest(owner, digest(secret))

    @property
    def is_shipped(self) -> bool:
        """Whether it came with TFPlay."""
        return self.path.parent == SHIPPED

    @property
    def data_path(self) -> Path:
        """The copy of the data file."""
        return self.path / "data" / self.recipe.data_name

    @property
    def checkpoint(self) -> CheckpointFile:
        """From which an interrupted training goes on."""
        return CheckpointFile(self.path / "checkpoint.npz")

    @property
    def model(self) -> Model:
        """What came of it, or has come of it so far.

        Raises:
            InputError: There is no model yet.
        """
        config = self.config
        if config.model is None:
            raise InputError(f"{self.path} has no model yet.")
        return Model(
            self.path,
            self.title,
            "shipped" if self.is_shipped else "trained",
            self.created,
            self.recipe.task,
            config.model,
            config.labels,
            config.examples,
            config.window,
            LearnedFrom(self.recipe, self.data_path),
            licence=LICENCE if self.is_shipped else "",
        )

    @property
    def is_usable(self) -> bool:
        """Whether it has a trained model."""
        return self.config.model is not None and self.model.is_usable

    def not_yet(self) -> str | None:
        """Why there is no trained model yet, in half a sentence; `None` once training has ended."""
        status = self.status()
        if status.state == "queued":
            return "its training has not begun"
        if status.is_active:
            steps = self.recipe.training.steps
            return f"it is still being trained, until step {steps:,} at the latest"
        return None

    def save_tokenizer(self, tokenizer: Tokenizer) -> None:
        """Keeps the tokenizer, once it has learned its vocabulary."""
        tokenizer.save(self.path / TOKENIZER)

    def save_trust(self, trust: Trust) -> None:
        """Keeps when the trained model's answers can be trusted."""
        save_trust(self.path / TRUST, trust)

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
        save_model(model, self.path / MODEL)
        (self.path / WEIGHTS).unlink(missing_ok=True)

    def keep_checkpoint(self) -> dict[str, Any] | None:
        """Makes the newest checkpoint the model, without Keras.

        Returns:
            The checkpoint's figures; `None` if there is no checkpoint.
        """
        figures = self.checkpoint.figures()
        if figures:
            self.checkpoint.extract_model(self.path / WEIGHTS)
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
            path = self.path / CONFIG
            write_json(path, read_record(path) | changes)
            self.config = self._read_config()

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
        return read_status(self.path / STATUS)

    def write_status(self, status: Status) -> None:
        """Says how the run stands."""
        write_json(self.path / STATUS, status.to_json())

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

    def request_stop(self, why: str = "") -> None:
        """Asks who trains it to stop after the current step; what was learned is kept.

        Args:
            why: A sentence for the run's owner, if it was not they who asked.
        """
        path = self.path / "stop"
        with writing_told(path):
            path.touch(file_mode(path))
            if why:
                path.write_text(why, encoding="utf-8")

    @property
    def stop_reason(self) -> str:
        """Why it was asked to stop; empty if its owner wanted it."""
        with suppress(OSError):
            return (self.path / "stop").read_text(encoding="utf-8")
        return ""

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
