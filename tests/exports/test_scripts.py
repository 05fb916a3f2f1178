"""Models as scripts and notebooks that know nothing of TFPlay."""

import ast
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import tensorflow

from tfplay.config import ModelConfig
from tfplay.decoding import compile as decoding_steps
from tfplay.errors import InputError
from tfplay.exports import export_model
from tfplay.exports.code import require_plain
from tfplay.exports.examples import record
from tfplay.models import build_model
from tfplay.store import Model, list_shipped, open_model
from tfplay.store.weights import save_weights
from tfplay.tasks import TrainedModel
from tfplay.text import BytePairTokenizer, WordTokenizer

NAMES = [run.id for run in list_shipped() if run.model.task != "language-model"]
ANSWERS = {
    "translator": "हम दोस्त हैं।",
    "chat": "Zorimel",
    "answers": "Who found the hamster? Rosa",
}
"""Of a model of each architecture a part of what its script prints."""

RUN_ALONE = """
import os, runpy, sys
sys.modules["tfplay"] = None  # an import of it would fail
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
for script in sys.argv[1:]:
    print("##", script)
    runpy.run_path(script, run_name="__main__")
"""


@pytest.fixture(scope="module", autouse=True)
def nothing_compiles():
    """Small models answer sooner than TensorFlow compiles them."""
    tensorflow.config.run_functions_eagerly(True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding_steps, "_compile_tensorflow", decoding_steps._without_compiling)
        yield
    tensorflow.config.run_functions_eagerly(False)


@pytest.fixture(scope="module")
def scripts(tmp_path_factory):
    """The scripts of models that come with TFPlay, one for each task but one, by their names."""
    folder = tmp_path_factory.mktemp("scripts")
    paths = {}
    for name in NAMES:
        export_model(open_model(name), "script", folder / name)
        [paths[name]] = (folder / name).glob("*.py")
    return paths


