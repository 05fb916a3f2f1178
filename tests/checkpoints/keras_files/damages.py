"""Keras files that should not be opened, and a process that opens each and tells what happens.

`python -m tests.checkpoints.keras_files.damages PATH...` is as that of `sources/damages.py`.
"""

import io
import json
import stat
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import h5py
import numpy as np

from tests.checkpoints.sources.damaged_folders import of_keras
from tests.checkpoints.sources.damages import Damage, main, of_any_file
from tfplay.checkpoints.keras_files.checking import check
from tfplay.checkpoints.keras_files.graph import as_keras_file
from tfplay.checkpoints.keras_files.opening import recognise

CONFIG, WEIGHTS = "config.json", "model.weights.h5"
BIDI = "\u202egpt\u202c"
SYSTEM = {"module": "os", "class_name": "system", "config": {"command": "true"}, "name": "x"}
_PRESETS = (
    *("HDF5 compressed", "HDF5 in another file", "HDF5 virtual", "HDF5 with a link out"),
    *("HDF5 with a soft link", "HDF5 in itself"),
)
"""Of what is damaged in a preset's weights, what is tried in a Keras file too."""
LAMBDA = {
    "class_name": "__lambda__",
    "config": {"code": "4wEAAAAAAAAA", "defaults": None, "closure": None},
}


def open_file(path: Path) -> None:
    """Opens a Keras file and loads its model, in this process."""
    recognise(as_keras_file(path, check(path)), {}).load_model()


def of_keras_files(whole: Path) -> dict[str, Damage]:
    """What is wrong with a Keras file, by what it is called.

    Args:
        whole: A text classification that Keras saved.
    """
    with ZipFile(whole) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    any_file = of_any_file(".keras", whole.read_bytes())
    config = _Config(members)
    in_config = _of_texts(config) | _of_layers(config)
    return any_file | _of_zips(members) | in_config | _of_weights(members)


def written(members: dict[str, bytes], add: Callable[[ZipFile], object] = lambda archive: None):
    def write(path: Path) -> None:
        with ZipFile(path, "w", ZIP_STORED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
            add(archive)

    return write


def _of_zips(members: dict[str, bytes]) -> dict[str, Damage]:
    def added(name: str, data: bytes = b"x", kind: int = ZIP_STORED, mode: int = 0o600) -> Damage:
        info = ZipInfo(name)
        info.external_attr = mode << 16
        return written(members, lambda archive: archive.writestr(info, data, kind))

    def without(name: str) -> Damage:
        return written({each: data for each, data in members.items() if each != name})

    def patched(find: bytes, put: bytes) -> Damage:
        def write(path: Path) -> None:
            written(members)(path)
            data = path.read_bytes()
            assert find in data
            path.write_bytes(data.replace(find, put))

        return write

    def compressed(path: Path) -> None:
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)

    def many(archive: ZipFile) -> None:
        for number in range(1100):
            archive.writestr(f"assets/{number}", b"")

    vocabulary = "assets/layers/text_vectorization/vocabulary.txt"
    link = stat.S_IFLNK | 0o777
    size = len(members[CONFIG]).to_bytes(4, "little")
    return {
        "zip with a program": added("evil.py"),
        "zip with a pickle": added("assets.pkl"),
        "zip that leads out": added("../out.txt"),
        "zip that leads out of assets": added("assets/../../out.txt"),
        "zip with an absolute name": added("/etc/out.txt"),
        "zip with a backslash": added("assets\\..\\out.txt"),
        "zip with a drive": added("C:out.txt"),
        "zip with a name that turns around": added(f"assets/{BIDI}.txt"),
        "zip with a name of codes": added("assets/\x1b[2J"),
        "zip with a huge name": added("assets/" + "x" * 60_000),
        "zip with a link": added("assets/vocabulary.txt", b"/etc/passwd", mode=link),
        "zip of links alone": written(
            {}, lambda archive: [archive.writestr(_link(name), b"/etc/passwd") for name in members]
        ),
        "zip with a bomb": added("assets/a", bytes(50_000_000), ZIP_DEFLATED),
        "zip with a bomb of words": added(vocabulary, b"a\n" * 15_000_000, ZIP_DEFLATED),
        "zip with a vocabulary of bytes": added(vocabulary, b"\xff\xfe\xfa"),
        "zip with many files": written(members, many),
        "zip with two configurations": patched(b"metadata.json", b"config.json\0\0"),
        "zip compressed": compressed,
        "zip without weights": without(WEIGHTS),
        "zip without a configuration": without(CONFIG),
        "zip of nothing": written({}),
        "zip whose configuration is shorter": patched(size, (10).to_bytes(4, "little")),
        "zip whose configuration is longer": patched(size, (10**6).to_bytes(4, "little")),
        "zip in a zip": written(members | {WEIGHTS: _zip_of(members)}),
        "zip whose weights are text": written(members | {WEIGHTS: b"{}" * 9999}),
        "zip whose weights are cut short": written(members | {WEIGHTS: members[WEIGHTS][:-900]}),
    }


