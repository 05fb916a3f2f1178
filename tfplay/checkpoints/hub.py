"""Fetches a model from the Hugging Face Hub: weights that cannot run a program, and small texts.

The hub is asked over HTTP as a browser asks it, and is given no credentials.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import requests

from tfplay.checkpoints.fetching import Cancelled, IsCancelled, OnProgress, require_room
from tfplay.checkpoints.sources.opening import (
    KERAS_INDEX,
    KERAS_WEIGHTS,
    SAFETENSORS,
    SAFETENSORS_INDEX,
)
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text.files import draft, parse_json

_HUB = "https://huggingface.co"
_NAME = re.compile(r"[\w.-]{1,96}/[\w.-]{1,96}", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SMALL = (".json", ".txt", ".model", ".jinja")
_MOST_SMALL_BYTES = 64_000_000
_MOST_FILES = 500
_MOST_LIST_BYTES = 8_000_000
_SECONDS = 30
"""How long the hub may be silent."""
_CHUNK_BYTES = 1 << 16


@dataclass(frozen=True)
class HubFile:
    """A file on the hub.

    Attributes:
        size: Its bytes.
        algorithm: What its digest was made with: `"sha256"`, or git's `"sha1"`.
        digest: What its bytes must come to.
    """

    size: int
    algorithm: str
    digest: str


@dataclass(frozen=True)
class HubModel:
    """A model as the hub has it at one commit.

    Attributes:
        repository: As `"sentence-transformers/all-MiniLM-L6-v2"`.
        commit: Which state of it.
        licence: As its authors name it, if they do.
        files: What would be fetched, by name.
    """

    repository: str
    commit: str
    licence: str | None
    files: Mapping[str, HubFile]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files.values())


def look_up(repository: str, revision: str = "main") -> HubModel:
    """What the hub says of a model; nothing is fetched yet.

    Args:
        repository: Its owner and name, with `/` between.
        revision: A branch, a tag or a commit.

    Raises:
        InputError: There is no such model, the hub cannot be reached, or the model has no weights
            that can be read.

    Example::

        model = look_up("sentence-transformers/all-MiniLM-L6-v2")
        fetch(model, home() / "published")
    """
    if not _NAME.fullmatch(repository) or ".." in repository:
        raise InputError(f"{quoted(repository)} is no name on the hub; one is 'owner/name'.")
    revision = quote(revision, safe="")
    address = f"api/models/{repository}/revision/{revision}?blobs=true"
    text = bytearray()
    for chunk in _chunks(repository, address):
        text += chunk
        if len(text) > _MOST_LIST_BYTES:
            raise _failure(repository, "its list of files has no end")
    about = parse_json(f"What the hub says of {repository}", text.decode("utf-8", "replace"))
    files = _listed(repository, about)
    commit = about.get("sha")
    if not isinstance(commit, str) or not _COMMIT.fullmatch(commit):
        raise _strange(repository, "sha", commit)
    return HubModel(repository, commit, _licence(about), _wanted(repository, files))


def fetch(
    model: HubModel,
    folder: Path,
    on_progress: OnProgress = lambda done, total: None,
    is_cancelled: IsCancelled = lambda: False,
) -> Path | None:
    """A model's files in a folder of its name and commit, fetched unless they are there.

    Args:
        model: What `look_up` gives.
        folder: Where such models are kept; nothing half-fetched stays in it.
        on_progress: Called as the download progresses.
        is_cancelled: Nothing is kept once it says so.

    Returns:
        What `open_source` opens, or None if it was cancelled.

    Raises:
        InputError: It cannot be fetched, or a file is not the one that was looked up.
    """
    path = folder / f"{model.repository.replace('/', '--')}--{model.commit[:12]}"
    if path.is_dir():
        return path
    done = 0
    try:
        with draft(path) as place:
            place.mkdir()
            require_room(model.repository, model.size, place)
            for name, file in model.files.items():
                for num_bytes in _download(model, name, file, place / name):
                    if is_cancelled():
                        raise Cancelled
                    done += num_bytes
                    on_progress(done, model.size)
    except Cancelled:
        return None
    return path


def _download(model: HubModel, name: str, file: HubFile, path: Path) -> Iterator[int]:
    """Writes a file chunk by chunk, and gives the bytes of each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.new(file.algorithm, usedforsecurity=False)
    if file.algorithm == "sha1":  # as git names what it keeps
        digest.update(f"blob {file.size}\0".encode())
    left = file.size
    address = f"{model.repository}/resolve/{model.commit}/{quote(name)}"
    with path.open("wb") as output:
        for chunk in _chunks(model.repository, address):
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            output.write(chunk)
            yield len(chunk)
    if left or digest.hexdigest() != file.digest:
        raise _failure(model.repository, f"{name} is not the file that it names")


