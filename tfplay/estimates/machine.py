"""What this machine trains on, asked without TensorFlow, which would take hold of a GPU."""

import math
import os
import subprocess
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil

_CGROUPS = Path("/sys/fs/cgroup")
_OWN_CGROUPS = Path("/proc/self/cgroup")
_SIZE, _SECONDS = 64, 0.1
_ASK_GPUS = ["nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits"]


class Machine(NamedTuple):
    """What trainings here have."""

    memory: int
    """Bytes: of the first GPU, or else what processes may use of the main memory."""
    has_gpu: bool


@cache
def machine() -> Machine:
    """The first GPU that may be used here, or else the processors."""
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if visible in ("", "-1"):
        return Machine(_main_memory(), has_gpu=False)
    command = [*_ASK_GPUS, f"--id={visible}"] if visible else _ASK_GPUS
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
        return Machine(int(answer.stdout.split()[0]) * 2**20, has_gpu=True)
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return Machine(_main_memory(), has_gpu=False)


def _main_memory() -> int:
    limits = (path.read_text().strip() for path in _memory_limits() if path.exists())
    # "max" is no limit, and so is a number beyond what the machine has.
    return min([psutil.virtual_memory().total, *map(int, filter(str.isdecimal, limits))])


def _memory_limits() -> Iterator[Path]:
    """The files that may have this process' limit: a container's, or those of a cgroup in it."""
    own = _OWN_CGROUPS.read_text().splitlines() if _OWN_CGROUPS.exists() else []
    groups = {kind: path for _, kind, path in (line.split(":", 2) for line in own)}
    for path in ("/", groups.get("", "/")):
        yield _CGROUPS / path[1:] / "memory.max"
    for path in ("/", groups.get("memory", "/")):
        yield _CGROUPS / "memory" / path[1:] / "memory.limit_in_bytes"  # version 1


def num_cores() -> int:
    """Processor cores that this process may use."""
    process = psutil.Process()
    if hasattr(process, "cpu_affinity"):  # not on macOS
        return len(process.cpu_affinity())
    return psutil.cpu_count() or 1


def measure_products_per_second() -> float:
    """Multiply-adds a second of all processors, in the quickest product of 64 x 64 matrices.

    It takes a tenth of a second on one processor; so small a product is not shared out. The
    quickest tells what the processor can do, whatever else it does just now.
    """
    matrix = np.full((_SIZE, _SIZE), 1 / _SIZE, dtype="float32")
    quickest, end = math.inf, time.perf_counter() + _SECONDS
    while (start := time.perf_counter()) < end:
        matrix @ matrix
        quickest = min(quickest, time.perf_counter() - start)
    return num_cores() * _SIZE**3 / quickest
