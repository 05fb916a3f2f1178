"""Files of weights written byte by byte, whole ones and such as nobody should write."""

import json
import struct
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np

DTYPES = {
    **{f"float{bits}": f"F{bits}" for bits in (16, 32, 64)},
    **{f"int{bits}": f"I{bits}" for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": f"U{bits}" for bits in (8, 16, 32, 64)},
    "bfloat16": "BF16",
    "bool": "BOOL",
}
GGUF_KINDS = {
    **{"F32": 0, "F16": 1, "Q4_0": 2, "Q4_1": 3, "Q5_0": 6, "Q5_1": 7, "Q8_0": 8, "Q4_K": 12},
    **{"Q5_K": 13, "Q6_K": 14, "I8": 24, "I16": 25, "I32": 26, "I64": 27, "F64": 28, "BF16": 30},
}


def arrays() -> dict[str, np.ndarray]:
    """An array of every kind of number, each axis of another prime length."""
    random = np.random.default_rng(0)
    numbers = random.normal(size=(2, 3, 5)) * 50
    return {f"a.{dtype}": numbers.astype(_dtype(dtype)) for dtype in DTYPES} | {
        "scalar": np.float32(3.5).reshape(()),
        "empty": np.zeros((0, 7), "float32"),
        "flags": random.integers(0, 2, (11,)).astype(bool),
    }


def safetensors_header(arrays: dict[str, np.ndarray]) -> dict[str, Any]:
    """What stands in front of the arrays' bytes."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, array in arrays.items():
        header[name] = {
            "dtype": DTYPES[array.dtype.name],
            "shape": list(array.shape),
            "data_offsets": [end, end + array.nbytes],
        }
        end += array.nbytes
    return header


def write_safetensors(
    path: Path,
    arrays: dict[str, np.ndarray],
    header: dict[str, Any] | bytes | None = None,
    length: int | None = None,
    tail: bytes = b"",
) -> Path:
    """A file of arrays.

    Args:
        path: Where it is written.
        arrays: What is in it.
        header: What it says is in it, unless that.
        length: What it says is the header's length, unless that.
        tail: What follows the arrays.
    """
    header = safetensors_header(arrays) if header is None else header
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    length = len(text) if length is None else length
    data = b"".join(array.tobytes() for array in arrays.values())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(length.to_bytes(8, "little") + text + data + tail)
    return path


def text(value: str | bytes) -> bytes:
    """A text as GGUF has it."""
    data = value.encode() if isinstance(value, str) else value
    return struct.pack("<Q", len(data)) + data


def entry(name: str, kind: int, value: bytes) -> bytes:
    """An entry of a GGUF file."""
    return text(name) + struct.pack("<I", kind) + value


ENTRIES = {
    "general.architecture": entry("general.architecture", 8, text("llama")),
    "llama.block_count": entry("llama.block_count", 4, struct.pack("<I", 30)),
    "llama.rope.freq_base": entry("llama.rope.freq_base", 6, struct.pack("<f", 0.5)),
    "add_bos": entry("add_bos", 7, b"\1"),
    "tokens": entry("tokens", 9, struct.pack("<IQ", 8, 3) + text("a") + text("भ") + text("")),
    "types": entry("types", 9, struct.pack("<IQ3i", 5, 3, 1, -2, 3)),
    "flags": entry("flags", 9, struct.pack("<IQ", 7, 2) + b"\0\1"),
}


def claim(name: str, axes: list[int], kind: int | str, offset: int) -> bytes:
    """What a GGUF file says of an array; the fastest axis comes first."""
    number = GGUF_KINDS[kind] if isinstance(kind, str) else kind
    sizes = struct.pack(f"<I{len(axes)}Q", len(axes), *axes)
    return text(name) + sizes + struct.pack("<IQ", number, offset)


def write_gguf(
    path: Path,
    entries: list[bytes] | None = None,
    claims: list[bytes] | None = None,
    data: bytes = bytes(4 * 15),
    counts: tuple[int, int] | None = None,
    start: bytes = b"GGUF" + struct.pack("<I", 3),
    alignment: int = 32,
) -> Path:
    """A file of arrays and entries, by default of one array `w` of zeros (5, 3).

    Args:
        path: Where it is written.
        entries: What describes the model.
        claims: What is said of the arrays.
        data: The bytes of the arrays.
        counts: How many claims and entries there should be, unless as many as there are.
        start: Magic and version.
        alignment: Where the arrays begin is a multiple of it.
    """
    entries = list(ENTRIES.values()) if entries is None else entries
    claims = [claim("w", [3, 5], "F32", 0)] if claims is None else claims
    numbers = struct.pack("<QQ", *((len(claims), len(entries)) if counts is None else counts))
    head = start + numbers + b"".join(entries) + b"".join(claims)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + bytes(-len(head) % alignment) + data)
    return path


def _dtype(name: str) -> np.dtype:
    return np.dtype(ml_dtypes.bfloat16 if name == "bfloat16" else name)
