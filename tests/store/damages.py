"""Whatever may be wrong with a run folder, and a process that opens each and tells what happens.

`python -m tests.store.damages FOLDER...` opens a whole run first, which imports what is needed, and
then damaged ones. It prints a line of JSON for each: the sentence (`null` if it opens as if nothing
were wrong) and by how many megabytes the process grew meanwhile at most.
"""

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import h5py
import numpy as np

from tests.jobs.samples import smallest_recipe, write_text
from tests.memory import forget_peak, memory, peak_memory
from tfplay.errors import InputError
from tfplay.models import build_model
from tfplay.store import Run, Status, create_run, open_run
from tfplay.store.snapshots import snapshot_path
from tfplay.store.weights import load_weights
from tfplay.text import WordTokenizer

GIGABYTE = 1 << 30
JUNK = bytes(range(256)) * 40
FILES = ("config.json", "status.json", "metrics.jsonl", "samples.jsonl", "tokenizer.json")
MODELS = ("model.keras", "model.npz")
PROGRESS = {
    "step": 1,
    "steps": 3,
    "loss": 2.5,
    "accuracy": 0.1,
    "learning_rate": 0.001,
    "tokens": 80,
    "seconds": 1.5,
    "tokens_per_second": 0.0,
    "remaining_seconds": 0.0,
}


def make_run(folder: Path, model_name: str = "model.keras") -> Run:
    """A whole run of 3 steps with everything in its folder, made without training."""
    data = write_text(folder)
    run = create_run(smallest_recipe("language-model", data), data, folder / "whole")
    tokenizer = WordTokenizer.train([data.read_text()], 50)
    run.save_tokenizer(tokenizer)
    config = run.recipe.model_config(vocabulary_size=tokenizer.vocabulary_size)
    model = build_model(config)
    run.save_model_config(config, model.count_params())
    if model_name == "model.keras":
        run.save_model(model)
    else:
        arrays = {f"model/{weight.path}": np.asarray(weight.numpy()) for weight in model.weights}
        validation = {"last": None, "best": None, "runs_since_best": 0}
        figures = {"step": 1, "tokens": 80, "seconds": 1.5, "recent": [PROGRESS]}
        run.checkpoint.save(arrays, figures | {"validation": validation})
        run.keep_checkpoint()
    if model_name == "model.npz":
        run.save_snapshot(model, 0)
    run.add_metrics(PROGRESS)
    run.add_samples(1, [{"input": "one", "output": "two", "wanted": None}])
    run.write_status(Status("done", "Trained for 3 steps.", progress=PROGRESS, result={"steps": 3}))
    return run


def open_all(folder: Path) -> None:
    """Opens everything that pages and commands open."""
    run = open_run(folder)
    run.status()
    run.metrics()
    run.samples()
    run.checkpoint.load()
    run.model.load()
    for step in run.model.steps():
        load_weights(run.model.config, snapshot_path(run.path, step))


