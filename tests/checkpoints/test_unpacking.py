"""A zip file of a model is unpacked, whatever else it may hold."""

import stat
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from tfplay.checkpoints.unpacking import unpack
from tfplay.errors import InputError


@pytest.fixture
def zipped(tmp_path):
    """Writes a zip file of these members."""

    def write(members: dict[str, bytes]) -> Path:
        path = tmp_path / "model.zip"
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return path

    return write


def test_files_are_unpacked_with_those_in_folders(zipped, tmp_path):
    path = unpack(zipped({"config.json": b"{}", "1_Pooling/config.json": b"[]"}), tmp_path / "out")
    assert path == tmp_path / "out"
    assert (path / "config.json").read_bytes() == b"{}"
    assert (path / "1_Pooling/config.json").read_bytes() == b"[]"


def test_the_folder_in_the_archive_is_the_models(zipped, tmp_path):
    members = {"bert/config.json": b"{}", "__MACOSX/bert/._config.json": b"x"}
    path = unpack(zipped(members), tmp_path / "out")
    assert path == tmp_path / "out/bert"
    assert [each.name for each in path.iterdir()] == ["config.json"]


@pytest.mark.parametrize(
    "name", ["../out.txt", "/out.txt", "a/../../out.txt", "..\\out.txt", "C:x"]
)
def test_a_name_that_leads_out_of_the_folder_is_refused(zipped, tmp_path, name):
    with pytest.raises(InputError, match="leads out of its folder"):
        unpack(zipped({"config.json": b"{}", name: b"out"}), tmp_path / "out")
    assert not list(tmp_path.rglob("out.txt"))


def test_a_link_is_refused(zipped, tmp_path):
    path = zipped({"config.json": b"{}"})
    link = ZipInfo("tokenizer.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match="'tokenizer.json' in it is a link"):
        unpack(path, tmp_path / "out")


def test_what_swells_beyond_all_use_is_refused_before_it_does(zipped, tmp_path):
    with pytest.raises(InputError, match="would be 5 MB unpacked, more than 50 times its size"):
        unpack(zipped({"model.safetensors": b"\0" * 5_000_000}), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_far_too_many_files_are_refused(zipped, tmp_path):
    with pytest.raises(InputError, match="has 1,001 files"):
        unpack(zipped({f"{number}.txt": b"a" for number in range(1001)}), tmp_path / "out")


def test_a_full_disk_is_told(zipped, tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=1))
    with pytest.raises(InputError, match=r"model\.zip needs 0 MB of the disk"):
        unpack(zipped({"config.json": b"{}"}), tmp_path / "out")


@pytest.mark.parametrize("end", [0, 10, -5])
def test_an_archive_that_is_cut_short_is_told(zipped, tmp_path, end):
    path = zipped({"config.json": b"{}"})
    path.write_bytes(path.read_bytes()[:end])
    with pytest.raises(InputError, match="is cut short or damaged"):
        unpack(path, tmp_path / "out")
