"""A package index for tests: wheels in a folder of this machine, and the real pip."""

import io
import os
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

CODE = "open('{marker}', 'w').close()"
"""What the package does where it is imported or installed."""


@pytest.fixture
def index(tmp_path, monkeypatch) -> Path:
    """A folder of wheels, and nothing else that pip knows."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def marker(tmp_path) -> Path:
    """A file that is there once the package's code has run."""
    return tmp_path / "has-run"


def write_wheel(index: Path, members: dict[str, bytes], marker: Path) -> Path:
    code = CODE.format(marker=marker).encode()
    about = "tiny_model-1.0.dist-info"
    members = members | {
        "tiny/__init__.py": code,
        "tiny_start.pth": b"import tiny\n",
        f"{about}/METADATA": b"Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\n",
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/RECORD": b"",
    }
    path = index / "tiny_model-1.0-py3-none-any.whl"
    path.write_bytes(zipped(members))
    return path


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()
