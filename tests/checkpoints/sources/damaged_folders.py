"""Folders of weights that should not be opened: Keras presets, and what is around whole weights."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from tests.checkpoints.sources.damages import GIGABYTE, WEIGHTS, Damage
from tests.checkpoints.sources.files import write_safetensors


def preset(change: Callable[[h5py.File], object], **settings: Any) -> Damage:
    def write(folder: Path) -> None:
        folder.mkdir()
        (folder / "config.json").write_text("{}")
        with h5py.File(folder / "model.weights.h5", "w", **settings) as weights:
            weights["layers/dense/vars/0"] = np.ones((2, 3), "float32")
            change(weights)

    return write


def dataset(**settings: Any) -> Damage:
    return preset(lambda weights: weights.create_dataset("x", **settings))


def external_link(weights: h5py.File) -> None:
    weights["x"] = h5py.ExternalLink("/etc/other.h5", "/x")


def soft_link(weights: h5py.File) -> None:
    weights["x"] = h5py.SoftLink("/layers/dense/vars/0")


def itself(weights: h5py.File) -> None:
    weights["again"] = weights["/"]


def hard_link(weights: h5py.File) -> None:
    weights["x"] = weights["layers/dense/vars/0"]


def virtual(weights: h5py.File) -> None:
    layout = h5py.VirtualLayout((3,), "float32")
    layout[:] = h5py.VirtualSource("/etc/other.h5", "x", (3,))
    weights.create_virtual_dataset("x", layout)


def odd_float(weights: h5py.File) -> None:
    kind = h5py.h5t.IEEE_F32LE.copy()
    kind.set_ebias(5)
    h5py.h5d.create(weights.id, b"x", kind, h5py.h5s.create_simple((3,))).write(
        h5py.h5s.ALL, h5py.h5s.ALL, np.ones(3, "float32")
    )


def compact(weights: h5py.File) -> None:
    plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plan.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((3,))
    h5py.h5d.create(weights.id, b"x", h5py.h5t.IEEE_F32LE, space, plan)


def many(weights: h5py.File) -> None:
    for place in ("a", "b"):
        for number in range(6_000):
            weights.create_group(f"{place}/{number}")


def groups(weights: h5py.File) -> None:
    inner = weights
    for _ in range(3000):
        inner = inner.create_group("g")


def of_keras() -> dict[str, Damage]:
    """What is wrong within a preset's weights, by what it is called."""
    quarter = (GIGABYTE // 4,)
    return {
        "HDF5 claims a gigabyte": dataset(shape=quarter, dtype="f4"),
        "HDF5 claims 2^60": dataset(shape=(2**60,), dtype="f4"),
        "HDF5 compressed": dataset(data=np.zeros((64, 64)), compression="gzip"),
        "HDF5 in chunks": dataset(data=np.zeros((64, 64)), chunks=(8, 8)),
        "HDF5 a gigabyte in chunks": dataset(shape=quarter, dtype="f4", chunks=(1 << 20,)),
        "HDF5 in another file": dataset(
            shape=(3,), dtype="f4", external=[("/etc/passwd", 0, h5py.h5f.UNLIMITED)]
        ),
        "HDF5 of texts": dataset(data=["a", "b"]),
        "HDF5 of records": dataset(data=np.zeros(3, [("a", "f4"), ("b", "i4")])),
        "HDF5 of references": dataset(shape=(3,), dtype=h5py.ref_dtype),
        "HDF5 of lists": dataset(shape=(3,), dtype=h5py.vlen_dtype("f4")),
        "HDF5 of complex numbers": dataset(data=np.zeros(3, "complex64")),
        "HDF5 of floats of its own": preset(odd_float),
        "HDF5 within a header": preset(compact),
        "HDF5 virtual": preset(virtual),
        "HDF5 with a link out": preset(external_link),
        "HDF5 with a soft link": preset(soft_link),
        "HDF5 with an array twice": preset(hard_link),
        "HDF5 in itself": preset(itself),
        "HDF5 with a name of codes": preset(lambda weights: weights.create_dataset("\x1b", data=1)),
        "HDF5 with a huge attribute": preset(
            lambda weights: weights["layers"].attrs.create("x", np.zeros(9000)), libver="latest"
        ),
        "HDF5 of many arrays": preset(many),
        "HDF5 with a kind of numbers": preset(
            lambda weights: weights.__setitem__("x", np.dtype("float32"))
        ),
        "HDF5 very deep": preset(groups),
    }


def of_folders() -> dict[str, Damage]:
    """What is wrong with a folder around whole weights, by what it is called."""

    def folder(config: str | bytes = "{}", **files: str) -> Damage:
        def write(path: Path) -> None:
            write_safetensors(path / "a.safetensors", WEIGHTS)
            data = config if isinstance(config, bytes) else config.encode()
            (path / "config.json").write_bytes(data)
            for name, content in files.items():
                (path / name.replace("_", ".")).write_text(content)

        return write

    def index(content: str) -> Damage:
        return folder(model_safetensors_index_json=content)

    def shard(name: Any) -> Damage:
        return index(json.dumps({"weight_map": {"a": name}}))

    def shard_that_is(make: Callable[[Path], object]) -> Damage:
        def write(path: Path) -> None:
            shard("b.safetensors")(path)
            make(path / "b.safetensors")

        return write

    return {
        "folder empty": Path.mkdir,
        "config missing": lambda path: write_safetensors(path / "model.safetensors", WEIGHTS),
        "config a list": folder("[]"),
        "config not JSON": folder("{"),
        "config not text": folder(b"\xff\0\xfe" * 100),
        "config 100,000 deep": folder('{"a":' * 100_000),
        "config of 3 megabytes": folder('{"a":"' + "a" * 3_000_000 + '"}'),
        "index a list": index("[]"),
        "index without a map": index("{}"),
        "index with a list": index('{"weight_map": []}'),
        "index of many": index(
            json.dumps({"weight_map": {str(n): f"{n}.safetensors" for n in range(100_000)}})
        ),
        "index names no file": shard("missing.safetensors"),
        "index names what is above": shard("../a.safetensors"),
        "index names what is elsewhere": shard("/etc/passwd"),
        "index names the folder above": shard(".."),
        "index names the folder": shard("."),
        "index names nothing": shard(""),
        "index names a zero byte": shard("a\0.safetensors"),
        "index names a number": shard(7),
        "index names an object": shard({}),
        "index names an endless name": shard("a" * 100_000),
        "index names an array that is not there": index('{"weight_map": {"x": "a.safetensors"}}'),
        "shard a folder": shard_that_is(Path.mkdir),
        "shard a pipe": shard_that_is(os.mkfifo),
        "shard a link to itself": shard_that_is(lambda path: path.symlink_to(path)),
        "shard a link out": shard_that_is(lambda path: path.symlink_to(__file__)),
        "small file a link out": lambda path: (
            folder()(path),
            (path / "vocab.txt").symlink_to("/etc/passwd"),
        ),
    }
