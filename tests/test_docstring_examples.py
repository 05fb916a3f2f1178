"""Every example in a docstring runs, and gives the result that it shows."""

import doctest
import importlib
from pathlib import Path

import pytest
import tensorflow

from tests.docstring_names import public_names, trained, values, write_files

ROOT = Path(__file__).resolve().parents[1]
MODULES = [
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for file in sorted((ROOT / "tfplay").rglob("*.py"))
    if ">>> " in file.read_text(encoding="utf-8")
]
RESULTS_MAY_BE_CUT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class ShownResults(doctest.OutputChecker):
    """Compares results only where an example shows one."""

    def check_output(self, want, got, optionflags):
        return not want or super().check_output(want, got, optionflags)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the files that examples read."""
    folder = tmp_path_factory.mktemp("examples")
    write_files(folder)
    return folder


@pytest.fixture(scope="module", autouse=True)
def nothing_compiles():
    """Small models answer sooner than TensorFlow compiles them."""
    tensorflow.config.run_functions_eagerly(True)
    yield
    tensorflow.config.run_functions_eagerly(False)


@pytest.mark.parametrize("module", MODULES)
def test_examples_run_and_give_the_results_they_show(module, folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setattr("plotly.graph_objects.Figure.show", lambda figure: None)
    loaded = importlib.import_module(module)
    shared = public_names() | vars(loaded) | values() | trained(module)
    runner = doctest.DocTestRunner(ShownResults(), optionflags=RESULTS_MAY_BE_CUT)
    failures = []
    for test in doctest.DocTestFinder().find(loaded, module, globs=shared):
        runner.run(test, out=failures.append)
    assert runner.tries, f"{module} has no example that Python finds"
    assert not runner.failures, "".join(failures)
