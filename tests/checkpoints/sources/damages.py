"""Files of weights that should not be opened, and a process that opens each and tells what happens.

`python -m tests.checkpoints.sources.damages PATH...` opens each and reads all arrays in it. It
prints a line of JSON for each: the sentence (`null` if it opens as if nothing were wrong), by how
many megabytes the process grew meanwhile at most, and its seconds of work.
"""

import json
import os
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.checkpoints.sources.files import (
    ENTRIES,
    claim,
    entry,
    safetensors_header,
    text,
    write_gguf,
    write_safetensors,
)
from tests.memory import forget_peak, memory, peak_memory
from tfplay.checkpoints.sources.opening import open_source
from tfplay.errors import InputError

GIGABYTE = 1 << 30
JUNK = bytes(range(256)) * 400
WEIGHTS = {"a": np.ones((2, 3), "float32"), "b": np.ones(5, "float32")}

Damage = Callable[[Path], object]
"""Writes what is to be opened: a file, or a folder, of that path."""


def read_all(path: Path) -> None:
    """Opens a source and reads every array."""
    for tensor in open_source(path).tensors.values():
        tensor.read().tobytes()


def of_any_file(ending: str, whole: bytes) -> dict[str, Damage]:
    """What is done to any file, by what it is called."""
    middle = len(whole) // 2
    contents = {
        "empty": b"",
        "of a byte": whole[:1],
        "cut short": whole[:-1],
        "cut in the middle": whole[:middle],
        "junk": JUNK,
        "zeros": bytes(100_000),
        "ones": b"\xff" * 100_000,
        "text": b"{}" * 1000,
        "a pickle": b"\x80\x04\x95" + JUNK,
    }
    writing = {
        f"{ending} {what}": lambda path, data=data: path.write_bytes(data)
        for what, data in contents.items()
    }
    return writing | {
        f"{ending} missing": lambda path: None,
        f"{ending} a pipe": os.mkfifo,
        f"{ending} a link to itself": lambda path: path.symlink_to(path),
        f"{ending} a link out of the folder": lambda path: path.symlink_to(Path(__file__)),
        f"{ending} an endless device": lambda path: path.symlink_to("/dev/zero"),
        f"{ending} a gigabyte of nothing": lambda path: _make_sparse(path, b"", GIGABYTE),
    }


def header(text: bytes) -> Damage:
    return lambda path: write_safetensors(path, WEIGHTS, text)


def length(value: int) -> Damage:
    return lambda path: write_safetensors(path, WEIGHTS, length=value)


def changed(**entry: Any) -> Damage:
    plain = safetensors_header(WEIGHTS)
    return lambda path: write_safetensors(path, WEIGHTS, plain | {"a": plain["a"] | entry})


def empty_arrays(count: int) -> bytes:
    empty = '{"dtype":"F32","shape":[0],"data_offsets":[0,0]}'
    return ("{" + ",".join(f'"{n}":{empty}' for n in range(count)) + "}").encode()


