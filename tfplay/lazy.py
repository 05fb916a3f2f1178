"""Names of a package that are imported when they are first asked for.

Keras takes seconds to import. So `from tfplay import explain` costs nothing, wherever it stands,
until a name of `explain` is used.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def names_on_demand(
    package: str, names: Mapping[str, str]
) -> tuple[Callable[[str], Any], list[str]]:
    """What a package's `__init__` calls `__getattr__` and `__all__`.

    Args:
        package: Its dotted name.
        names: For each of its modules the names that the package has from it, with spaces between.
            A module must not be called like one of the names. A module itself can be asked for too.

    Example:
        >>> __getattr__, __all__ = names_on_demand(__name__, {"rollout": "attention_rollout"})
    """
    module_of = {name: module for module, line in names.items() for name in line.split()}

    def import_name(name: str) -> Any:
        if name in names:
            return import_module(f"{package}.{name}")
        if name not in module_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{module_of[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return import_name, list(module_of)
