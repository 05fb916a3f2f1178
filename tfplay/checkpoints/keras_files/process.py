"""Has a Keras file looked at by a process of its own, which is ended if it takes too much."""

import os
import subprocess
import sys
from pathlib import Path

import psutil

from tfplay.checkpoints.keras_files.checking import Checked
from tfplay.errors import InputError
from tfplay.text.files import parse_json

MOST_SECONDS = 20
"""Of work of the process, one second of which Python and its libraries take."""
MOST_BYTES = 400_000_000
"""Of memory of the process; some 100 million are Python's and NumPy's."""
_SECONDS_BETWEEN_LOOKS = 0.02
_MODULE = "tfplay.checkpoints.keras_files.checking"


def check_apart(path: Path) -> Checked:
    """What `checking.check` finds in a file.

    Raises:
        InputError: As `checking.check`, or looking at it takes too long or too much memory, or ends
            the process.
    """
    with subprocess.Popen(
        [sys.executable, "-P", "-m", _MODULE, str(path.absolute())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        encoding="utf-8",
    ) as process:
        answer = _answer_of(process, path.name)
    if not answer:
        raise InputError(f"{path.name} is damaged: looking at it ended the process that did.")
    checked = parse_json(path.name, answer)
    if error := checked.get("error"):
        raise InputError(error)
    return checked


def _answer_of(process: subprocess.Popen[str], name: str) -> str:
    """What the process prints before it ends, or is ended."""
    while True:
        try:
            return process.communicate(timeout=_SECONDS_BETWEEN_LOOKS)[0]
        except subprocess.TimeoutExpired:
            reason = _excess(process.pid)
        if reason:
            process.kill()
            process.communicate()
            raise InputError(f"{name} is none to open: looking at it takes {reason}.")


def _excess(pid: int) -> str:
    """What the process takes too much of; empty if nothing."""
    try:
        process = psutil.Process(pid)
        times, memory = process.cpu_times(), process.memory_info().rss
    except psutil.Error:  # it has just ended
        return ""
    if times.user + times.system > MOST_SECONDS:
        return f"more than {MOST_SECONDS} seconds"
    return f"more than {MOST_BYTES // 1_000_000} MB of memory" if memory > MOST_BYTES else ""
