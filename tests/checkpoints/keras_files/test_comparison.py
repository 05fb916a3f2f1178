"""The script that compares a Keras model with its translation, where its code is."""

import os
import subprocess
import sys
from pathlib import Path

import keras
import pytest

from tests.checkpoints.keras_files import originals
from tfplay.checkpoints.keras_files.checking import check
from tfplay.checkpoints.keras_files.comparison import comparison_script
from tfplay.checkpoints.keras_files.graph import as_keras_file

ANSWERS = {"norm": "after", "activation": "relu"}
CODE = """\
from tests.checkpoints.keras_files.originals import *
make_model = entity_recognition
"""


def script_of(path: Path, answers: dict[str, str]) -> str | None:
    return comparison_script(as_keras_file(path, check(path)), path.name, answers)


def run(script: str, folder: Path) -> str:
    (folder / "compare.py").write_text(script, encoding="utf-8")
    (folder / "my_model.py").write_text(CODE, encoding="utf-8")
    path = os.pathsep.join(map(str, (folder, Path.cwd())))
    done = subprocess.run(
        [sys.executable, "compare.py"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_script_tells_the_largest_difference_of_a_miniature_gpt(tmp_path):
    originals.miniature_gpt().save(tmp_path / "mini.keras")
    script = script_of(tmp_path / "mini.keras", ANSWERS | {"causal": "yes"})
    assert len(script.splitlines()) <= 10
    told, difference = run(script, tmp_path).splitlines()[-2:]
    assert told.startswith("a decoder of 2 blocks, 3 heads of 6, 29 words, causal")
    assert difference.startswith("The largest difference: ")
    assert float(difference.split()[-1]) < 1e-4


def test_a_file_of_weights_alone_asks_for_the_function_that_makes_the_model(tmp_path):
    originals.miniature_gpt().save_weights(tmp_path / "mini.weights.h5")
    script = script_of(tmp_path / "mini.weights.h5", ANSWERS)
    assert "import make_model" in script and "model.load_weights(path)" in script


def test_no_script_is_written_with_a_class_whose_name_is_no_name(tmp_path):
    evil = type("X; import os", (originals.TransformerBlock,), {})
    inputs = keras.Input((None, originals.WIDTH))
    keras.Model(inputs, evil(6, 3, 7)(inputs)).save(tmp_path / "evil.keras")
    assert script_of(tmp_path / "evil.keras", {}) is None


@pytest.mark.parametrize("name", ["it's.keras", "a\\b.keras"])
def test_the_files_name_is_a_text_in_the_script(name, tmp_path):
    originals.miniature_gpt(1).save(tmp_path / "mini.keras")
    file = as_keras_file(tmp_path / "mini.keras", check(tmp_path / "mini.keras"))
    assert f"path = {name!r}" in comparison_script(file, name, {})