def _chunks(repository: str, address: str) -> Iterator[bytes]:
    """What the hub has at an address, bit by bit."""
    hub = os.environ.get("HF_ENDPOINT", _HUB).rstrip("/")
    headers = {"Accept-Encoding": "identity"}
    has_begun = False
    try:
        with requests.get(
            f"{hub}/{address}", headers=headers, stream=True, timeout=_SECONDS
        ) as answer:
            has_begun = True
            if answer.status_code in (401, 403, 404):
                raise _failure(repository, "it has no such model, or not for everyone")
            if not answer.ok:
                raise _failure(repository, f"it answers {answer.status_code}")
            yield from answer.iter_content(_CHUNK_BYTES)
    except requests.RequestException as error:
        reason = "it breaks off" if has_begun else "it cannot be reached"
        raise _failure(repository, reason) from error


def _failure(repository: str, reason: str) -> InputError:
    return InputError(
        f"{repository} cannot be fetched from the hub: {reason}; a folder with the model's files "
        "can be opened instead."
    )


def _strange(repository: str, name: str, value: Any) -> InputError:
    return _failure(repository, f"it says that {name} is {quoted(value)}")


def _licence(about: dict[str, Any]) -> str | None:
    """The licence, of which the hub keeps a tag."""
    tags = about.get("tags")
    for tag in tags if isinstance(tags, list) else []:
        if isinstance(tag, str) and tag.startswith("license:"):
            return tag.removeprefix("license:")
    return None


def _listed(repository: str, about: Any) -> dict[str, HubFile]:
    """All files of a model by name."""
    siblings = about.get("siblings") if isinstance(about, dict) else None
    if not isinstance(siblings, list):
        raise _strange(repository, "its list of files", siblings)
    files = {}
    for entry in siblings:
        match entry:
            case {"rfilename": str(name), "size": int(size), "lfs": {"sha256": str(digest)}}:
                file = HubFile(size, "sha256", digest)
            case {"rfilename": str(name), "size": int(size), "blobId": str(digest)}:
                file = HubFile(size, "sha1", digest)
            case _:
                raise _strange(repository, "a file", entry)
        if file.size < 0 or not _is_name(name):
            raise _strange(repository, "a file", entry)
        files[name] = file
    return files


def _is_name(name: str) -> bool:
    """Whether it can name a file below a folder on every system."""
    parts = PurePosixPath(name).parts
    is_below = ".." not in parts and not name.startswith("/")
    return bool(parts) and is_below and name.isprintable() and not set(name) & set('\\:*?"<>|')


def _wanted(repository: str, files: dict[str, HubFile]) -> dict[str, HubFile]:
    """The weights in the best form there is, and the small texts."""
    top = [name for name in files if "/" not in name]
    ggufs = [name for name in top if name.endswith(".gguf")]
    if SAFETENSORS in top:
        weights = [SAFETENSORS]
    elif SAFETENSORS_INDEX in top:
        weights = [name for name in top if name.endswith(".safetensors")]
    elif KERAS_WEIGHTS in top:
        weights = [KERAS_WEIGHTS]
    elif KERAS_INDEX in top:
        weights = [name for name in top if name.endswith(".weights.h5")]
    elif len(ggufs) == 1:
        weights = ggufs
    elif ggufs:
        raise _failure(repository, f"it has {len(ggufs)} GGUF files of it, and one is needed")
    else:
        raise _failure(
            repository, "its weights are in no form that is read: safetensors, GGUF or Keras"
        )
    small = [
        name
        for name, file in files.items()
        if name.endswith(_SMALL) and file.size <= _MOST_SMALL_BYTES and not name.startswith(".")
    ]
    if len(weights) + len(small) > _MOST_FILES:
        raise _failure(repository, f"it has more than {_MOST_FILES} files of it")
    return {name: files[name] for name in (*small, *weights)}
