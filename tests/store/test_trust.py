import shutil

import numpy as np
import pytest

from tfplay.errors import InputError
from tfplay.store import open_model
from tfplay.store.trust import TRUST, load_trust, save_trust
from tfplay.trust import Answered, Sketch, Temperature, Trust, fit_trust


@pytest.fixture
def kept(tmp_path):
    trust = Trust(Sketch.of(["the cat sleeps"]), Temperature(0.5, 2.0), 0.4, 0.6)
    save_trust(tmp_path / TRUST, trust)
    return trust, tmp_path / TRUST


def test_what_is_written_is_read(kept):
    trust, path = kept
    found = load_trust(path)
    for text in ("the cat sleeps", "the dog sleeps", "zzz"):
        assert found.judge(text, 0.7) == trust.judge(text, 0.7)
        assert found.temperature_for(text) == trust.temperature_for(text)


def test_what_has_no_words_is_read_too(tmp_path):
    save_trust(tmp_path / TRUST, Trust(None, Temperature(0.1, 0.0), 1.0, 0.3))
    assert load_trust(tmp_path / TRUST).sketch is None


@pytest.mark.parametrize("size", [1e-30, 1e-6, 1.0, 1e6, 1e30])
@pytest.mark.parametrize("right", [0, 1, 2])
def test_what_is_learned_of_a_model_that_knows_nothing_or_everything_is_read(right, size, tmp_path):
    logits = np.random.default_rng(0).normal(size=(60, 1, 3)).astype("float32") * np.float32(size)
    answers = [row.argmax(axis=1) for row in logits]
    labels = [(answer + right) % 3 for answer in answers]
    texts = ["the cat sleeps", "a new dog runs", "zzz"] * 20
    answered = [
        Answered(text, *each, is_right=right == 0)
        for text, *each in zip(texts, logits, answers, labels, strict=True)
    ]
    save_trust(tmp_path / TRUST, fit_trust(Sketch.of(texts[:1]), answered[:30], answered[30:]))
    found = load_trust(tmp_path / TRUST)
    assert all(0 <= found.certainty(each) <= 1 for each in answered)


def damaged_by(path, **arrays):
    whole = dict(np.load(path)) | arrays
    np.savez(path, **whole)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(path.read_bytes()[:50]),
        lambda path: path.write_bytes(b""),
        lambda path: damaged_by(path, numbers=np.array([1.0, 2.0])),
        lambda path: damaged_by(path, numbers=np.array([np.nan, 0.0, 1.0, 0.0])),
        lambda path: damaged_by(path, numbers=np.array([9999.0, 0.0, 1.0, 0.0])),
        lambda path: damaged_by(path, bits=np.zeros(0, "uint8")),
        lambda path: damaged_by(path, bits=np.zeros(5_000_000, "uint8")),
        lambda path: damaged_by(path, bits=np.array(["x"])),
    ],
)
def test_a_damaged_file_is_told_with_what_to_do(kept, damage):
    _, path = kept
    damage(path)
    with pytest.raises(InputError, match=r"trust\.npz is damaged; delete it"):
        load_trust(path)


def test_a_model_with_a_damaged_file_says_so_and_without_it_is_used_without_judgements(tmp_path):
    folder = tmp_path / "sentiment"
    shutil.copytree(open_model("sentiment").path, folder)
    (folder / TRUST).write_bytes(b"no zip file")
    with pytest.raises(InputError, match="is damaged; delete it"):
        open_model(folder).load()
    (folder / TRUST).unlink()
    trained = open_model(folder).load()
    assert trained.trust is None
    assert trained.judge("It was good.", 0.9) is None
