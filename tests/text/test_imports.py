"""Text needs no TensorFlow: not to be imported, and not to encode when Keras runs on JAX."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_python(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"KERAS_BACKEND": "jax"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_importing_text_loads_no_model_library():
    loaded = run_python("import sys, tfplay.text; print(*sys.modules)").split()
    assert "tfplay.text" in loaded
    assert not {"tensorflow", "keras", "keras_nlp", "jax"} & set(loaded)


def test_subwords_are_encoded_on_jax_without_tensorflow():
    output = run_python(
        """
import sys
sys.modules["tensorflow"] = sys.modules["tensorflow_text"] = None  # as if not installed
from tfplay.text import BytePairTokenizer, WordPieceTokenizer
for kind in BytePairTokenizer, WordPieceTokenizer:
    tokenizer = kind.train(["low lower lowest"], 300)
    print(tokenizer.detokenize(tokenizer.tokenize("slow lower")))
"""
    )
    assert output.split("\n")[:2] == ["slow lower", "slow lower"]
