"""A run to take along: what `open_run` needs to use its model elsewhere, in one file."""

import io
import json
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from tfplay.errors import InputError
from tfplay.store.run import Run
from tfplay.store.status import Status
from tfplay.text.files import read_json

_MODELS = ("model.npz", "model.keras")  # the first that is there is the run's model
_RECORDS = ("tokenizer.json", "metrics.jsonl", "samples.jsonl")


def pack_run(run: Run) -> bytes:
    """The model, its tokenizer, its recipe, its losses and its sample answers as a zip file.

    Unpacked, it is a folder for `open_run` and for `--model`. The data stays behind, and so does
    the secret of the run's owner.

    Raises:
        InputError: There is no model yet.
    """
    if not run.is_usable:
        raise InputError(f"{run.title} has no model yet.")
    config = read_json(run.path / "config.json")
    config.pop("owner", None)
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        package.writestr(f"{run.id}/config.json", _text(config))
        package.writestr(f"{run.id}/status.json", _text(_status_elsewhere(run).to_json()))
        model = _first_there(run.path, _MODELS)
        package.write(model, f"{run.id}/{model.name}")
        for name in _RECORDS:
            if (run.path / name).is_file():
                package.write(run.path / name, f"{run.id}/{name}")
    return buffer.getvalue()


def _first_there(folder: Path, names: tuple[str, ...]) -> Path:
    return next(path for name in names if (path := folder / name).is_file())


def _status_elsewhere(run: Run) -> Status:
    """Nobody trains the package, so what is still being trained here has stopped there."""
    status = run.status()
    if not status.is_active:
        return status
    return replace(status, state="stopped", message="It was packed while it was being trained.")


def _text(data: dict) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)
