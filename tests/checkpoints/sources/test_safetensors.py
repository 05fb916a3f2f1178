import numpy as np

from tests.checkpoints.sources.files import arrays, write_safetensors
from tfplay.checkpoints.sources.opening import open_source


def test_every_kind_of_number_is_read_as_it_was_written(tmp_path):
    written = arrays()
    source = open_source(write_safetensors(tmp_path / "a.safetensors", written))
    assert source.kind == "tensors"
    assert source.config == {"format": "pt"}
    assert list(source.tensors) == list(written)
    for name, array in written.items():
        tensor = source.tensors[name]
        read = tensor.read()
        assert (tensor.shape, tensor.dtype) == (array.shape, array.dtype.name)
        assert (read.shape, read.dtype) == (array.shape, array.dtype), name
        np.testing.assert_array_equal(read, array)


def test_an_array_is_a_view_of_the_file_that_cannot_be_written_to(tmp_path):
    written = {"w": np.arange(35, dtype="float32").reshape(5, 7)}
    path = write_safetensors(tmp_path / "a.safetensors", written)
    read = open_source(path).tensors["w"].read()
    assert not read.flags.owndata and not read.flags.writeable


def test_a_flag_that_is_neither_0_nor_1_is_true(tmp_path):
    path = write_safetensors(tmp_path / "a.safetensors", {"w": np.array([False, True, True])})
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"\7")
    read = open_source(path).tensors["w"].read()
    assert read.tolist() == [False, True, True]
    assert read.view("uint8").max() == 1
