import json

import numpy as np
import pytest

from tests.checkpoints.sources.files import write_gguf, write_safetensors
from tfplay.checkpoints.sources.opening import open_source
from tfplay.errors import InputError

WEIGHTS = {"a": np.arange(6, dtype="float32").reshape(2, 3), "b": np.ones(5, "float16")}


@pytest.fixture
def folder(tmp_path):
    """A folder as of the Hugging Face Hub, without weights."""
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    (tmp_path / "tokenizer.json").write_text("{}")
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling/config.json").write_text("{}")
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache/hidden.txt").write_text("x")
    return tmp_path


def write_shards(folder, **places: str):
    for name, array in WEIGHTS.items():
        write_safetensors(folder / f"{name}.safetensors", {name: array})
    index = json.dumps({"weight_map": places})
    (folder / "model.safetensors.index.json").write_text(index)


def test_a_folder_has_a_configuration_weights_and_small_files(folder):
    write_safetensors(folder / "model.safetensors", WEIGHTS)
    (folder / "pytorch_model.bin").write_bytes(b"x")
    source = open_source(folder)
    assert (source.path, source.kind) == (folder, "hugging-face")
    assert source.config == {"model_type": "bert"}
    assert set(source.tensors) == {"a", "b"}
    assert set(source.files) == {"config.json", "tokenizer.json", "1_Pooling/config.json"}
    assert source.files["1_Pooling/config.json"] == folder / "1_Pooling/config.json"


def test_the_arrays_of_several_files_are_where_the_index_says(folder):
    write_shards(folder, a="a.safetensors", b="b.safetensors")
    tensors = open_source(folder).tensors
    for name, array in WEIGHTS.items():
        np.testing.assert_array_equal(tensors[name].read(), array)


def test_a_lone_file_of_another_name_in_a_folder_has_its_weights(folder):
    write_safetensors(folder / "weights.safetensors", WEIGHTS)
    assert set(open_source(folder).tensors) == {"a", "b"}


def test_a_folder_with_a_gguf_file_is_one(folder):
    write_gguf(folder / "small.Q8_0.gguf")
    source = open_source(folder)
    assert source.kind == "gguf"
    assert source.config["general.architecture"] == "llama"
    assert "tokenizer.json" in source.files


def test_an_array_says_so_if_its_file_is_cut_after_it_was_opened(folder):
    write_safetensors(folder / "model.safetensors", {"big": np.ones(100_000)})
    big = open_source(folder).tensors["big"]
    (folder / "model.safetensors").write_bytes(b"short")
    with pytest.raises(InputError, match="model.safetensors has changed since it was opened"):
        big.read()


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "x.ckpt", "y.pth", "z.pkl"])
def test_a_pickle_is_refused_and_the_reason_told(folder, name):
    (folder / name).write_bytes(b"\x80\x02}q\x00.")
    for path in (folder, folder / name):
        with pytest.raises(InputError, match=f"only as .*{name}.*pickle, which can run any"):
            open_source(path)


def test_what_cannot_be_read_is_named(folder):
    (folder / "model.onnx").write_bytes(b"x")
    with pytest.raises(InputError, match=r"has only \['model.onnx'\]; safetensors, GGUF or"):
        open_source(folder)
    with pytest.raises(InputError, match="model.onnx is no file of weights that can be read"):
        open_source(folder / "model.onnx")


def test_of_several_files_without_an_index_none_is_guessed(folder):
    write_gguf(folder / "a.gguf")
    write_gguf(folder / "b.gguf")
    with pytest.raises(InputError, match=r"has 2 files of weights, \['a.gguf', 'b.gguf'\]: name"):
        open_source(folder)
    assert open_source(folder / "b.gguf").kind == "gguf"


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ({"a": "a.safetensors", "c": "b.safetensors"}, "b.safetensors has no 'c', which"),
        ({"a": "../a.safetensors"}, "'../a.safetensors' is no file of its folder"),
        ({"a": ".."}, "'..' is no file of its folder|not an ordinary file|is a link out"),
        ({"a": "/etc/passwd"}, "'/etc/passwd' is no file of its folder"),
        ({"a": "..\\a.safetensors"}, "is no file of its folder"),
        ({"a": 5}, "5 is no file of its folder"),
        ({"a": ["a.safetensors"]}, "is no file of its folder"),
        ({"a": "missing.safetensors"}, "missing.safetensors cannot be read: No such file"),
        ({f"w{n}": f"a{n}.safetensors" for n in range(9)}, "a0.safetensors cannot be read"),
    ],
)
def test_an_index_names_files_of_its_own_folder_only(folder, places, message):
    write_shards(folder, **places)
    with pytest.raises(InputError, match=message):
        open_source(folder)


def test_weights_that_are_a_link_out_of_the_folder_are_refused(folder, tmp_path_factory):
    outside = write_safetensors(tmp_path_factory.mktemp("out") / "x.safetensors", WEIGHTS)
    (folder / "model.safetensors").symlink_to(outside)
    with pytest.raises(InputError, match="model.safetensors is a link out of its folder; put the"):
        open_source(folder)


def test_a_link_within_the_folder_is_followed(folder):
    write_safetensors(folder / "weights", WEIGHTS)
    (folder / "model.safetensors").symlink_to("weights")
    assert set(open_source(folder).tensors) == {"a", "b"}


def test_a_folder_of_many_files_is_no_model(tmp_path):
    for number in range(1001):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(InputError, match="has more than 1,000 files; it is no model's"):
        open_source(tmp_path)
