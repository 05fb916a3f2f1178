"""What a run writes while it trains: a page that looks again reads only what is new."""

import json
import os
from pathlib import Path
from threading import Lock
from typing import Any

import streamlit as st

from tfplay.store import Run

Rows = list[dict[str, Any]]


class GrowingLines:
    """A JSON-lines file that another process adds to.

    Args:
        path: The file; it may not be there yet, and may be replaced by another.
    """

    def __init__(self, path: Path):
        self.path = path
        self._lock = Lock()
        self._rows: Rows = []
        self._file_id = self._offset = 0

    def read(self) -> Rows:
        """The objects of all whole lines; not to be changed."""
        with self._lock:
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
        whole_lines, end, _ = stream.read().rpartition(b"\n")
        self._offset += len(whole_lines + end)
        self._rows = [*self._rows, *map(json.loads, whole_lines.splitlines())]


def run_metrics(run: Run) -> Rows:
    """As `Run.metrics`; not to be changed."""
    return _growing(run.path / "metrics.jsonl").read()


def run_samples(run: Run) -> Rows:
    """As `Run.samples`; not to be changed."""
    return _growing(run.path / "samples.jsonl").read()


@st.cache_resource(max_entries=64, show_spinner=False)
def _growing(path: Path) -> GrowingLines:
    return GrowingLines(path)
