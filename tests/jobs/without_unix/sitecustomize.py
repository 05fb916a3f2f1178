"""Hides from TFPlay's own files what Python has on Unix alone.

Python imports a module of this name at its start, if its folder is in PYTHONPATH: then child
processes have it too.
"""

import builtins
from pathlib import Path
from types import ModuleType

from tests.unix_only import MODULES, NAMES

ROOT = Path(__file__).resolve().parents[3]
OURS = tuple(str(ROOT / each) for each in ("tfplay", "pages", "streamlit_app.py"))

import_module = builtins.__import__


def without(module, names):
    """A copy of a module that lacks some of its names."""
    copy = ModuleType(module.__name__)
    vars(copy).update({name: each for name, each in vars(module).items() if name not in names})
    return copy


copies = {name: without(import_module(name), hidden) for name, hidden in NAMES.items()}


def import_as_elsewhere(name, globals=None, locals=None, fromlist=(), level=0):
    if level == 0 and str((globals or {}).get("__file__", "")).startswith(OURS):
        if name in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if name in copies:
            return copies[name]
    return import_module(name, globals, locals, fromlist, level)


builtins.__import__ = import_as_elsewhere