def of_safetensors() -> dict[str, Damage]:
    """What is wrong within a safetensors file, by what it is called."""
    twice = json.dumps(safetensors_header(WEIGHTS)).replace('"b"', '"a"').encode()
    return {
        "header longer than the file": length(10_000),
        "header of 2^63 bytes": length(2**63),
        "header of 2^64 - 1 bytes": length(2**64 - 1),
        "header of no bytes": length(0),
        "header cut by its length": length(40),
        "header with the arrays": length(250),
        "header of a gigabyte": lambda path: _make_sparse(
            path, (GIGABYTE - 8).to_bytes(8, "little"), GIGABYTE
        ),
        "header not UTF-8": header(b'{"\xff\xfe": 1}'),
        "header a list": header(b"[]"),
        "header a number": header(b"7"),
        "header of endless digits": header(b'{"a": ' + b"9" * 100_000 + b"}"),
        "header 10,000 deep": header(b'{"a":' * 10_000),
        "header lists 1,000,000 deep": header(b"[" * 1_000_000),
        "header of many lists": header(b"[" + b"[]," * 1_300_000 + b"[]]"),
        "header of many objects": header(b'{"a":[' + b"{}," * 1_300_000 + b"{}]}"),
        "header of many arrays twice": header(empty_arrays(70_000)[:-1] + b',"7":{}}'),
        "metadata of numbers": header(b'{"__metadata__": {"a": 1}}'),
        "metadata a list": header(b'{"__metadata__": []}'),
        "entry a list": header(b'{"a": [1, 2]}'),
        "entry without a shape": header(b'{"a": {"dtype": "F32", "data_offsets": [0, 4]}}'),
        "name twice": header(twice),
        "key twice": header(b'{"a": {"dtype": "F32", "dtype": "F64", "shape": [1]}}'),
        "name empty": header(b'{"": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]}}'),
        "name half a letter": header(b'{"\\ud800": {}}'),
        "name of many letters": header(b'{"' + b"a" * 1_000_000 + b'": {}}'),
        "name with a terminal's codes": header(b'{"a\\u001b[2J": {}}'),
        "dtype unknown": changed(dtype="F128"),
        "dtype of 8 bits": changed(dtype="F8_E4M3"),
        "dtype a number": changed(dtype=4),
        "dtype a list": changed(dtype=["F32"]),
        "dtype too wide": changed(dtype="F64"),
        "shape too large": changed(shape=[10**18]),
        "shape of many large axes": changed(shape=[10**18] * 8),
        "shape that wraps to fit": changed(shape=[2**63, 2**63, 6]),
        "shape of endless rows of nothing": changed(shape=[10**300, 0], data_offsets=[0, 0]),
        "shape of many rows of nothing": changed(shape=[2**62, 0], data_offsets=[0, 0]),
        "shape negative": changed(shape=[-2, -3]),
        "shape of fractions": changed(shape=[2.0, 3.0]),
        "shape of flags": changed(shape=[True, True, 6]),
        "shape of 100,000 axes": changed(shape=[1] * 100_000),
        "shape a text": changed(shape="23"),
        "offsets overlap": changed(data_offsets=[4, 28]),
        "offsets past the end": changed(data_offsets=[2**40, 2**40 + 24]),
        "offsets negative": changed(data_offsets=[-24, 0]),
        "offsets backward": changed(data_offsets=[24, 0]),
        "offsets of fractions": changed(data_offsets=[0.0, 24.0]),
        "offsets three": changed(data_offsets=[0, 12, 24]),
        "offsets leave a hole": changed(shape=[2, 2], data_offsets=[0, 16]),
        "bytes of no array": lambda path: write_safetensors(path, WEIGHTS, tail=bytes(100)),
    }


def gguf(**settings: Any) -> Damage:
    return lambda path: write_gguf(path, **settings)


def entries(*values: bytes) -> Damage:
    return gguf(entries=list(values))


def claims(*values: bytes) -> Damage:
    return gguf(claims=list(values))


def texts(count: int, *values: bytes, kind: int = 8) -> bytes:
    return entry("texts", 9, struct.pack("<IQ", kind, count) + b"".join(values))


def alignment(value: int) -> Damage:
    return entries(entry("general.alignment", 4, struct.pack("<I", value)))


