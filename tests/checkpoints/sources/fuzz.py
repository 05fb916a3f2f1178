"""Flips bits of a file of weights, and opens it.

`python -m tests.checkpoints.sources.fuzz KIND FOLDER` prints how many were refused in a sentence
and how many read, by how many megabytes the process grew at most, and the longest time that one
took. Anything else that happens ends the process.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np

from tests.checkpoints.sources.damages import read_all
from tests.checkpoints.sources.files import arrays, claim, write_gguf, write_safetensors
from tests.memory import forget_peak, memory, peak_memory
from tfplay.errors import InputError

SECONDS = 15
NUMBERS = np.array([0, 1, 2**31, 2**32, 2**60, 2**63, 2**64 - 1], "uint64")


def _whole_gguf(path: Path) -> None:
    places = {"a": ([32, 3], "Q4_0", 0), "b": ([5], "F32", 64), "c": ([256], "Q6_K", 96)}
    claims = [claim(name, *place) for name, place in places.items()]
    write_gguf(path, claims=claims, data=bytes(400))


def _whole_preset(path: Path) -> None:
    with h5py.File(path, "w") as weights:
        for name in ("dense", "dense_1"):
            weights[f"layers/{name}/vars/0"] = np.ones((2, 3), "float32")
            weights[f"layers/{name}/vars/1"] = np.ones(5, "float16")


WHOLE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "safetensors": ("x.safetensors", lambda path: write_safetensors(path, arrays())),
    "gguf": ("x.gguf", _whole_gguf),
    "hdf5": ("model.weights.h5", _whole_preset),
}
"""The name of a file, and what writes a whole one."""


def damaged(data: bytes, random: np.random.Generator) -> bytes:
    """The bytes with some of them changed or cut off, most often near the beginning."""
    changed = bytearray(data)
    for _ in range(random.integers(1, 4)):
        place = int(len(changed) * random.random() ** 2)
        match random.integers(4):
            case 0 | 1:
                changed[place] ^= 1 << random.integers(8)
            case 2:
                changed[place : place + 8] = random.choice(NUMBERS).tobytes()
            case 3:
                size = int(random.integers(1, 9))
                changed[place : place + size] = random.bytes(size)
    is_cut = random.random() < 0.1
    return bytes(changed[: int(len(changed) * random.random())] if is_cut else changed)


def main() -> None:
    kind, folder = sys.argv[1], Path(sys.argv[2])
    name, write = WHOLE[kind]
    path = folder / name
    write(path)
    (folder / "config.json").write_text("{}")
    opened = folder if kind == "hdf5" else path
    read_all(opened)
    whole = path.read_bytes()
    report(lambda random: path.write_bytes(damaged(whole, random)), lambda: read_all(opened))


def report(damage: Callable[[np.random.Generator], object], read: Callable[[], object]) -> None:
    """Damages and reads a file again and again, and prints what came of it."""
    random = np.random.default_rng(0)
    forget_peak()
    before, counts, longest = memory(), {"refused": 0, "read": 0}, 0.0
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        damage(random)
        start = time.process_time()
        try:
            read()
            counts["read"] += 1
        except InputError:
            counts["refused"] += 1
        longest = max(longest, time.process_time() - start)
    print(json.dumps(counts | {"grown": peak_memory() - before, "longest": longest}))


if __name__ == "__main__":
    main()
