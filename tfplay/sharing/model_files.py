"""A model's files as snapshots have them: one folder for all snapshots of the same model."""

import hashlib
import shutil
from functools import lru_cache
from pathlib import Path

from tfplay.errors import InputError
from tfplay.home import home
from tfplay.sharing.storage import Storage
from tfplay.store import Model, Run
from tfplay.store.bundle import model_files
from tfplay.store.opened import read_model
from tfplay.store.snapshots import snapshot_path
from tfplay.text.files import draft

MOST_BYTES = 200_000_000
"""Of a model that is given away, with its weights at all steps that it kept."""

_MODELS = "models"


def files_of(model: Model) -> dict[str, bytes | Path]:
    """What a model's folder has in a snapshot: itself, and its weights at the steps it kept.

    What it learned from is not among it.

    Args:
        model: The model, at any step.

    Returns:
        By the name of each file, its content or where it is.

    Raises:
        InputError: The model is still being trained, or too large.
    """
    whole = model.at(None)
    if not whole.is_usable:
        raise InputError(f"{model.title} is still being trained: share it once that is done.")
    files: dict[str, bytes | Path] = {
        name: content if isinstance(content, Path) else content.encode()
        for name, content in model_files(whole)
    }
    for step in whole.steps():
        path = snapshot_path(whole.path, step)
        files[path.relative_to(whole.path).as_posix()] = path
    size = sum(
        content.stat().st_size if isinstance(content, Path) else len(content)
        for content in files.values()
    )
    if size > MOST_BYTES:
        raise InputError(
            f"{model.title} takes {size / 1e6:,.0f} MB; a snapshot keeps models of up to "
            f"{MOST_BYTES / 1e6:,.0f} MB."
        )
    return files


def digest_of(content: bytes | Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def content_hash(files: dict[str, bytes | Path]) -> str:
    """One digest of the names and contents of all files: equal models have the same."""
    lines = [f"{digest_of(content)} {name}\n" for name, content in sorted(files.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def hash_of(model: Model) -> str:
    """The `content_hash` of a model that is not being changed."""
    return _hash_of(model.path, model.version)


@lru_cache(maxsize=64)
def _hash_of(folder: Path, version: tuple[str, float]) -> str:
    return content_hash(files_of(Run(folder).model))


def write_model(storage: Storage, model_hash: str, files: dict[str, bytes | Path]) -> None:
    """Writes those of a model's files that the storage does not have yet.

    Raises:
        InputError: The storage is full or cannot be reached.
    """
    there = set(storage.names(f"{_MODELS}/{model_hash}"))
    for name, content in files.items():
        if name not in there:
            storage.write(f"{_MODELS}/{model_hash}/{name}", content)


def read_shared_model(storage: Storage, model_hash: str) -> Model:
    """A model from the storage; one from a bucket is fetched once, and kept at home.

    Raises:
        InputError: It is not there, is damaged, or the storage cannot be reached.
    """
    folder = _local_folder(storage, model_hash)
    if storage.folder is None and not folder.is_dir():
        with draft(folder) as place:
            place.mkdir()
            storage.fetch(f"{_MODELS}/{model_hash}", place)
            found = {
                path.relative_to(place).as_posix(): path
                for path in place.rglob("*")
                if path.is_file()
            }
            if content_hash(dict(found)) != model_hash:
                raise InputError("The model of this snapshot is damaged: its files have changed.")
    return read_model(folder)


def forget_fetched(storage: Storage) -> None:
    """Removes fetched models that no snapshot has any more: another server deleted the last one.

    Raises:
        InputError: The storage cannot be reached.
    """
    fetched = home() / "snapshots-fetched" / _MODELS
    for folder in fetched.glob("*") if storage.folder is None else ():
        if not storage.names(f"uses/{folder.name}"):
            shutil.rmtree(folder, ignore_errors=True)


def remove_model(storage: Storage, model_hash: str) -> None:
    """Removes a model that no snapshot has any more.

    Raises:
        InputError: The storage cannot be reached.
    """
    storage.remove(f"{_MODELS}/{model_hash}")
    if storage.folder is None:
        shutil.rmtree(_local_folder(storage, model_hash), ignore_errors=True)


def _local_folder(storage: Storage, model_hash: str) -> Path:
    return (storage.folder or home() / "snapshots-fetched") / _MODELS / model_hash
