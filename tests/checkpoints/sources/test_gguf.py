import struct

import ml_dtypes
import numpy as np
import pytest

from tests.checkpoints.sources.files import GGUF_KINDS, claim, entry, text, write_gguf
from tfplay.checkpoints.sources.opening import open_source
from tfplay.errors import InputError


def test_entries_are_read_as_they_stand(tmp_path):
    source = open_source(write_gguf(tmp_path / "a.gguf"))
    about = dict(source.config)
    assert source.kind == "gguf"
    assert about.pop("types").tolist() == [1, -2, 3]
    assert about.pop("flags").tolist() == [False, True]
    assert about == {
        "general.architecture": "llama",
        "llama.block_count": 30,
        "llama.rope.freq_base": 0.5,
        "add_bos": True,
        "tokens": ("a", "भ", ""),
    }


@pytest.mark.parametrize(
    "dtype", ["float32", "float16", "float64", "int8", "int16", "int32", "int64", "bfloat16"]
)
def test_plain_arrays_are_read_with_the_slowest_axis_first(tmp_path, dtype):
    kind = {"bfloat16": "BF16"}.get(dtype, dtype[0].upper() + dtype.strip("floatin"))
    numpy_dtype = np.dtype(ml_dtypes.bfloat16 if dtype == "bfloat16" else dtype)
    written = np.arange(30).reshape(5, 3, 2).astype(numpy_dtype)
    path = write_gguf(
        tmp_path / "a.gguf", claims=[claim("w", [2, 3, 5], kind, 0)], data=written.tobytes()
    )
    tensor = open_source(path).tensors["w"]
    assert (tensor.shape, tensor.dtype) == ((5, 3, 2), dtype)
    assert tensor.read().dtype == numpy_dtype
    np.testing.assert_array_equal(tensor.read(), written)


@pytest.mark.parametrize("alignment", [8, 32, 4096])
def test_arrays_stand_where_the_alignment_puts_them(tmp_path, alignment):
    first, second = np.arange(3, dtype="float32"), np.arange(5, dtype="float32")
    data = first.tobytes().ljust(alignment * 2, b"\0") + second.tobytes()
    path = write_gguf(
        tmp_path / "a.gguf",
        [entry("general.alignment", 4, struct.pack("<I", alignment))],
        [claim("second", [5], "F32", 2 * alignment), claim("first", [3], "F32", 0)],
        data,
        alignment=alignment,
    )
    tensors = open_source(path).tensors
    assert tensors["first"].read().tolist() == first.tolist()
    assert tensors["second"].read().tolist() == second.tolist()


def test_a_quantised_array_is_float32_of_its_shape(tmp_path):
    scale = np.float16(0.5).tobytes()
    rows = np.arange(-96, 96, dtype="int8").reshape(6, 32)
    data = b"".join(scale + row.tobytes() for row in rows)
    path = write_gguf(
        tmp_path / "a.gguf", claims=[claim("w", [64, 3], GGUF_KINDS["Q8_0"], 0)], data=data
    )
    tensor = open_source(path).tensors["w"]
    assert (tensor.shape, tensor.dtype) == ((3, 64), "Q8_0")
    assert tensor.read().dtype == "float32"
    np.testing.assert_array_equal(tensor.read(), rows.reshape(3, 64) / 2)


def test_a_quantisation_that_is_not_read_is_called_by_its_name(tmp_path):
    path = write_gguf(tmp_path / "a.gguf", claims=[claim("w", [256], 16, 0)])
    with pytest.raises(InputError, match="has 'w' as IQ2_XXS; what can be read is F32, .*, Q6_K"):
        open_source(path)


def test_one_part_of_several_is_refused(tmp_path):
    path = write_gguf(tmp_path / "a.gguf", [entry("split.count", 2, struct.pack("<H", 3))])
    with pytest.raises(InputError, match="is one part of 3"):
        open_source(path)


def test_a_vocabulary_of_a_usual_size_is_read_at_once(tmp_path):
    words = b"".join(text(f"word-{number}") for number in range(50_000))
    vocabulary = entry("tokens", 9, struct.pack("<IQ", 8, 50_000) + words)
    tokens = open_source(write_gguf(tmp_path / "a.gguf", [vocabulary])).config["tokens"]
    assert (len(tokens), tokens[-1]) == (50_000, "word-49999")
