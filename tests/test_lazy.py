"""Packages that import their names on demand."""

import subprocess
import sys
from pathlib import Path

import pytest

from tfplay import chat, decoding, explain, exports, showing, training
from tfplay.checkpoints import export

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("package", [chat, decoding, explain, export, exports, showing, training])
def test_every_name_of_a_package_is_there(package):
    for name in package.__all__:
        assert getattr(package, name) is not None


def test_a_name_that_a_package_does_not_have_is_told():
    with pytest.raises(AttributeError, match=r"'tfplay.explain' has no attribute 'everything'"):
        explain.everything  # noqa: B018


def test_what_shows_before_a_model_is_asked_loads_no_keras():
    """Three modules train, and are imported by what trains when it does; no other imports them."""
    code = """
import pkgutil, sys
from importlib import import_module
train = {"recording", "recurrence.measuring", "recurrence.networks"}
train = {f"tfplay.experiments.{name}" for name in train}
for room in "app commands server exports chat zoo experiments jobs store tasks".split():
    package = import_module(f"tfplay.{room}")
    for module in pkgutil.walk_packages(package.__path__, f"tfplay.{room}."):
        if module.name not in train:
            import_module(module.name)
        if "keras" in sys.modules:
            sys.exit(module.name)
sys.exit(", ".join(train & sys.modules.keys()) or None)
"""
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
