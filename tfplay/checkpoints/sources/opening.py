"""A published model's folder or file, told apart by what is in it."""

import os
from pathlib import Path
from typing import Any

from tfplay.checkpoints.sources.base import Source, Tensor
from tfplay.checkpoints.sources.gguf import read_gguf
from tfplay.checkpoints.sources.keras_weights import read_keras_weights
from tfplay.checkpoints.sources.safetensors import read_safetensors
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.untrusted import file_size, read_record

CONFIG = "config.json"
SAFETENSORS, SAFETENSORS_INDEX = "model.safetensors", "model.safetensors.index.json"
KERAS_WEIGHTS, KERAS_INDEX = "model.weights.h5", "model.weights.json"

_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")
_WEIGHTS = (*_PICKLES, ".safetensors", ".gguf", ".h5", ".msgpack", ".onnx", ".npz", ".keras")
_READABLE = "safetensors, GGUF or a Keras preset"
_MOST_SMALL_BYTES = 64_000_000
"""Of one of the small files: a vocabulary with its merges has up to 35 million."""
_MOST_INDEX_BYTES = 8_000_000
_MOST_FILES = 1000
_MOST_SHARDS = 500
_MOST_FOLDERS_DEEP = 3


def open_source(path: str | os.PathLike) -> Source:
    """A published model: what it says of itself, and its arrays, none of which is read yet.

    Args:
        path: A folder as the Hugging Face Hub has it, or a Keras preset; or a `.gguf` or
            `.safetensors` file.

    Raises:
        InputError: There is no such model, it is damaged, or only has weights that are not read
            because they may run a program (Python pickles).

    Example::

        source = open_source("bert-tiny")
        source.tensors["bert.pooler.dense.bias"].read()
    """
    path = Path(path)
    if path.is_dir():
        return _open_folder(path)
    file_size(path)
    ending = path.suffix.lower()
    if ending == ".safetensors":
        about, tensors = read_safetensors(path)
        return Source(path, "tensors", about, tensors, {})
    if ending == ".gguf":
        return Source(path, "gguf", *read_gguf(path), {})
    if ending in _PICKLES:
        raise _pickle_error(path, [path.name])
    raise InputError(f"{path.name} is no file of weights that can be read: {_READABLE} is needed.")


def _open_folder(folder: Path) -> Source:
    names = _names(folder)
    files = {
        name: folder / name
        for name in names
        if not name.lower().endswith(_WEIGHTS) and _is_small(folder / name)
    }
    tensors: dict[str, Tensor]
    if SAFETENSORS in names:
        kind, (_, tensors) = "hugging-face", read_safetensors(folder / SAFETENSORS)
    elif SAFETENSORS_INDEX in names:
        kind, tensors = "hugging-face", _read_safetensors_shards(folder)
    elif KERAS_WEIGHTS in names:
        kind, tensors = "keras-preset", read_keras_weights(folder / KERAS_WEIGHTS)
    elif KERAS_INDEX in names:
        kind, tensors = "keras-preset", _read_keras_shards(folder)
    elif path := _only(folder, names, ".safetensors"):
        kind, (_, tensors) = "hugging-face", read_safetensors(path)
    elif path := _only(folder, names, ".gguf"):
        return Source(folder, "gguf", *read_gguf(path), files)
    else:
        raise _no_weights_error(folder, names)
    return Source(folder, kind, read_record(folder / CONFIG), tensors, files)


def _names(folder: Path) -> list[str]:
    """The files of a folder and those below it, with `/` between; hidden ones are left out.

    Raises:
        InputError: There are far more than a model has, or one is a link out of the folder.
    """
    names: list[str] = []
    for place, folders, files in os.walk(folder):
        below = Path(place).relative_to(folder)
        is_deepest = len(below.parts) >= _MOST_FOLDERS_DEEP
        hidden = [name for name in folders if name.startswith(".")]
        folders[:] = [] if is_deepest else sorted({*folders}.difference(hidden))
        for name in files:
            if name.startswith("."):
                continue
            if (Path(place) / name).is_symlink():
                file_size(Path(place) / name)
            names.append((below / name).as_posix())
        if len(names) > _MOST_FILES:
            raise InputError(f"{folder} has more than {_MOST_FILES:,} files; it is no model's.")
    return sorted(names)