def test_scripts_give_the_models_answers_where_there_is_no_tfplay(scripts, tmp_path):
    done = subprocess.run(
        [sys.executable, "-I", "-c", RUN_ALONE, *(scripts[name] for name in ANSWERS)],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    _, *printed = done.stdout.split("## ")
    for answer, text in zip(ANSWERS.values(), printed, strict=True):
        assert answer in text


@pytest.mark.parametrize("name", NAMES)
def test_a_script_imports_neither_tfplay_nor_what_its_head_does_not_tell(scripts, name):
    code = scripts[name].read_text(encoding="utf-8")
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    [told] = [line for line in code.splitlines() if "pip install" in line]
    assert imported - set(sys.stdlib_module_names) <= {*told.strip("# `").split(), "numpy"}


def test_a_notebook_has_the_scripts_code_in_its_cells(scripts, tmp_path):
    export_model(open_model("digits"), "notebook", tmp_path / "digits")
    notebook = json.loads((tmp_path / "digits/look.ipynb").read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    cells = notebook["cells"]
    assert len({cell["id"] for cell in cells}) == len(cells)
    assert all(cell["metadata"] == {} for cell in cells)
    assert {cell["cell_type"] for cell in cells} == {"code", "markdown"}
    assert cells[0]["source"].startswith("# Digits, a vision transformer\n")
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    script = scripts["digits"].read_text(encoding="utf-8")
    without_text = [line for line in script.splitlines() if line and not line.startswith("#")]
    lines = "\n".join(cell["source"] for cell in code).splitlines()
    assert [line for line in lines if line] == without_text


SENTENCES = ["Mia has a dog.", "Tom has a red cat.", "The cat saw the dog and ran."]
SIZES = {"vocabulary_size": 300, "max_sequence_length": 12, "hidden_dim": 24, "num_heads": 4}
THREE_CLASSES = {"head": "classification", "num_classes": 3}
ODD = {
    "llama": (
        *("decoder-only", "classification"),
        {"position": "rotary", "normalization": "rms_norm", "activation": "swiglu"}
        | {"num_kv_heads": 2, "use_qk_norm": True, "use_bias": False, "qkv_bias": True}
        | {"attention_window": 3, **THREE_CLASSES},
    ),
    "original": (
        *("decoder-only", "classification"),
        {"position": "sinusoidal", "normalize_first": False, "scale_embeddings": True}
        | {"activation": "relu", "sinusoidal_layout": "halves", **THREE_CLASSES},
    ),
    "bart": (
        *("encoder-decoder", "translation"),
        {"normalize_first": False, "normalize_embeddings": True, "share_positions": False}
        | {"activation": "gelu_tanh", "scale_logits": True, "output_bias": True, "num_layers": 1},
    ),
    "turned": (
        *("encoder-decoder", "translation"),
        {"position": "rotary", "activation": "silu", "tie_embeddings": False, "num_layers": 1},
    ),
    "one stack": ("decoder-only", "translation", {"position": "none", "num_layers": 1}),
    "bert": (
        *("encoder-only", "classification"),
        {"pooling": "mean", "use_pooler": False, "activation": "geglu_tanh", **THREE_CLASSES}
        | {"normalize_first": False, "normalize_embeddings": True},
    ),
    "masked": ("encoder-only", "masked-words", {"head": "masked_lm", "norm_epsilon": 1e-12}),
    "broken": (
        *("decoder-only", "language-model"),
        {"use_causal_mask": False, "use_residual": False, "scale_attention": False}
        | {"normalization": "none", "use_feed_forward": False},
    ),
    "t5": ("encoder-decoder", "translation", {"position": "relative"}),
}
"""Models whose options the shipped ones do not have."""


def make_model(folder, name):
    """A model of random weights."""
    return random_model(folder, name, *ODD[name])


def random_model(folder, name, architecture, task, options):
    """A model of random weights, with a vocabulary of words if it is called "one stack"."""
    kind = WordTokenizer if name == "one stack" else BytePairTokenizer
    tokenizer = kind.train(SENTENCES, SIZES["vocabulary_size"])
    sizes = SIZES | {"vocabulary_size": tokenizer.vocabulary_size}
    config = ModelConfig(architecture, **sizes | options, initializer_range=0.3)
    folder.mkdir()
    tokenizer.save(folder / "tokenizer.json")
    built = build_model(config)
    random = np.random.default_rng(0)
    built.set_weights([each + 0.1 * random.normal(size=each.shape) for each in built.get_weights()])
    save_weights(built, folder / "model.npz")
    labels = tuple("abc") if config.num_classes else ()
    text = "The [MASK] saw the dog." if task == "masked-words" else "Mia has a red cat."
    now = datetime.now(UTC)
    return Model(folder, name, "trained", now, task, config, labels, examples=(text,))


@pytest.mark.parametrize("name", [name for name in ODD if name != "t5"])
def test_a_model_of_other_parts_gives_the_same_answer_in_its_script(name, tmp_path):
    export_model(make_model(tmp_path / "model", name), "script", tmp_path / "script")
    assert len(list((tmp_path / "script").iterdir())) == 3


def test_what_no_script_has_is_told_in_a_sentence_and_nothing_is_left(tmp_path):
    model = make_model(tmp_path / "model", "t5")
    with pytest.raises(InputError, match="No script is written for a model with relative pos"):
        export_model(model, "script", tmp_path / "script")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


CLASSES = {"head": "classification", "num_classes": 3, "pooling": "mean"}
IMAGES = CLASSES | {"image_size": 8, "patch_size": 2}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"activate_output": True}, "activate_output"),
        ({"use_final_norm": False}, "use_final_norm false"),
        ({"head": "masked_lm", "tie_prediction": False}, "a masked-word head unlike BERT's"),
        (CLASSES | {"head_layer_dim": 7}, "head_layer_dim"),
        (CLASSES | {"second_head_layer_dim": 7}, "second_head_layer_dim"),
        (IMAGES | {"use_class_token": False}, "use_class_token false"),
        (IMAGES | {"pooling": "flatten"}, "pooling 'flatten'"),
    ],
)
def test_a_setting_that_no_script_has_is_named(settings, told, tmp_path):
    config = ModelConfig("encoder-only", 31, 13, hidden_dim=12, num_heads=3, **settings)
    task = "images" if config.image_size else "classification"
    model = Model(tmp_path, "odd", "trained", datetime.now(UTC), task, config)
    with pytest.raises(InputError, match=f"No script is written for a model with {told};"):
        require_plain(model, TrainedModel(task, None, None))


def test_a_script_with_another_answer_is_not_kept(tmp_path, monkeypatch):
    def record_wrongly(model, trained):
        return record(model, trained)._replace(answer=("a", 0.5))

    monkeypatch.setattr("tfplay.exports.script.record", record_wrongly)
    model = make_model(tmp_path / "model", "bert")
    with pytest.raises(InputError, match="its answer was another than the model's"):
        export_model(model, "script", tmp_path / "script")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_title_is_text_and_never_code(tmp_path):
    title = '"""\n# %%\nimport os; os.abort()\n"""'
    model = make_model(tmp_path / "model", "bert")
    odd = Model(**vars(model) | {"title": title, "examples": ("'); import os; os.abort() #",)})
    export_model(odd, "script", tmp_path / "script")
    [script] = (tmp_path / "script").glob("*.py")
    tree = ast.parse(script.read_text(encoding="utf-8"))
    imported = {each.names[0].name for each in ast.walk(tree) if isinstance(each, ast.Import)}
    assert "os" not in imported


def test_other_files_in_the_folder_stay(tmp_path):
    Path(tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match=r"has other files, such as mine\.txt"):
        export_model(open_model("digits"), "script", tmp_path)