def damages() -> dict[str, Callable[[Path], object]]:
    """What is done to a run folder, by what it is called."""
    all_damages = {}
    for name in (*FILES, "checkpoint.npz"):
        all_damages |= _of_any_file(name)
    for name in ("config.json", "status.json"):
        all_damages |= _of_json(name)
    for name, value in {
        "created": 5,
        "recipe": [],
        "model": {"hidden_dim": "wide"},
        "labels": [1, 2],
        "name": {"first": 1},
        "parameters": "many",
    }.items():
        all_damages[f"config {name}"] = _set_entry("config.json", [name], value)
    all_damages |= {
        "unknown task": _set_entry("config.json", ["recipe", "task"], "flying"),
        "data in another folder": _set_entry("config.json", ["recipe", "data_name"], "../x"),
        "endless data name": _set_entry("config.json", ["recipe", "data_name"], "x" * 10_000),
        "year 1": _set_entry("config.json", ["created"], "0001-01-01T00:00:00"),
        "NaN dropout": _set_entry("config.json", ["model", "dropout"], float("nan")),
        "ten billion parameters": _set_entry("config.json", ["model", "hidden_dim"], 6336),
        "as many layers": _set_entry("config.json", ["model", "num_layers"], 256),
        "progress of text": _set_entry("status.json", ["progress", "loss"], "low"),
        "infinite progress": _set_entry("status.json", ["progress", "seconds"], float("inf")),
        "progress a list": _set_entry("status.json", ["progress"], [1]),
        "result of text": _set_entry("status.json", ["result"], {"train_loss": "low"}),
        "bad line": lambda folder: _append(folder / "metrics.jsonl", b"{oops}\n"),
        "line without a step": lambda folder: _append(folder / "metrics.jsonl", b'{"loss": 1}\n'),
        "line of a list": lambda folder: _append(folder / "metrics.jsonl", b"[1]\n"),
        "deep line": lambda folder: _append(folder / "metrics.jsonl", b"[" * 100_000 + b"\n"),
        "millions of values": lambda folder: _append(
            folder / "metrics.jsonl", b'{"x":[' + b"{}," * 10_000_000 + b"{}]}\n"
        ),
        "bad sample": lambda folder: _append(
            folder / "samples.jsonl", b'{"step":1,"samples":[3]}\n'
        ),
        "other vocabulary": lambda folder: WordTokenizer.train(["a b c d"], 50).save(
            folder / "tokenizer.json"
        ),
        "vocabulary of numbers": _set_entry("tokenizer.json", ["vocabulary"], [1, 2, 3]),
        "vocabulary of text": _set_entry("tokenizer.json", ["vocabulary"], "abc"),
        "special tokens a list": _set_entry("tokenizer.json", ["special_tokens"], ["[PAD]"]),
        "unknown tokenizer": _set_entry("tokenizer.json", ["kind"], []),
        "snapshot of no step": _add_snapshot_of_no_step,
    }
    return all_damages


def model_damages(model_name: str) -> dict[str, Callable[[Path], object]]:
    """What is done to the model of a run folder, by what it is called."""

    def link(target: Path | None) -> Callable[[Path], None]:
        def damage(folder: Path) -> None:
            (folder / model_name).unlink()
            (folder / model_name).symlink_to(target or folder / model_name)

        return damage

    return {
        **_of_any_file(model_name),
        f"{model_name} a link to itself": link(None),
        f"{model_name} a link out of the folder": link(Path(__file__)),
        f"{model_name} an endless device": link(Path("/dev/zero")),
        f"{model_name} a gigabyte of zeros": lambda folder: _write_zip(
            folder / model_name, "model.weights.h5", bytes(GIGABYTE)
        ),
        **(_of_any_file("snapshots/00000000.npz") if model_name == "model.npz" else {}),
        **(_of_npz() if model_name == "model.npz" else _of_keras()),
    }


def _of_any_file(name: str) -> dict[str, Callable[[Path], object]]:
    def half(folder: Path) -> None:
        path = folder / name
        if path.exists():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    def folder_instead(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).mkdir()

    return {
        f"{name} missing": lambda folder: (folder / name).unlink(missing_ok=True),
        f"{name} empty": lambda folder: (folder / name).write_bytes(b""),
        f"{name} half": half,
        f"{name} junk": lambda folder: (folder / name).write_bytes(JUNK),
        f"{name} a folder": folder_instead,
        f"{name} huge": lambda folder: _make_sparse(folder / name, GIGABYTE),
    }


def _of_json(name: str) -> dict[str, Callable[[Path], object]]:
    texts = ["null", "[]", "7", '"text"', "{}", "NaN", "1e999", "9" * 5000, "[" * 100_000]
    return {
        f"{name} {text[:9]}": lambda folder, text=text: (folder / name).write_text(text)
        for text in texts
    }


