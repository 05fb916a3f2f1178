"""A run to take along: what `open_run` needs to use its model elsewhere, in one file."""

import io
import json
from dataclasses import replace
from zipfile import ZIP_DEFLATED, ZipFile

from tfplay.errors import InputError
from tfplay.store.model import TOKENIZER
from tfplay.store.run import CONFIG, STATUS, Run
from tfplay.store.status import Status
from tfplay.store.trust import TRUST
from tfplay.text.files import read_json

_RECORDS = (TOKENIZER, TRUST, "metrics.jsonl", "samples.jsonl")


def pack_run(run: Run) -> bytes:
    """The model, its tokenizer, its recipe, its losses and its sample answers as a zip file.

    Unpacked, it is a folder for `open_run` and for `--model`. The data stays behind, and so does
    the secret of the run's owner.

    Raises:
        InputError: There is no model yet.
    """
    if not run.is_usable:
        raise InputError(f"{run.title} has no model yet.")
    config = read_json(run.path / CONFIG)
    config.pop("owner", None)
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        package.writestr(f"{run.id}/{CONFIG}", _text(config))
        package.writestr(f"{run.id}/{STATUS}", _text(_status_elsewhere(run).to_json()))
        weights = run.model.weights_path
        package.write(weights, f"{run.id}/{weights.name}")
        for name in _RECORDS:
            if (run.path / name).is_file():
                package.write(run.path / name, f"{run.id}/{name}")
    return buffer.getvalue()


def _status_elsewhere(run: Run) -> Status:
    """Nobody trains the package, so what is still being trained here has stopped there."""
    status = run.status()
    if not status.is_active:
        return status
    return replace(status, state="stopped", message="It was packed while it was being trained.")


def _text(data: dict) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)
