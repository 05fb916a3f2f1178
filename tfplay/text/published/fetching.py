"""Finds a corpus as a file in its task's format: in the cache, in a mirror, or by fetching it."""

import gzip
import hashlib
import os
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pooch
import requests

from tfplay.errors import InputError
from tfplay.text.files import draft
from tfplay.text.published.base import PublishedCorpus, Source
from tfplay.text.published.registry import PUBLISHED

_CHUNK_BYTES = 2**16

OnProgress = Callable[[int, int], None]
"""Called with the bytes fetched so far and the total."""


def find(name: str, folder: Path, part: str | None = None) -> Path | None:
    """A part of a corpus, if it can be had without the network.

    Args:
        name: One of `PUBLISHED`.
        folder: The cache. A corpus whose files are all in the mirror folder that the environment's
            `TFPLAY_DATA` names is put there in its task's format first.
        part: One of the corpus' parts, or else its first.

    Returns:
        A file as the task's reader wants it, or None.

    Raises:
        InputError: There is no such corpus or part, or a file of the mirror differs from the
            published one.
    """
    corpus = _corpus(name)
    path = corpus.file(folder, part)
    if path.exists():
        return path
    mirrored = {source: found for source in corpus.sources if (found := _mirrored(source))}
    if len(mirrored) < len(corpus.sources):
        return None
    _convert(corpus, mirrored, folder)
    return path


def fetch(
    name: str, folder: Path, on_progress: OnProgress | None = None, part: str | None = None
) -> Path:
    """A part of a corpus, fetched unless `find` finds it; all parts come together.

    Args:
        name: One of `PUBLISHED`.
        folder: The cache; nothing half-fetched stays in it.
        on_progress: Called as the download progresses.
        part: One of the corpus' parts, or else its first.

    Returns:
        A file as the task's reader wants it.

    Raises:
        InputError: There is no such corpus or part, it cannot be fetched, or the file differs from
            the published one.

    Example::

        sentences = read_conll(fetch("wikigold", home() / "corpora"))
    """
    if found := find(name, folder, part):
        return found
    corpus = _corpus(name)
    with tempfile.TemporaryDirectory() as downloads:
        files = _download(corpus, Path(downloads), on_progress or (lambda done, total: None))
        _convert(corpus, files, folder)
    return corpus.file(folder, part)


def _corpus(name: str) -> PublishedCorpus:
    if name not in PUBLISHED:
        raise InputError(
            f"There is no published corpus {name!r}; there are {', '.join(PUBLISHED)}."
        )
    return PUBLISHED[name]


def _convert(corpus: PublishedCorpus, files: dict[Source, Path], folder: Path) -> None:
    """Writes all parts in the format of the corpus' task."""
    with draft(folder / corpus.name) as place:
        for name, part in corpus.parts.items():
            examples = part.read(*(files[source] for source in part.sources))
            corpus.write(place / corpus.file(folder, name).name, examples)


def _mirrored(source: Source) -> Path | None:
    mirror = os.environ.get("TFPLAY_DATA")
    if not mirror:
        return None
    for path, open_bytes in (
        (Path(mirror, source.mirror), open),
        (Path(mirror, source.mirror + ".gz"), gzip.open),
    ):
        if path.is_file():
            try:
                with open_bytes(path, "rb") as stream:
                    sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            except (OSError, EOFError, zlib.error) as error:
                raise InputError(f"{path} cannot be read: {error}.") from error
            if sha256 != source.sha256:
                raise InputError(
                    f"{path} is not the file that {source.url} serves: its SHA-256 is "
                    f"{sha256[:16]}..., but should be {source.sha256[:16]}...."
                )
            return path
    return None


def _download(corpus: PublishedCorpus, folder: Path, on_progress: OnProgress) -> dict[Source, Path]:
    pooch.get_logger().setLevel("WARNING")
    files, done = {}, 0
    for source in corpus.sources:
        counter = _Counter(done, source.num_bytes, corpus.num_bytes, on_progress)
        try:
            path = pooch.retrieve(
                source.url,
                f"sha256:{source.sha256}",
                fname=Path(source.mirror).name,
                path=folder,
                downloader=pooch.HTTPDownloader(progressbar=counter, chunk_size=_CHUNK_BYTES),
            )
        except ValueError as error:
            raise InputError(_failure(corpus, source, "it sends another file now")) from error
        except (requests.ConnectionError, requests.Timeout) as error:
            raise InputError(_failure(corpus, source, "it cannot be reached")) from error
        except requests.HTTPError as error:
            answer = f"it answers {error.response.status_code}"
            raise InputError(_failure(corpus, source, answer)) from error
        except requests.RequestException as error:
            raise InputError(_failure(corpus, source, "it breaks off")) from error
        except OSError as error:
            raise InputError(f"{folder} cannot be written: {error.strerror}.") from error
        files[source] = Path(path)
        done += source.num_bytes
    return files


def _failure(corpus: PublishedCorpus, source: Source, reason: str) -> str:
    files = ", ".join(source.mirror for source in corpus.sources)
    return (
        f"{corpus.title} ({corpus.num_bytes / 1e6:.1f} MB; licence: {corpus.licence}) cannot be "
        f"fetched from {urlsplit(source.url).netloc}: {reason}; put {files} (see {corpus.page}) "
        "into a folder and name it in the environment's TFPLAY_DATA, or take a file of your own."
    )


class _Counter:
    """A progress bar as pooch wants it, for one file of several."""

    def __init__(self, before: int, size: int, total: int, on_progress: OnProgress):
        self.total = size  # pooch overwrites it with what the server says
        self._done, self._end, self._all = before, before + size, total
        self._on_progress = on_progress

    def update(self, num_bytes: int) -> None:
        self._done = min(self._done + num_bytes, self._end)
        self._on_progress(self._done, self._all)

    def reset(self) -> None:
        """Takes nothing back: pooch resets the bar only to fill it in the end."""

    def close(self) -> None:
        """Has nothing to close."""
