"""A Keras file that should not be opened ends in one sentence, soon and in little memory."""

from pathlib import Path

import numpy as np
import pytest

from tests.apart import reports_of
from tests.checkpoints.keras_files import originals
from tests.checkpoints.keras_files.damages import of_keras_files
from tests.checkpoints.sources.test_damaged_files import MEGABYTES, SECONDS, listing
from tfplay.checkpoints.keras_files import process
from tfplay.checkpoints.keras_files.checking import check
from tfplay.checkpoints.keras_files.graph import as_keras_file
from tfplay.errors import InputError


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "whole.keras"
    originals.text_classification().save(path)
    return path


@pytest.mark.slow
def test_every_damage_is_told_in_one_sentence_soon_and_in_little_memory(whole, tmp_path):
    damages = of_keras_files(whole)
    assert len(damages) > 90
    paths = {}
    for what, damage in damages.items():
        paths[what] = tmp_path / f"{len(paths)}.keras"
        damage(paths[what])
    before = listing(tmp_path)
    module = "tests.checkpoints.keras_files.damages"
    report, *reports = reports_of(module, whole, *paths.values())
    assert report["sentence"] is None
    for what, report in zip(paths, reports, strict=True):
        sentence = report["sentence"]
        assert sentence, what
        assert sentence.endswith(".") and sentence.isprintable() and len(sentence) < 600, what
        assert report["grown"] < MEGABYTES, (what, report)
        assert report["seconds"] < SECONDS, (what, report)
    assert listing(tmp_path) == before


def test_whatever_bits_are_flipped_a_file_is_read_or_refused(whole, tmp_path):
    random, data = np.random.default_rng(0), whole.read_bytes()
    path, refused = tmp_path / "flipped.keras", 0
    for _ in range(60):
        flipped = bytearray(data)
        for place in random.integers(len(data), size=3):
            flipped[place] ^= 1 << random.integers(8)
        path.write_bytes(flipped)
        try:
            as_keras_file(path, check(path))
        except InputError as error:
            refused += 1
            assert str(error).endswith(".")
    assert 10 < refused < 60


def test_the_process_that_looks_is_ended_when_it_takes_too_much(whole, monkeypatch):
    monkeypatch.setattr(process, "MOST_BYTES", 1_000_000)
    with pytest.raises(InputError, match="takes more than 1 MB of memory"):
        process.check_apart(whole)


@pytest.mark.slow
def test_whatever_is_changed_in_the_configuration_a_file_is_read_or_refused(tmp_path):
    [report] = reports_of("tests.checkpoints.keras_files.fuzz", tmp_path)
    assert report["refused"] > 5 and report["read"] > 5
    assert report["grown"] < MEGABYTES
    assert report["longest"] < SECONDS
