"""A damaged file of weights ends in one sentence, soon and in little memory."""

from pathlib import Path

import pytest

from tests.apart import reports_of
from tests.checkpoints.sources import damages, fuzz
from tests.checkpoints.sources.damaged_folders import of_folders, of_keras
from tests.checkpoints.sources.files import write_gguf, write_safetensors

MEGABYTES, SECONDS = 300, 3

pytestmark = pytest.mark.slow


def damaged(tmp_path: Path) -> dict[str, Path]:
    """Everything that is damaged, written, by what is wrong with it."""
    safetensors = write_safetensors(tmp_path / "whole.safetensors", damages.WEIGHTS)
    gguf = write_gguf(tmp_path / "whole.gguf")
    kinds = {
        ".safetensors": damages.of_any_file(".safetensors", safetensors.read_bytes())
        | damages.of_safetensors(),
        ".gguf": damages.of_any_file(".gguf", gguf.read_bytes()) | damages.of_gguf(),
        "": of_keras() | of_folders(),
    }
    paths = {}
    for ending, kind in kinds.items():
        for what, damage in kind.items():
            paths[what] = tmp_path / "damaged" / f"{len(paths)}{ending}"
            paths[what].parent.mkdir(exist_ok=True)
            damage(paths[what])
    return paths


def test_every_damage_is_told_in_one_sentence_soon_and_in_little_memory(tmp_path):
    paths = damaged(tmp_path)
    before = listing(tmp_path)
    whole = (tmp_path / f"whole.{ending}" for ending in ("safetensors", "gguf"))
    reports = reports_of("tests.checkpoints.sources.damages", *whole, *paths.values())
    assert [report["sentence"] for report in reports[:2]] == [None, None]
    for what, report in zip(paths, reports[2:], strict=True):
        sentence = report["sentence"]
        assert sentence, what
        assert sentence.endswith(".") and sentence.isprintable() and len(sentence) < 500, what
        assert report["grown"] < MEGABYTES, (what, report)
        assert report["seconds"] < SECONDS, (what, report)
    assert listing(tmp_path) == before


def listing(folder: Path) -> set[tuple[str, int]]:
    return {(str(path), path.lstat().st_mtime_ns) for path in folder.rglob("*")}


@pytest.mark.slow
@pytest.mark.parametrize("kind", fuzz.WHOLE)
def test_whatever_bits_are_flipped_a_file_is_read_or_refused(tmp_path, kind):
    [report] = reports_of("tests.checkpoints.sources.fuzz", kind, tmp_path)
    assert report["refused"] > 20 and report["read"] > 0
    assert report["grown"] < MEGABYTES
    assert report["longest"] < SECONDS
