"""Students' laptops run Windows and macOS: what Python has on Unix alone is not used."""

import ast

from tests.test_layering import house_sources, imported_modules
from tests.unix_only import MODULES, NAMES


def unix_names(source: str) -> list[str]:
    """Names of Unix that the code takes from a module, as `os.fork` or `from os import fork`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(ast.Name(module), name):
                found.append((module, name))
            case ast.ImportFrom(module=str(module), level=0):
                found += [(module, each.name) for each in node.names]
    return [f"{module}.{name}" for module, name in found if name in NAMES.get(module, ())]


def test_the_code_uses_nothing_that_only_unix_has():
    for file, source in house_sources():
        assert not {*imported_modules(file, source)} & {*MODULES}, file
        assert unix_names(source) == [], file


def test_names_of_unix_are_found():
    source = "import os\nfrom signal import SIGINT, SIGKILL\nos.fork()\nos.getpid()"
    assert sorted(unix_names(source)) == ["os.fork", "signal.SIGKILL"]
