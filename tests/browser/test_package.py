"""The package as others get it: a wheel, installed outside of the repository."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.request import urlopen

import pytest
from packaging.version import Version
from playwright.sync_api import expect

from tests.test_project_files import readme_examples

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("tfplay", "pages", ".streamlit", "streamlit_app.py", "pyproject.toml", "README.md")
UNIX = os.name != "nt"


def can_build():
    try:
        return Version(version("setuptools")) >= Version("77") and bool(version("wheel"))
    except PackageNotFoundError:
        return False


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The programs of an environment that has the wheel, and this one's libraries by a path."""
    if not can_build() and not os.environ.get("CI"):
        pytest.skip("setuptools 77 or newer and wheel are needed; the extra `test` has them")
    folder = tmp_path_factory.mktemp("package")
    source = folder / "source"
    source.mkdir()
    for name in (*SOURCES, "LICENSE"):  # building leaves files beside what it builds
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, source / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, source)
    pip = [sys.executable, "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index"]
    subprocess.run(
        [*pip, "wheel", *offline, "--no-build-isolation", "-w", folder, source], check=True
    )
    environment = folder / "environment"
    venv.create(environment)
    paths = {"base": str(environment), "platbase": str(environment)}
    [wheel] = folder.glob("*.whl")
    programs = Path(sysconfig.get_path("scripts", "venv", paths))
    subprocess.run(
        [*pip, f"--python={programs / 'python'}", "install", *offline, "--no-compile", wheel],
        check=True,
    )
    site = Path(sysconfig.get_path("purelib", "venv", paths))
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """How a program is run in a folder far from the repository, with nothing in PYTHONPATH."""
    folder = tmp_path_factory.mktemp("elsewhere")
    environment = os.environ | {"TFPLAY_HOME": str(folder / "home"), "PYTHONPATH": ""}
    return {"cwd": folder, "env": environment, "encoding": "utf-8"}


def run(command, elsewhere):
    done = subprocess.run(command, capture_output=True, check=False, timeout=100, **elsewhere)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_tells_its_version_from_the_wheel(installed, elsewhere):
    assert re.fullmatch(
        r"tfplay \d+\.\d+\.\d+\n", run([installed / "tfplay", "--version"], elsewhere)
    )


def test_python_examples_of_the_readme_and_a_translation(installed, elsewhere):
    *examples, _ = readme_examples()  # the last asks a server
    command = ["translate", "--model", "translator", "We are friends."]
    own = ["import tfplay", "import tfplay.__main__", "print(tfplay.__file__)"]
    code = "\n".join([*examples, *own, f"tfplay.__main__.main({command})"])
    *_, path, translation = run([installed / "python", "-c", code], elsewhere).splitlines()
    assert Path(path).is_relative_to(installed.parent)
    assert json.loads(translation)["translation"]


@pytest.mark.skipif(not UNIX, reason="signals end it")
def test_the_app_starts_from_any_folder_shows_its_pages_and_ends(installed, elsewhere, page):
    app = subprocess.Popen(
        [installed / "tfplay", "app", "--port", "0"], stderr=subprocess.PIPE, **elsewhere
    )
    try:
        address = next(
            found[1] for line in app.stderr if (found := re.search(r"TFPlay is at (\S+);", line))
        )
        with urlopen(f"{address}/_stcore/health") as answer:
            assert answer.read() == b"ok"
        page.goto(f"{address}/models?run=translator")
        expect(page.get_by_text("Translator, English to Hindi").first).to_be_visible()
    finally:
        app.send_signal(signal.SIGTERM)
        app.communicate(timeout=20)
    with pytest.raises(OSError):
        urlopen(f"{address}/_stcore/health")
