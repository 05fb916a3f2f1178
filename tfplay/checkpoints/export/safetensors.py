"""Writes the safetensors format, which `sources/safetensors.py` reads."""

import json
from collections.abc import Mapping
from math import prod
from pathlib import Path

import numpy as np

from tfplay.checkpoints.sources.base import Tensor
from tfplay.checkpoints.sources.safetensors import METADATA

_KINDS = {"float16": ("F16", 2), "bfloat16": ("BF16", 2), "float32": ("F32", 4)}
"""The format's name of each kind of number, and its bytes."""
_ALIGNMENT = 8


def write_safetensors(path: Path, tensors: Mapping[str, Tensor]) -> None:
    """Writes the tensors, with one at a time in memory.

    Args:
        path: The file, which is replaced.
        tensors: By name; of floating-point numbers.
    """
    header: dict[str, object] = {METADATA: {"format": "pt"}}  # `transformers` asks for it
    start = 0
    for name, tensor in tensors.items():
        kind, num_bytes = _KINDS[tensor.dtype]
        end = start + prod(tensor.shape) * num_bytes
        header[name] = {"dtype": kind, "shape": tensor.shape, "data_offsets": [start, end]}
        start = end
    head = json.dumps(header, separators=(",", ":")).encode()
    head += b" " * (-len(head) % _ALIGNMENT)
    with path.open("wb") as stream:
        stream.write(len(head).to_bytes(8, "little") + head)
        for tensor in tensors.values():
            stream.write(np.ascontiguousarray(tensor.read()).tobytes())