def _of_npz() -> dict[str, Callable[[Path], object]]:
    def claimed(folder: Path) -> None:
        """The header of one array says that it has a gigabyte."""
        arrays = _members(folder / "model.npz")
        name = next(iter(arrays))
        header = io.BytesIO()
        shape = {"descr": "<f4", "fortran_order": False, "shape": (GIGABYTE // 4,)}
        np.lib.format.write_array_header_1_0(header, shape)
        _write_members(folder / "model.npz", arrays | {name: header.getvalue() + bytes(900_000)})

    def pickled(folder: Path) -> None:
        np.savez(folder / "model.npz", a=np.array([{}], dtype=object), b=np.zeros(100_000))

    def without_numbers(folder: Path) -> None:
        arrays = dict(np.load(folder / "model.npz"))
        name = next(iter(arrays))
        np.savez(folder / "model.npz", **arrays | {name: arrays[name] * np.nan})

    return {
        "npz claims a gigabyte": claimed,
        "npz with objects": pickled,
        "npz with NaN": without_numbers,
        "npz of another model": lambda folder: np.savez(
            folder / "model.npz", kernel=np.zeros((1000, 1000), "float32")
        ),
    }


def _of_keras() -> dict[str, Callable[[Path], object]]:
    def with_h5(change: Callable[[h5py.File, str], object]) -> Callable[[Path], None]:
        def damage(folder: Path) -> None:
            path = folder / "model.keras"
            members = _members(path)
            buffer = io.BytesIO(members["model.weights.h5"])
            with h5py.File(buffer, "r+") as weights:
                names: list[str] = []
                weights.visititems(
                    lambda name, item: (
                        names.append(name) if isinstance(item, h5py.Dataset) else None
                    )
                )
                change(weights, names[0])
            _write_members(path, members | {"model.weights.h5": buffer.getvalue()})

        return damage

    def replaced(**settings: object) -> Callable[[Path], None]:
        def change(weights: h5py.File, name: str) -> None:
            del weights[name]
            weights.create_dataset(name, **settings)

        return with_h5(change)

    def external_link(weights: h5py.File, name: str) -> None:
        del weights[name]
        weights[name] = h5py.ExternalLink("/etc/other.h5", "/x")

    def nan(weights: h5py.File, name: str) -> None:
        weights[name][...] = np.nan

    def itself(weights: h5py.File, name: str) -> None:
        weights["again"] = weights["/"]

    quarter = (GIGABYTE // 4,)
    return {
        "no HDF5": lambda folder: _write_zip(
            folder / "model.keras", "model.weights.h5", JUNK * 30, compression=0
        ),
        "no weights": lambda folder: _write_zip(
            folder / "model.keras", "other.h5", JUNK * 30, compression=0
        ),
        "HDF5 claims a gigabyte": replaced(shape=quarter, dtype="f4"),
        "HDF5 of a gigabyte compressed": replaced(
            shape=quarter, dtype="f4", chunks=(1 << 26,), compression="gzip"
        ),
        "HDF5 of texts": replaced(data=["a", "b"]),
        "HDF5 of another shape": replaced(data=np.zeros((3, 3), "f4")),
        "HDF5 with a link": with_h5(external_link),
        "HDF5 in itself": with_h5(itself),
        "HDF5 with NaN": with_h5(nan),
    }


def _name_of_dataset(name: str, item: object) -> str | None:
    return name if isinstance(item, h5py.Dataset) else None


def _members(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write_members(path: Path, members: dict[str, bytes]) -> None:
    with ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def _write_zip(path: Path, name: str, data: bytes, compression: int = ZIP_DEFLATED) -> None:
    with ZipFile(path, "w", compression) as archive:
        archive.writestr(name, data)


def _set_entry(file: str, place: list[str], value: object) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        data = json.loads((folder / file).read_text())
        inner = data
        for name in place[:-1]:
            inner = inner[name]
        inner[place[-1]] = value
        (folder / file).write_text(json.dumps(data))

    return damage


def _add_snapshot_of_no_step(folder: Path) -> None:
    (folder / "snapshots").mkdir()
    (folder / "snapshots" / "last.npz").write_bytes(JUNK)


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as stream:
        stream.write(data)


def _make_sparse(path: Path, size: int) -> None:
    path.write_bytes(b"")
    os.truncate(path, size)


def main() -> None:
    for folder in map(Path, sys.argv[1:]):
        forget_peak()
        before, sentence = memory(), None
        try:
            open_all(folder)
        except InputError as error:
            sentence = str(error)
        grown = peak_memory() - before
        print(json.dumps({"sentence": sentence, "grown": grown}), flush=True)


if __name__ == "__main__":
    main()
