"""Packages that import their names on demand."""

import subprocess
import sys
from pathlib import Path

import pytest

from tfplay import chat, decoding, explain, training

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("package", [chat, decoding, explain, training])
def test_every_name_of_a_package_is_there(package):
    for name in package.__all__:
        assert getattr(package, name) is not None


def test_a_name_that_a_package_does_not_have_is_told():
    with pytest.raises(AttributeError, match=r"'tfplay.explain' has no attribute 'everything'"):
        explain.everything  # noqa: B018


def test_importing_them_loads_no_keras_until_a_name_is_used():
    code = (
        "import sys; from tfplay import chat, decoding, explain, tasks, training, zoo; "
        "print('keras' in sys.modules); explain.trace_arrays; print('keras' in sys.modules)"
    )
    answer = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True)
    assert answer.split() == ["False", "True"]
