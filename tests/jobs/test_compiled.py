"""What XLA compiled is kept for the next process, within bounds, and never trusted blindly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tfplay.errors import InputError
from tfplay.jobs import compiled
from tfplay.jobs.compiled import (
    FLAGS,
    compiled_steps_kept,
    remove_damaged,
    remove_oldest,
    write_checksums,
)

COMPUTE = """
import tensorflow as tf
from tfplay.jobs.compiled import compiled_steps_kept

@tf.function(jit_compile=True)
def product(matrix):
    return tf.reduce_sum(matrix @ matrix)

with compiled_steps_kept():
    print(float(product(tf.ones((3, 3)))))
"""


@pytest.fixture(autouse=True)
def no_flags(monkeypatch):
    """TensorFlow is told nothing yet; what a test tells it is taken back."""
    monkeypatch.setenv(FLAGS, "")


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two files with checksums, `old` and `new`, of 5 bytes each."""
    folder = tmp_path / "compiled" / "machine"
    folder.mkdir(parents=True)
    for seconds, name in enumerate(("old", "new")):
        write(folder / f"{name}.pb", seconds)
    write_checksums(folder)
    return folder


def write(path: Path, seconds: int) -> None:
    """A file of so many seconds after 2001."""
    path.write_bytes(b"step.")
    os.utime(path, (1e9 + seconds, 1e9 + seconds))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def compute() -> str:
    """In a process of its own, as a training is."""
    command = [sys.executable, "-c", COMPUTE]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    return done.stdout.strip()


def test_the_next_process_reads_what_was_compiled_and_compiles_anew_what_is_damaged(tfplay_home):
    assert compute() == "27.0"
    [file] = (tfplay_home / "compiled").glob("*/*.pb")
    compiled_at = file.stat().st_mtime_ns
    assert compute() == "27.0"
    assert file.stat().st_mtime_ns == compiled_at

    whole = file.stat().st_size
    file.write_bytes(file.read_bytes()[: whole // 2])
    assert compute() == "27.0"
    assert file.stat().st_size == whole


def test_whole_files_stay(folder):
    remove_damaged(folder)
    assert names(folder) == ["new.pb", "new.sha256", "old.pb", "old.sha256"]


@pytest.mark.parametrize("content", [b"", b"step", b"Step."])
def test_a_damaged_file_goes_with_its_checksum(folder, content):
    (folder / "old.pb").write_bytes(content)
    remove_damaged(folder)
    assert names(folder) == ["new.pb", "new.sha256"]


def test_a_file_goes_if_its_checksum_is_damaged(folder):
    (folder / "old.sha256").write_bytes(b"\xff\xfe")
    remove_damaged(folder)
    assert names(folder) == ["new.pb", "new.sha256"]


def test_without_a_checksum_a_file_stays_until_the_machine_has_been_down(folder, monkeypatch):
    for path in folder.glob("*.sha256"):
        path.unlink()
    monkeypatch.setattr("psutil.boot_time", lambda: 1e9 + 0.5)
    remove_damaged(folder)
    assert names(folder) == ["new.pb"]


def test_the_oldest_go_first_until_the_rest_fits(folder):
    remove_oldest(folder.parent, 10)
    assert len(names(folder)) == 4
    remove_oldest(folder.parent, 9)
    assert names(folder) == ["new.pb", "new.sha256"]


def test_a_folder_of_the_environment_is_used_as_it_is(tfplay_home, monkeypatch):
    monkeypatch.setenv(FLAGS, "--tf_xla_persistent_cache_directory=/elsewhere")
    with compiled_steps_kept():
        assert os.environ[FLAGS] == "--tf_xla_persistent_cache_directory=/elsewhere"
    assert not (tfplay_home / "compiled").exists()


def test_it_can_be_switched_off(tfplay_home, monkeypatch):
    monkeypatch.setenv("TFPLAY_COMPILED_MB", "0")
    with compiled_steps_kept():
        assert os.environ[FLAGS] == ""
    assert not (tfplay_home / "compiled").exists()


def test_other_flags_stay(monkeypatch):
    monkeypatch.setenv(FLAGS, "--tf_xla_clustering_debug")
    with compiled_steps_kept():
        assert os.environ[FLAGS].split()[0] == "--tf_xla_clustering_debug"
        assert "persistent_cache_directory" in os.environ[FLAGS]


def test_nothing_is_kept_where_the_disk_has_no_room_or_cannot_be_written(tfplay_home, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(compiled, "SMALLEST_ROOM", 2**80)
        with compiled_steps_kept():
            assert os.environ[FLAGS] == ""
    (tfplay_home / "compiled").rename(tfplay_home / "moved")
    (tfplay_home / "compiled").touch()
    with compiled_steps_kept():
        assert os.environ[FLAGS] == ""


def test_a_limit_that_is_no_number_is_told(monkeypatch):
    monkeypatch.setenv("TFPLAY_COMPILED_MB", "much")
    with pytest.raises(InputError, match="TFPLAY_COMPILED_MB is 'much'; it must be"):
        compiled.kept_bytes()