def of_gguf() -> dict[str, Damage]:
    """What is wrong within a GGUF file, by what it is called."""
    huge_text = struct.pack("<Q", 2**62) + b"a"
    plain = list(ENTRIES.values())
    return {
        "magic of GGML": gguf(start=b"ggml" + struct.pack("<I", 3)),
        "magic backward": gguf(start=b"FUGG" + struct.pack("<I", 3)),
        "version 1": gguf(start=b"GGUF" + struct.pack("<I", 1)),
        "version 4": gguf(start=b"GGUF" + struct.pack("<I", 4)),
        "version of a big-endian machine": gguf(start=b"GGUF" + struct.pack(">I", 3)),
        "2^60 arrays": gguf(counts=(2**60, 0)),
        "2^60 entries": gguf(counts=(0, 2**60)),
        "more arrays than there are": gguf(counts=(40_000, len(plain))),
        "more entries than there are": gguf(counts=(1, 9_000)),
        "key of 2^62 letters": entries(huge_text),
        "text of 2^62 letters": entries(entry("a", 8, huge_text)),
        "text of 2^64 - 1 letters": entries(entry("a", 8, struct.pack("<Q", 2**64 - 1))),
        "text of half a gigabyte": lambda path: _make_sparse(
            path,
            b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + entry("a", 8, struct.pack("<Q", 1 << 29)),
            GIGABYTE,
        ),
        "list of 2^60 texts": entries(texts(2**60, text("a"))),
        "list of 2^60 numbers": entries(texts(2**60, b"1234", kind=5)),
        "list of 2^60 flags": entries(texts(2**60, b"1", kind=7)),
        "list of 2,000,000 empty texts": entries(texts(2_000_000, bytes(16_000_000))),
        "lists of 900,000 empty texts each": entries(
            *(
                entry(name, 9, struct.pack("<IQ", 8, 900_000) + bytes(7_200_000))
                for name in ("a", "b", "c")
            )
        ),
        "list in a list": entries(texts(1, texts(1, text("a")), kind=9)),
        "lists 100,000 deep": entries(entry("a", 9, struct.pack("<IQ", 9, 1) * 100_000)),
        "list of an unknown kind": entries(texts(1, b"1234", kind=99)),
        "entry of an unknown kind": entries(entry("a", 13, b"1234")),
        "entry twice": entries(plain[0], plain[0]),
        "entry without a name": entries(entry("", 4, b"1234")),
        "text not UTF-8": entries(entry("a", 8, text(b"\xff\xfe"))),
        "key not UTF-8": entries(text(b"\xff") + struct.pack("<I", 4) + b"1234"),
        "alignment 0": alignment(0),
        "alignment 3": alignment(3),
        "alignment 2^31": alignment(2**31),
        "alignment a text": entries(entry("general.alignment", 8, text("32"))),
        "alignment a list": entries(entry("general.alignment", 9, struct.pack("<IQI", 4, 1, 32))),
        "part of several": entries(entry("split.count", 2, struct.pack("<H", 3))),
    } | _of_gguf_arrays()


def _of_gguf_arrays() -> dict[str, Damage]:
    """What is wrong with what a GGUF file says of its arrays."""
    return {
        "array twice": claims(claim("w", [3], "F32", 0), claim("w", [3], "F32", 32)),
        "array past the end": claims(claim("w", [3, 5], "F32", 32)),
        "array at 2^63": claims(claim("w", [3, 5], "F32", 2**63)),
        "array at the end of counting": claims(claim("w", [3, 5], "F32", 2**64 - 32)),
        "arrays overlap": claims(claim("w", [9], "F32", 0), claim("v", [3], "F32", 32)),
        "array beside its alignment": claims(claim("w", [3], "F32", 4)),
        "axes of 2^60": claims(claim("w", [2**60, 2**60], "F32", 0)),
        "axes of 2^63": claims(claim("w", [2**63], "I8", 0)),
        "axes of 2^62 and none": claims(claim("w", [0, 2**62], "F32", 0)),
        "axes that wrap to fit": claims(claim("w", [2**32, 2**32, 15], "I8", 0)),
        "quantised to 2^60": claims(claim("w", [2**60], "Q4_0", 0)),
        "2^31 axes": claims(text("w") + struct.pack("<I", 2**31)),
        "5 axes": claims(claim("w", [1, 1, 1, 1, 3], "F32", 0)),
        "kind unknown": claims(claim("w", [3, 5], 4_000_000_000, 0)),
        "kind that was removed": claims(claim("w", [32], 4, 0)),
        "quantised without axes": claims(claim("w", [], "Q8_0", 0)),
        "quantised in half blocks": claims(claim("w", [40], "Q8_0", 0)),
        "name of an array of codes": claims(claim("\x1b[2J", [3], "F32", 0)),
        "name of an array too long": claims(claim("w" * 1000, [3], "F32", 0)),
    }


def _make_sparse(path: Path, start: bytes, size: int) -> None:
    path.write_bytes(start)
    os.truncate(path, size)


def main(open_all: Callable[[Path], object] = read_all) -> None:
    """Opens each path that is named and tells what happens, as the module's docstring says."""
    for path in map(Path, sys.argv[1:]):
        forget_peak()
        before, sentence, start = memory(), None, time.process_time()
        try:
            open_all(path)
        except InputError as error:
            sentence = str(error)
        seconds = time.process_time() - start
        report = {"sentence": sentence, "grown": peak_memory() - before, "seconds": seconds}
        print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