def _is_small(path: Path) -> bool:
    return path.is_file() and path.stat().st_size <= _MOST_SMALL_BYTES


def _only(folder: Path, names: list[str], ending: str) -> Path | None:
    """The file of that ending in the folder itself, if there is one.

    Raises:
        InputError: There are several.
    """
    found = [name for name in names if "/" not in name and name.lower().endswith(ending)]
    if len(found) > 1:
        raise InputError(
            f"{folder} has {len(found)} files of weights, {quoted(found)}: name one of them, or "
            f"put the {SAFETENSORS_INDEX} there that tells what is in which."
        )
    return folder / found[0] if found else None


def _read_safetensors_shards(folder: Path) -> dict[str, Tensor]:
    """The arrays of all files that the index names, each where the index says."""
    places = _weight_map(folder / SAFETENSORS_INDEX)
    shards: dict[Any, dict[str, Tensor]] = {}
    tensors = {}
    for name, shard in places.items():
        if not isinstance(shard, str) or shard not in shards:
            shards[shard] = read_safetensors(_shard(folder, SAFETENSORS_INDEX, shard, shards))[1]
        if name not in shards[shard]:
            raise InputError(
                f"{folder / shard} has no {quoted(name)}, which {SAFETENSORS_INDEX} says is in it."
            )
        tensors[name] = shards[shard][name]
    return tensors


def _read_keras_shards(folder: Path) -> dict[str, Tensor]:
    """The arrays of all files that the index names."""
    tensors: dict[str, Tensor] = {}
    seen: set[str] = set()
    for place in _weight_map(folder / KERAS_INDEX).values():
        for shard in place if isinstance(place, list) else [place]:
            if isinstance(shard, str) and shard in seen:
                continue
            arrays = read_keras_weights(_shard(folder, KERAS_INDEX, shard, seen))
            if both := tensors.keys() & arrays.keys():
                raise InputError(f"{folder / shard} has {quoted(min(both))}, as another file has.")
            tensors |= arrays
            seen.add(shard)
    return tensors


def _weight_map(index: Path) -> dict[str, Any]:
    places = read_record(index, _MOST_INDEX_BYTES).get("weight_map")
    if not isinstance(places, dict):
        raise InputError(f"{index.name} is damaged: its 'weight_map' is {quoted(places)}.")
    return places


def _shard(folder: Path, index: str, name: Any, seen: Any) -> Path:
    """A file that an index names; raises an `InputError` unless it is one of the folder's own."""
    is_name = isinstance(name, str) and 0 < len(name) < 256 and Path(name).name == name != ".."
    if not is_name or "\\" in name:
        raise InputError(f"{index} is damaged: {quoted(name)} is no file of its folder.")
    if len(seen) >= _MOST_SHARDS:
        raise InputError(f"{index} is damaged: it names more than {_MOST_SHARDS} files.")
    return folder / name


def _no_weights_error(folder: Path, names: list[str]) -> InputError:
    weights = [name for name in names if name.lower().endswith(_WEIGHTS)]
    if pickles := [name for name in weights if name.lower().endswith(_PICKLES)]:
        return _pickle_error(folder, pickles)
    what = f"only {quoted(weights)}" if weights else "no weights"
    return InputError(f"{folder} has {what}; {_READABLE} is needed.")


def _pickle_error(path: Path, names: list[str]) -> InputError:
    return InputError(
        f"{path} has its weights only as {quoted(names)}: a Python pickle, which can run any "
        "program when it is read, and so is not; the same model in safetensors is needed."
    )
