"""Where snapshots are kept: a folder, or a bucket of S3-compatible object storage."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import fsspec

from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.home import home
from tfplay.store.files import remove_drafts
from tfplay.text.files import DRAFT_PREFIX, draft

SETTING = "TFPLAY_SNAPSHOTS"

_S3 = "s3://"
_S3_OPTIONS = {
    "use_listings_cache": False,  # other servers write to the same bucket
    "config_kwargs": {"connect_timeout": 5, "read_timeout": 30, "retries": {"max_attempts": 1}},
}


class Storage:
    """Files by name in a folder or a bucket, each there whole or not at all.

    Who writes or removes must hold `tfplay.sharing.keeping`'s lock: what was half written by a
    killed process is taken away by the next one that writes.

    Args:
        address: The path of a folder, or `s3://bucket/prefix`. Keys and endpoint of a bucket are
            those of the environment (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL`, ...).

    Raises:
        InputError: The address is neither, or what reads buckets is not installed.

    Example::

        storage = Storage("s3://lectures/tfplay")
        storage.write("records/1.json", b"{}")
    """

    def __init__(self, address: str):
        self.folder: Path | None = None
        self._failures: tuple[type[Exception], ...] = (OSError,)
        if address.startswith(_S3):
            try:
                from botocore.exceptions import BotoCoreError

                self._files, self._root = fsspec.core.url_to_fs(address, **_S3_OPTIONS)
            except ImportError as error:
                needed = "needs more packages: pip install '.[s3]'"
                raise InputError(f"{SETTING} is {quoted(address)}, which {needed}.") from error
            self._failures += (BotoCoreError,)
        elif "://" in address or not Path(address).is_absolute():
            raise InputError(
                f"{SETTING} is {quoted(address)}; it must be the whole path of a folder, or "
                "s3://bucket/prefix."
            )
        else:
            self.folder = Path(address)
            self._files, self._root = fsspec.core.url_to_fs(address)

    @classmethod
    def from_environment(cls) -> "Storage":
        """The operator's choice, `TFPLAY_SNAPSHOTS`, or a folder at home."""
        return cls(os.environ.get(SETTING) or str(home() / "snapshots"))

    def read(self, name: str) -> bytes | None:
        """A file's content; `None` if there is no such file.

        Raises:
            InputError: The storage cannot be reached.
        """
        with self._failures_told():
            try:
                return self._files.cat_file(self._path(name))
            except FileNotFoundError:
                return None

    def write(self, name: str, content: bytes | Path) -> None:
        """Writes a file, whole or not at all.

        Args:
            name: Its name, with `/` between folders.
            content: Its content, or the file that has it.

        Raises:
            InputError: The storage is full or cannot be reached.
        """
        if self.folder is not None:
            path = self.folder / name
            remove_drafts(path.parent, 0)
            with draft(path) as place:
                if isinstance(content, Path):
                    shutil.copyfile(content, place)
                else:
                    place.write_bytes(content)
            return
        with self._failures_told():
            if isinstance(content, Path):
                self._files.put_file(str(content), self._path(name))
            else:
                self._files.pipe_file(self._path(name), content)

    def names(self, folder: str) -> list[str]:
        """Names of all files in a folder and those within it, relative to it; in order.

        Raises:
            InputError: The storage cannot be reached.
        """
        start = self._path(folder)
        with self._failures_told():
            found = [str(path) for path in self._files.find(start)]
        return sorted(path[len(start) + 1 :] for path in found if DRAFT_PREFIX not in path)

    def remove(self, name: str) -> None:
        """Removes a file, or a folder with all that is in it; there need not be one.

        Raises:
            InputError: The storage cannot be reached.
        """
        with self._failures_told(), suppress(FileNotFoundError):  # another server was quicker
            self._files.rm(self._path(name), recursive=True)

    def fetch(self, folder: str, target: Path) -> None:
        """Copies all files of a folder of the storage to a folder of this machine.

        Raises:
            InputError: The storage cannot be reached.
        """
        for name in self.names(folder):
            place = target / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with self._failures_told():
                self._files.get_file(f"{self._path(folder)}/{name}", str(place))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        """Tells in one sentence that the storage cannot be used, without where it is."""
        try:
            yield
        except self._failures as error:
            reason = getattr(error, "strerror", None) or "it is out of reach"
            raise InputError(
                f"The place where snapshots are kept cannot be used: {reason}. Nothing was lost; "
                "try again later."
            ) from error
