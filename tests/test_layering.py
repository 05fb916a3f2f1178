"""The map of the house in docs/CONTRIBUTING.md, checked: who may import whom.

Every import counts, also one inside a function or below ``if TYPE_CHECKING``.
"""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path, PurePath

import pytest

ROOT = Path(__file__).resolve().parents[1]


def lines_of_map(name: str) -> list[str]:
    """The lines of the map's block of this name."""
    text = (ROOT / "docs/CONTRIBUTING.md").read_text(encoding="utf-8")
    return re.search(rf"^```{name}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)[1].splitlines()


# Top of the house first: a room uses itself and the rooms below it.
HOUSE = [
    first.rstrip("/").removesuffix(".py").replace("/", ".")
    for first, *_ in map(str.split, lines_of_map("house"))
]
APP = [re.findall(r"(\w+)/(?= )", line) for line in lines_of_map("app")]
APP_PAGES = {room for line in APP for room in line if len(line) > 1}
APP_SHARED = [room for line in APP for room in line if len(line) == 1]
"""Top first, like the house."""

STREAMLIT_ROOMS = {"streamlit_app", "pages", "tfplay.app"}

# Pages and figures show arrays; they never touch a model.
MODEL_FREE_ROOMS = {"streamlit_app", "pages", "tfplay.figures"}
MODEL_LIBRARIES = {"keras", "keras_hub", "keras_nlp", "tensorflow", "jax", "torch"}

# The core is written with keras.ops, so that it runs on every backend of Keras.
CORE_ROOMS = {
    "tfplay.layers",
    "tfplay.models",
    "tfplay.decoding",
    "tfplay.explain",
    "tfplay.training",
}
BACKEND_LIBRARIES = MODEL_LIBRARIES - {"keras"}
BACKEND_FILES = {
    "tfplay/decoding/compile.py",  # Keras cannot compile a function, each backend can
    "tfplay/explain/gradients.py",  # nor take a gradient outside of a training step
    "tfplay/training/distribution.py",  # nor share a batch between TensorFlow's devices
}

# Figures stand by themselves: arrays in, Plotly out, and labels cut as everywhere.
FIGURES_MAY_IMPORT = {
    "numpy",
    "plotly",
    "tfplay.cutting",
    "tfplay.figures",
    *sys.stdlib_module_names,
}


def module_name(file: PurePath) -> str:
    """The dotted name of a file: tfplay/text/files.py is tfplay.text.files."""
    return ".".join(file.with_suffix("").parts)


def room_of(module: str) -> str:
    """The room of a dotted name: its first part, or its first two within tfplay."""
    return ".".join(module.split(".")[: 2 if module.startswith("tfplay.") else 1])


def imported_modules(file: PurePath, source: str) -> Iterator[str]:
    """The absolute dotted name of everything that the source imports."""
    package = ".".join(file.parent.parts)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = resolve_name("." * node.level + (node.module or ""), package)
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def objection(file: PurePath, module: str) -> str | None:
    """What the house has against this import in this file, if anything."""
    room, target = room_of(module_name(file)), room_of(module)
    library = module.split(".")[0]
    if target in HOUSE and HOUSE.index(target) < HOUSE.index(room):
        return "the arrow runs upward"
    if reason := app_objection(file, module):
        return reason
    if library == "streamlit" and room not in STREAMLIT_ROOMS:
        return "only the app and its pages know Streamlit"
    if library in MODEL_LIBRARIES and room in MODEL_FREE_ROOMS:
        return "pages and figures know no models"
    if library in BACKEND_LIBRARIES and room in CORE_ROOMS and file.as_posix() not in BACKEND_FILES:
        return "the core uses keras.ops only"
    if room == "tfplay.figures" and target not in FIGURES_MAY_IMPORT:
        return "figures use arrays and Plotly only"
    return None


def app_objection(file: PurePath, module: str) -> str | None:
    """What the rooms of the app, and the pages above them, have against this import."""
    target = module.split(".")
    if target[:2] != ["tfplay", "app"] or len(target) < 3 or len(file.parts) < 3:
        return None
    room = file.stem if file.parts[0] == "pages" else file.parts[2]
    if target[2] == room:
        return None
    if target[2] in APP_PAGES:
        return "it belongs to another page"
    if room in APP_SHARED and APP_SHARED.index(target[2]) < APP_SHARED.index(room):
        return "the arrow runs upward"
    return None


def objections(file: PurePath, source: str) -> list[str]:
    """One line for each import of the file that the house forbids."""
    found = {module: objection(file, module) for module in imported_modules(file, source)}
    return [f"{file} imports {module}: {reason}" for module, reason in found.items() if reason]


def house_sources() -> Iterator[tuple[PurePath, str]]:
    """Every Python file of the house, relative to the repository, and its text."""
    for pattern in ("streamlit_app.py", "pages/**/*.py", "tfplay/**/*.py"):
        for file in ROOT.glob(pattern):
            yield file.relative_to(ROOT), file.read_text(encoding="utf-8")


def test_every_file_stands_in_a_room():
    rooms = {room_of(module_name(file)) for file, _ in house_sources()}
    assert "tfplay.__init__" in rooms
    assert rooms <= set(HOUSE)


def test_no_import_runs_against_the_house():
    found = [line for file, source in house_sources() for line in objections(file, source)]
    assert found == []


def test_each_page_has_a_folder_of_its_name_in_the_app_and_the_rest_is_shared():
    folders = {path.parent.name for path in ROOT.glob("tfplay/app/*/__init__.py")}
    assert {path.stem for path in ROOT.glob("pages/*/*.py")} == APP_PAGES
    assert folders == APP_PAGES | set(APP_SHARED)


def test_what_stands_in_a_shared_room_is_used_by_two_pages():
    """Widgets may serve one: they know no page."""
    imports = {
        module_name(file).removesuffix(".__init__"): set(imported_modules(file, source))
        for file, source in house_sources()
        if file.parts[0] in ("pages", "streamlit_app.py") or file.parts[:2] == ("tfplay", "app")
    }
    pages = {name: reached(name, imports) for name in imports if name.startswith("pages.")}
    for name in imports:
        room = name.split(".")[2] if name.count(".") > 2 else None
        if room in set(APP_SHARED) - {"widgets"}:
            users = [page for page, modules in pages.items() if name in modules]
            is_everywhere = name in reached("streamlit_app", imports)
            assert is_everywhere or len(users) > 1, f"{name} is used by {users} alone"


def reached(name: str, imports: dict[str, set[str]]) -> set[str]:
    """The modules that this one imports, and those that they import."""
    found, ahead = set(), [name]
    while ahead:
        module = ahead.pop()
        if module in imports and module not in found:
            found.add(module)
            ahead += imports[module] | {each.rpartition(".")[0] for each in imports[module]}
    return found


@pytest.mark.parametrize(
    ("file", "source", "reason"),
    [
        ("tfplay/app/chat/view.py", "from tfplay.app.write.writing import shown", "another page"),
        ("pages/use/chat.py", "from tfplay.app.translate import source", "another page"),
        ("tfplay/app/frame/layout.py", "import tfplay.app.model.choosing", "upward"),
        ("tfplay/tasks/translation.py", "from tfplay.training import fit", "upward"),
        ("tfplay/tasks/translation.py", "from tfplay import training", "upward"),
        ("tfplay/layers/attention.py", "from ..models import presets", "upward"),
        ("tfplay/config.py", "def late():\n    import tfplay.text.files", "upward"),
        ("tfplay/__init__.py", "from tfplay.home import home", "upward"),
        ("tfplay/store/runs.py", "import streamlit as st", "Streamlit"),
        ("pages/use/chat.py", "def reply():\n    from keras import ops", "no models"),
        ("tfplay/figures/attention.py", "import tensorflow as tf", "no models"),
        ("tfplay/figures/attention.py", "from tfplay.config import ModelConfig", "Plotly only"),
        ("tfplay/figures/attention.py", "import pandas", "Plotly only"),
        ("tfplay/layers/attention.py", "import tensorflow.nn", "keras.ops"),
        ("tfplay/training/fit.py", "if True:\n    import jax.numpy as jnp", "keras.ops"),
    ],
)
def test_a_forbidden_import_is_found(file, source, reason):
    [found] = objections(PurePath(file), source)
    assert reason in found


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("streamlit_app.py", "import streamlit as st\nfrom tfplay.app.frame import navigation"),
        ("pages/use/chat.py", "import tfplay\nfrom tfplay import __version__, chat, figures"),
        ("tfplay/decoding/compile.py", "def on_jax():\n    import jax"),
        ("tfplay/figures/loss.py", "import math, numpy\nfrom . import palette"),
        ("tfplay/layers/block.py", "import keras\nfrom .attention import MultiHeadAttention"),
        ("tfplay/training/fit.py", "from tfplay import models, tasks"),
    ],
)
def test_an_import_that_the_house_allows_is_let_through(file, source):
    assert objections(PurePath(file), source) == []
