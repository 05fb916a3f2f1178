"""The weights of a Keras preset: plain arrays in HDF5, which stand in the file as they are."""

from pathlib import Path
from typing import Any

from tfplay.checkpoints.sources.base import Tensor
from tfplay.checkpoints.sources.mapped import (
    BFLOAT16,
    checked_name,
    checked_shape,
    mapped_tensor,
    require_apart,
)
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.untrusted import damage_told, file_size, is_bfloat16, require_plain_group


def read_keras_weights(path: Path) -> dict[str, Tensor]:
    """The arrays of a `.weights.h5` file by name, such as `"layers/dense/vars/0"`.

    Raises:
        InputError: It is missing or damaged, or has anything else than plain arrays.
    """
    import h5py

    size = file_size(path)
    tensors: dict[str, Tensor] = {}
    places = []

    def add(name: str, item: Any) -> None:
        if isinstance(item, h5py.Dataset) and item.size:
            tensors[name], place = _tensor(path, name, item)
            places.append(place)

    with damage_told(path), h5py.File(path, "r") as weights:
        require_plain_group(path, weights)
        weights.visititems(add)
    require_apart(path, places, size)
    return tensors


def _tensor(path: Path, name: str, item: Any) -> tuple[Tensor, tuple[int, int, str]]:
    """An array, and where it begins and ends."""
    import h5py

    offset = item.id.get_offset()
    dtype = BFLOAT16 if is_bfloat16(item) else item.dtype
    is_plain = item.id.get_type().equal(h5py.h5t.py_create(item.dtype))
    if offset is None or not is_plain:
        raise InputError(
            f"{path.name} is damaged: {quoted(name)} in it is no plain array of numbers."
        )
    shape = checked_shape(path, name, item.shape)
    tensor = mapped_tensor(path, checked_name(path, name), shape, dtype, offset)
    return tensor, (offset, offset + item.nbytes, name)
