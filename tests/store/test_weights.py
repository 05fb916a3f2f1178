from dataclasses import replace
from zipfile import ZipFile

import h5py
import keras
import numpy as np
import pytest

from tests.store.test_files import largest_file
from tfplay.config import preset
from tfplay.errors import InputError
from tfplay.models import build_model
from tfplay.store.weights import (
    load_model,
    load_weights,
    save_model,
    save_small_weights,
    save_weights,
)

CONFIG = preset("tiny", "decoder-only", vocabulary_size=11, num_layers=1, dropout=0.1)
TOKEN_IDS = np.array([[2, 3, 5, 7, 10], [10, 7, 5, 3, 2]])


@pytest.fixture
def path(tmp_path):
    return tmp_path / "model.keras"


@pytest.fixture(scope="module")
def model():
    model = build_model(CONFIG)
    model.compile(keras.optimizers.AdamW(), keras.losses.SparseCategoricalCrossentropy(True))
    model.train_on_batch(TOKEN_IDS, TOKEN_IDS)
    return model


def test_a_model_answers_the_same_after_saving(model, path):
    save_model(model, path)
    loaded = load_model(CONFIG, path)
    np.testing.assert_array_equal(loaded(TOKEN_IDS), model(TOKEN_IDS))
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == ["model.keras"]


def test_keras_loads_it_too(model, path):
    save_model(model, path)
    np.testing.assert_array_equal(keras.saving.load_model(path)(TOKEN_IDS), model(TOKEN_IDS))


def test_the_optimizers_memory_is_left_out(model, path):
    save_model(model, path)
    with ZipFile(path) as archive, archive.open("model.weights.h5") as stream:
        assert "optimizer" not in h5py.File(stream)
    assert "AdamW" not in ZipFile(path).read("config.json").decode()


def test_what_was_trained_in_half_precision_is_saved_in_full(path):
    model = build_model(CONFIG, dtype="mixed_bfloat16")
    save_model(model, path)
    loaded = load_model(CONFIG, path)
    assert loaded(TOKEN_IDS).dtype == "float32"
    for before, after in zip(model.get_weights(), loaded.get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)


def test_weights_saved_in_half_precision_are_read_in_full_and_take_half_the_room(model, path):
    save_model(model, path)
    whole = path.stat().st_size
    save_model(model, path, dtype="float16")
    loaded = load_model(CONFIG, path)
    assert path.stat().st_size < whole - 1.5 * model.count_params()
    assert loaded(TOKEN_IDS).dtype == "float32"
    np.testing.assert_allclose(loaded(TOKEN_IDS), model(TOKEN_IDS), atol=0.02)


@pytest.mark.parametrize("num_bytes", [0, 5, 7000])
def test_a_file_cut_short_is_told(model, path, num_bytes):
    save_model(model, path)
    path.write_bytes(path.read_bytes()[:num_bytes])
    with pytest.raises(InputError, match=r"model\.keras does not have the weights"):
        load_model(CONFIG, path)


def test_a_missing_file_is_told(path):
    with pytest.raises(InputError, match=r"model\.keras is missing"):
        load_model(CONFIG, path)


def test_weights_of_another_model_are_told(model, path):
    save_model(model, path)
    other = preset("small", "decoder-only", vocabulary_size=11)
    with pytest.raises(InputError, match=r"model\.keras does not have the weights"):
        load_model(other, path)


def test_a_full_disk_leaves_the_model_saved_before(model, path):
    save_model(model, path)
    before = path.read_bytes()
    with largest_file(50_000), pytest.raises(InputError, match="cannot be written: File too large"):
        save_model(model, path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".saving*"))


@pytest.fixture
def weights_path(tmp_path):
    return tmp_path / "deep" / "00000010.npz"


@pytest.mark.parametrize("dtype", ["float32", "mixed_bfloat16"])
def test_weights_alone_make_the_same_model_again_in_full_precision(weights_path, dtype):
    model = build_model(CONFIG, dtype=dtype)
    save_weights(model, weights_path)
    loaded = load_weights(CONFIG, weights_path)
    assert loaded(TOKEN_IDS).dtype == "float32"
    for before, after in zip(model.get_weights(), loaded.get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)
    assert [file.name for file in weights_path.parent.iterdir()] == ["00000010.npz"]


def test_weights_are_float32_arrays_under_the_weights_paths(model, weights_path):
    save_weights(model, weights_path)
    with np.load(weights_path, allow_pickle=False) as archive:
        assert {array.dtype.name for array in archive.values()} == {"float32"}
        assert archive["decoder_block_0/self_attention/query/kernel"].shape == (64, 64)


def test_weights_of_a_model_made_differently_are_told(model, weights_path):
    save_weights(model, weights_path)
    for other in (
        preset("tiny", "decoder-only", vocabulary_size=13, num_layers=1),
        preset("tiny", "decoder-only", vocabulary_size=11, num_layers=2),
    ):
        with pytest.raises(InputError, match=r"00000010\.npz does not have the weights"):
            load_weights(other, weights_path)


@pytest.mark.parametrize("num_bytes", [0, 5, 7000])
def test_weights_cut_short_are_told(model, weights_path, num_bytes):
    save_weights(model, weights_path)
    weights_path.write_bytes(weights_path.read_bytes()[:num_bytes])
    with pytest.raises(InputError, match=r"00000010\.npz does not have the weights"):
        load_weights(CONFIG, weights_path)


def test_weights_with_python_objects_in_them_are_not_read(weights_path):
    weights_path.parent.mkdir()
    np.savez(weights_path, evil=np.array([print], dtype=object), filling=np.zeros(250_000, "uint8"))
    with pytest.raises(InputError, match=r"00000010\.npz is damaged: .evil\.npy."):
        load_weights(CONFIG, weights_path)


def test_a_full_disk_leaves_no_half_of_a_snapshot(model, weights_path):
    with largest_file(50_000), pytest.raises(InputError, match="cannot be written: File too large"):
        save_weights(model, weights_path)
    assert list(weights_path.parent.iterdir()) == []


def test_small_weights_take_a_quarter_and_answer_nearly_the_same(model, weights_path):
    save_weights(model, weights_path)
    full = weights_path.stat().st_size
    save_small_weights(model, weights_path)
    loaded = load_weights(CONFIG, weights_path)
    assert weights_path.stat().st_size < 0.4 * full  # names and headers take room too
    for before, after in zip(model.get_weights(), loaded.get_weights(), strict=True):
        step = np.abs(before).max(axis=-1, keepdims=True) / 127
        assert (np.abs(before - after) <= 0.6 * step + 1e-3 * np.abs(before) + 1e-6).all()
    np.testing.assert_allclose(loaded(TOKEN_IDS), model(TOKEN_IDS), atol=0.02)


@pytest.mark.parametrize("save", [save_weights, save_small_weights])
def test_a_norm_whose_weight_is_called_scale_keeps_it(save, weights_path):
    config = replace(CONFIG, normalization="rms_norm")
    model = build_model(config)
    save(model, weights_path)
    loaded = load_weights(config, weights_path)
    np.testing.assert_allclose(loaded(TOKEN_IDS), model(TOKEN_IDS), atol=0.05)


def test_small_weights_without_their_scales_are_told(model, weights_path):
    save_small_weights(model, weights_path)
    with np.load(weights_path) as archive:
        arrays = {name: array for name, array in archive.items() if not name.endswith("/scale")}
    np.savez(weights_path, **arrays)
    with pytest.raises(InputError, match=r"00000010\.npz does not have the weights"):
        load_weights(CONFIG, weights_path)
