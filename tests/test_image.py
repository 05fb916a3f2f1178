"""The image's steps, run in a clean folder: no container engine is needed."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.image import ROOT, arguments_of, command_of, settings_of_image


def free_port():
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


def copied(folder):
    """A new folder with what the image copies."""
    folder.mkdir()
    for arguments in arguments_of("COPY"):
        *sources, target = arguments.split()
        for source in sources:
            place = folder / target / (source if target == "./" else "")
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, place)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="images are built for Linux")
def test_what_the_image_copies_serves_the_app_and_its_health_check_passes(tmp_path, tfplay_home):
    port, monitor = free_port(), free_port()
    programs = Path(sys.executable).parent
    environment = settings_of_image() | {
        "HOME": str(tmp_path),
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PORT": str(port),
        "TFPLAY_HOME": str(tfplay_home),
        "TFPLAY_MONITOR": str(monitor),
    }
    app = copied(tmp_path / "app")
    before = sorted(app.rglob("*"))
    server = subprocess.Popen(command_of("CMD"), cwd=app, env=environment)
    check = [part.replace("9100", str(monitor)) for part in command_of("HEALTHCHECK")]
    try:
        deadline = time.monotonic() + 60
        while subprocess.run(check, env=environment, stderr=subprocess.DEVNULL).returncode:
            assert time.monotonic() < deadline
            assert server.poll() is None
            time.sleep(0.2)
        assert urlopen(f"http://127.0.0.1:{port}/").status == 200
        assert b"tfplay_jobs" in urlopen(f"http://127.0.0.1:{monitor}/metrics").read()
        where_visitors_come = urlopen(f"http://127.0.0.1:{port}/metrics").read()
        assert b"tfplay_jobs" not in where_visitors_come
    finally:
        server.terminate()
        server.wait()
    assert sorted(app.rglob("*")) == before


def test_the_image_runs_as_nobody_in_particular_and_keeps_data_in_a_volume():
    settings = settings_of_image()
    assert arguments_of("USER") == ["1000"]
    assert arguments_of("VOLUME") == [settings["TFPLAY_HOME"]]
    assert settings["TFPLAY_HOSTED"] == "1"


def test_a_linter_finds_nothing_in_the_dockerfile():
    linter = shutil.which("hadolint", path=Path(sys.executable).parent) or shutil.which("hadolint")
    if linter is None:
        pytest.skip("hadolint is needed; the extra `test` has it")
    found = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True)
    assert found.returncode == 0, found.stdout
