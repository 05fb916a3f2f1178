"""What a run writes while it trains: a page that looks again reads only what is new."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

import streamlit as st

from tfplay.store import Run
from tfplay.store.records import MAX_LINES_BYTES, parse_lines
from tfplay.store.status import check_metrics, check_samples
from tfplay.untrusted import require_small

Rows = list[dict[str, Any]]


class GrowingLines:
    """A JSON-lines file that another process adds to.

    Args:
        path: The file; it may not be there yet, and may be replaced by another.
        check: Raises an `InputError` if an object is not what a line should be.
    """

    def __init__(self, path: Path, check: Callable[[dict[str, Any]], None]):
        self.path = path
        self.check = check
        self._lock = Lock()
        self._rows: Rows = []
        self._file_id = self._offset = 0

    def read(self) -> Rows:
        """The objects of all whole lines; not to be changed.

        Raises:
            InputError: A line is damaged, or the file is too large.
        """
        with self._lock:
            if not self.path.exists():
                return []
            require_small(self.path, MAX_LINES_BYTES)
            try:
                with self.path.open("rb") as stream:
                    self._read_on(stream)
            except FileNotFoundError:
                return []
            return self._rows

    def _read_on(self, stream: Any) -> None:
        status = os.fstat(stream.fileno())
        if status.st_ino != self._file_id or status.st_size < self._offset:
            self._rows, self._file_id, self._offset = [], status.st_ino, 0
        stream.seek(self._offset)
        whole_lines, end, _ = stream.read(MAX_LINES_BYTES).rpartition(b"\n")
        new = parse_lines(self.path, whole_lines, self.check, first=len(self._rows) + 1)
        self._offset += len(whole_lines + end)
        self._rows = [*self._rows, *new]


def run_metrics(run: Run) -> Rows:
    """As `Run.metrics`; not to be changed."""
    return _growing(run.path / "metrics.jsonl", check_metrics).read()


def run_samples(run: Run) -> Rows:
    """As `Run.samples`; not to be changed."""
    return _growing(run.path / "samples.jsonl", check_samples).read()


@st.cache_resource(max_entries=64, show_spinner=False)
def _growing(path: Path, _check: Callable[[dict[str, Any]], None]) -> GrowingLines:
    return GrowingLines(path, _check)
