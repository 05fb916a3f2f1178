"""A run to take along: what `open_run` needs to use its model elsewhere, in one file."""

import io
import json
from zipfile import ZIP_DEFLATED, ZipFile

from tfplay.errors import InputError
from tfplay.store.run import Run
from tfplay.text.files import read_json

_FILES = ("model.keras", "tokenizer.json", "status.json", "metrics.jsonl")


def pack_run(run: Run) -> bytes:
    """The model, its tokenizer, its recipe and its losses as a zip file.

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
        package.writestr(f"{run.id}/config.json", json.dumps(config, ensure_ascii=False, indent=1))
        for name in _FILES:
            if (run.path / name).is_file():
                package.write(run.path / name, f"{run.id}/{name}")
    return buffer.getvalue()