def _link(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def _zip_of(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


class _Config:
    """Ways to change the configuration of a Keras file, each of which gives a damage."""

    def __init__(self, members: dict[str, bytes]):
        self.members = members

    def text(self, config: bytes) -> Damage:
        return written(self.members | {CONFIG: config})

    def changed(self, change: Callable[[dict[str, dict]], object], whole: bool = False) -> Damage:
        """Changes the layers by their class, or the whole configuration."""
        config = json.loads(self.members[CONFIG])
        layers = {layer["class_name"]: layer for layer in config["config"]["layers"]}
        change(config if whole else layers)
        return self.text(json.dumps(config).encode())

    def of(self, class_name: str, **settings: Any) -> Damage:
        return self.changed(lambda layers: layers[class_name]["config"].update(settings))

    def named(self, name: Any) -> Damage:
        return self.changed(lambda layers: layers["Dropout"].update(name=name))

    def instead(self, layer: dict[str, Any]) -> Damage:
        """Another layer in the place of the pooling."""
        others = {each: value for each, value in layer.items() if each != "name"}
        return self.changed(lambda layers: layers["GlobalAveragePooling1D"].update(others))

    def reads(self, *names: str, calls: int = 1) -> Damage:
        tensors = [
            {"class_name": "__keras_tensor__", "config": {"keras_history": [name, 0, 0]}}
            for name in names
        ]
        nodes = [{"args": tensors, "kwargs": {}}] * calls
        return self.changed(
            lambda layers: layers["GlobalAveragePooling1D"].update(inbound_nodes=nodes)
        )

    def layers(self, value: Any) -> Damage:
        return self.changed(lambda config: config["config"].update(layers=value), whole=True)


def _of_texts(config: _Config) -> dict[str, Damage]:
    return {
        "config not JSON": config.text(b"{"),
        "config not UTF-8": config.text(b'{"\xff": 1}'),
        "config a list": config.text(b"[]"),
        "config a number": config.text(b"7"),
        "config empty": config.text(b"{}"),
        "config of endless digits": config.text(b'{"a": ' + b"9" * 100_000 + b"}"),
        "config 10,000 deep": config.text(b'{"a":' * 10_000 + b"1" + b"}" * 10_000),
        "config lists 1,000,000 deep": config.text(b"[" * 1_000_000),
        "config of many values": config.text(b"[" + b"1," * 300_000 + b"1]"),
        "config of 5 MB": config.text(b'"' + b"x" * 5_000_000 + b'"'),
        "config of a huge text": config.of("Dense", activation="x" * 1_000_000),
        "config with a huge key": config.of("Dense", **{"x" * 1_000_000: 1}),
        "config of code": config.changed(lambda whole: whole.update(SYSTEM), whole=True),
        "config of a path to eval": config.text(b'{"module": "builtins", "class_name": "eval"}'),
    }


def _of_layers(config: _Config) -> dict[str, Damage]:
    dense = {"class_name": "Dense", "config": {"units": 3}}
    return {
        "layers a text": config.layers("__import__('os')"),
        "layers of numbers": config.layers([1, 2]),
        "layers none": config.layers([]),
        "layers many": config.layers([dense | {"name": str(n)} for n in range(3000)]),
        "layers twice": config.layers([dense | {"name": "x"}] * 2),
        "layer a Lambda": config.instead({"class_name": "Lambda", "config": {"function": LAMBDA}}),
        "layer with a lambda inside": config.of("Dense", activation=LAMBDA),
        "layer of the system": config.instead(SYSTEM),
        "layer of a registered class": config.instead(
            {"class_name": "Evil", "registered_name": "Custom>Evil", "module": "evil"}
        ),
        "layer of another's Dense": config.changed(
            lambda layers: layers["Dense"].update(module=None, registered_name="mine>Dense")
        ),
        "layer of a module of code": config.instead(dense | {"module": "os;import sys"}),
        "layer of a module of numbers": config.instead(dense | {"module": 5}),
        "layer of a hub path": config.instead({"class_name": "hf://evil/model", "module": "keras"}),
        "layer a TFSMLayer": config.instead(
            {"class_name": "TFSMLayer", "config": {"filepath": "/etc"}}
        ),
        "layer between that is unknown": config.instead({"class_name": "Rescaling"}),
        "layer without a class": config.instead({"class_name": None}),
        "layer whose class is a number": config.instead({"class_name": 5}),
        "layer with a name that turns around": config.named(BIDI),
        "layer with a name of lines": config.named("a\nb"),
        "layer with an empty name": config.named(""),
        "layer with a huge name": config.named("x" * 5000),
        "layer whose name is a list": config.named([1]),
        "layer that reads itself": config.reads("global_average_pooling1d"),
        "layer that reads nothing there": config.reads("nobody"),
        "layer that reads two": config.reads("transformer_block", "input_layer"),
        "layer called twice": config.reads("transformer_block", calls=2),
        "activation a function": config.of(
            "Dense", activation={"class_name": "function", "config": "system", "module": "os"}
        ),
        "activation unknown": config.of("Dense", activation="__import__"),
        "units of 1e8": config.of("Dense", units=10**8),
        "units a text": config.of("Dense", units="4"),
        "units true": config.of("Dense", units=True),
        "vocabulary of a local file": config.instead(
            {"class_name": "TextVectorization", "config": {"vocabulary": "/etc/passwd"}}
        ),
    }


def _of_weights(members: dict[str, bytes]) -> dict[str, Damage]:
    block = "layers/transformer_block"

    def weights(change: Callable[[h5py.File], object]) -> Damage:
        def write(path: Path) -> None:
            buffer = io.BytesIO(members[WEIGHTS])
            with h5py.File(buffer, "r+") as file:
                change(file)
            written(members | {WEIGHTS: buffer.getvalue()})(path)

        return write

    def put(name: str, array: np.ndarray) -> Damage:
        def change(file: h5py.File) -> None:
            del file[name]
            file[name] = array

        return weights(change)

    def claimed(name: str, *shape: int) -> Damage:
        def change(file: h5py.File) -> None:
            del file[name]
            file.create_dataset(name, shape, "float32")

        return weights(change)

    def taken_from(preset: Damage) -> Damage:
        """The weights of a preset, alone in a `.keras` file."""

        def write(path: Path) -> None:
            with TemporaryDirectory() as folder:
                preset(Path(folder, "preset"))
                data = Path(folder, "preset", WEIGHTS).read_bytes()
            written(members | {WEIGHTS: data})(path)

        return write

    ones = np.ones((6, 3, 6), "float32")
    query = f"{block}/att/query_dense/vars/0"
    token = "layers/token_and_position_embedding/token_emb/vars/0"
    return {
        "weights without a query": weights(lambda file: file.pop(query)),
        "weights without a norm": weights(lambda file: file.pop(f"{block}/layernorm1/vars/1")),
        "weights with one more": weights(lambda file: file.__setitem__("layers/x/vars/0", ones)),
        "weights of another shape": put(query, ones[:5]),
        "weights without an axis": put(query, np.float32(1)),
        "weights of no heads": put(query, ones[:, :0]),
        "weights of no numbers": put(query, ones * np.nan),
        "weights without end": put(query, ones * np.inf),
        "weights of whole numbers": put(query, ones.astype("int32")),
        "weights of switches": put(query, ones.astype(bool)),
        "weights of one axis for words": put(token, np.ones(29, "float32")),
        "weights of no words": put(token, np.ones((0, 6), "float32")),
        "weights of 1e8 words": claimed(token, 10**8, 6),
        "weights of 1e8 heads": claimed(query, 6, 10**8, 6),
        "weights of 1e8 positions": claimed(
            "layers/token_and_position_embedding/pos_emb/vars/0", 10**8, 6
        ),
        "weights of no axes that multiply": put(query, np.ones((2**20, 0, 2**20), "float32")),
    } | {f"weights: {what}": taken_from(of_keras()[what]) for what in _PRESETS}


if __name__ == "__main__":
    main(open_file)
