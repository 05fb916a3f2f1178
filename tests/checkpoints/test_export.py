"""What is written is the same model, for us and for the programs that others read it with."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tensorflow

from tests.checkpoints.exports import (
    LLAMA,
    SCRATCH,
    SIZES,
    scratch_config,
    scratch_inputs,
    scratch_model,
    scratch_tokenizer,
)
from tests.checkpoints.published import GOLDEN, write_checkpoint
from tfplay.checkpoints.export import export_hugging_face
from tfplay.checkpoints.export.likeness import find_form
from tfplay.checkpoints.families.registry import FAMILIES
from tfplay.checkpoints.opening import open_checkpoint
from tfplay.checkpoints.sources.opening import open_source
from tfplay.config import DecodingConfig, ModelConfig, preset
from tfplay.decoding import generate_steps
from tfplay.errors import InputError
from tfplay.models import build_model, weight_shapes

NAMES = sorted(path.stem for path in GOLDEN.glob("*.npz"))
EXPORTS = GOLDEN / "exports"


@pytest.fixture
def exported(tmp_path):
    """A published model, and what is written when it was read."""

    def both(name: str):
        write_checkpoint(name, tmp_path / "original")
        original = open_checkpoint(tmp_path / "original")
        export_hugging_face(original.load_model(), None, tmp_path / "written")
        return original, open_checkpoint(tmp_path / "written")

    return both


@pytest.mark.parametrize("name", NAMES)
def test_a_published_model_is_written_as_it_was_byte_for_byte(name, exported):
    original, written = exported(name)
    tensors = {
        name: tensor
        for name, tensor in original.source.tensors.items()
        if not any(re.fullmatch(pattern, name) for pattern in original.family.ignored)
        or name in written.source.tensors
    }
    assert written.source.tensors.keys() == tensors.keys()
    for name, tensor in tensors.items():
        other = written.source.tensors[name]
        assert (other.dtype, other.shape) == (tensor.dtype, tensor.shape)
        assert unread(name, other.read()) == unread(name, tensor.read())


def unread(name: str, array: np.ndarray) -> bytes:
    """The bytes, but for those of rows that no position reads."""
    is_of_bart = name.endswith("embed_positions.weight") and len(array) == 66
    return array[2 * is_of_bart :].tobytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_published_model_is_written_with_the_same_configuration(name, exported):
    original, written = exported(name)
    assert written.family == original.family
    assert written.config == original.config
    said, about = written.source.config, original.source.config
    for key in said.keys() & about.keys() - NOT_OF_THE_MODEL:
        if not key.endswith("_token_id"):  # of the vocabulary, which these models do not have
            assert said[key] == ("silu" if about[key] == "swish" else about[key]), key


NOT_OF_THE_MODEL = {"dtype", "init_std", "attention_dropout", "head_dim", "n_inner"}
"""How it was made, and widths that need not be said."""


def test_every_family_is_written():
    assert SCRATCH.keys() == FAMILIES.keys()


@pytest.mark.parametrize("name", SCRATCH)
def test_a_model_trained_here_is_read_again_as_it_was(name, tmp_path):
    model = scratch_model(name)
    assert export_hugging_face(model, None, tmp_path / "model").name == name
    again = open_checkpoint(tmp_path / "model").load_model()
    inputs = scratch_inputs(model.config)
    np.testing.assert_allclose(again(inputs), model(inputs), atol=1e-5)


@pytest.mark.parametrize("name", SCRATCH)
def test_a_model_trained_here_answers_in_the_reference_as_here(name, tmp_path):
    """The reference opened the same files, as names, shapes and configuration tell."""
    about = json.loads((EXPORTS / f"{name}.json").read_text(encoding="utf-8"))
    model = scratch_model(name)
    export_hugging_face(model, scratch_tokenizer(name), tmp_path / "model")
    source = open_source(tmp_path / "model")
    assert source.config == about["config"]
    assert {name: list(each.shape) for name, each in source.tensors.items()} == about["shapes"]
    inputs = scratch_inputs(model.config)
    with np.load(EXPORTS / f"{name}.npz") as arrays:
        expected = arrays["logits"]
    real = np.ones(expected.shape, bool)
    if "padding_mask" in inputs and expected.ndim == 3:
        mask = inputs["padding_mask"]
        real = mask[:, None] if expected.shape[1] == 2 else mask[..., None]
    np.testing.assert_allclose(
        np.where(real, model(inputs), 0), np.where(real, expected, 0), atol=1e-4
    )


@pytest.fixture
def nothing_compiles():
    """Small models answer sooner than TensorFlow compiles them."""
    tensorflow.config.run_functions_eagerly(True)
    yield
    tensorflow.config.run_functions_eagerly(False)


@pytest.mark.parametrize("name", ["gpt2", "llama"])
def test_it_writes_the_same_text_with_a_cache_and_without(name, tmp_path, nothing_compiles):
    model = scratch_model(name)
    export_hugging_face(model, None, tmp_path / "model")
    again = open_checkpoint(tmp_path / "model").load_model()
    config = DecodingConfig(max_new_tokens=5)
    texts = [
        [
            int(step.token_ids[0])
            for step in generate_steps(each, [[3, 5, 8]], config, use_cache=use_cache)
        ]
        for each in (model, again)
        for use_cache in (True, False)
    ]
    assert texts.count(texts[0]) == 4


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (LLAMA | {"position": "learned"}, "position is learned and there it would be rotary"),
        ({"head_dim": 10}, "the nearest is GPT-2: head_dim is 10 and there it would be 8"),
        ({"use_residual": False}, "use_residual is false and there it would be true"),
        ({"head": "classification", "num_classes": 2}, "head is classification"),
        ({"norm_epsilon": 1e-3, "activation": "geglu_tanh"}, "activation is geglu_tanh"),
    ],
)
def test_what_no_family_has_is_told_by_its_name(settings, reason):
    config = ModelConfig.from_json({"architecture": "decoder-only", **SIZES, **settings})
    with pytest.raises(InputError, match=reason):
        find_form(config, [weight.path for weight in build_model(config).weights])


def test_what_only_training_needs_keeps_no_model_from_a_family():
    config = replace(scratch_config("gpt2"), dropout=0.3, token_dropout=0.1, identical_heads=True)
    form = find_form(config, [weight.path for weight in build_model(config).weights])
    assert form.family.name == "gpt2"


def test_names_of_classes_are_in_the_configuration(tmp_path):
    model = scratch_model("megatron-bert")
    export_hugging_face(model, None, tmp_path / "model", labels=("bad", "fair", "good"))
    written = json.loads((tmp_path / "model" / "config.json").read_text())
    assert written["id2label"] == {"0": "bad", "1": "fair", "2": "good"}
    assert written["label2id"] == {"bad": 0, "fair": 1, "good": 2}


def test_the_card_stands_beside_the_weights(tmp_path):
    export_hugging_face(scratch_model("gpt2"), None, tmp_path / "model", card="# हिन्दी\n")
    assert (tmp_path / "model" / "README.md").read_text(encoding="utf-8") == "# हिन्दी\n"


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_weights_keep_their_precision(dtype, tmp_path):
    model = build_model(scratch_config("llama"), dtype=dtype)
    export_hugging_face(model, None, tmp_path / "model")
    source = open_source(tmp_path / "model")
    assert {tensor.dtype for tensor in source.tensors.values()} == {dtype}
    assert source.config["dtype"] == dtype


def test_nothing_is_left_of_a_model_that_cannot_be_written_whole(tmp_path, monkeypatch):
    model = scratch_model("gpt2")

    def full(path: Path, tensors: object) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tfplay.checkpoints.export.hugging_face.write_safetensors", full)
    with pytest.raises(InputError, match="No space left"):
        export_hugging_face(model, None, tmp_path / "model")
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_export_is_replaced_and_nothing_else_is(tmp_path):
    model = scratch_model("gpt2")
    for card in ("first", "second"):
        export_hugging_face(model, None, tmp_path / "model", card=card)
    assert (tmp_path / "model" / "README.md").read_text() == "second"
    (tmp_path / "model" / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="has other files, such as thesis.txt"):
        export_hugging_face(model, None, tmp_path / "model")
    assert (tmp_path / "model" / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize(
    ("name", "family"),
    [("llama-like", "llama"), ("gpt2-like", "gpt2"), ("bert-like", "bert"), ("t5-like", "t5")],
)
def test_a_preset_that_is_like_a_family_is_exported_as_one_of_it(name, family):
    head = {"head": "masked_lm"} if name == "bert-like" else {}
    config = preset(name, **head)
    form = find_form(config, weight_shapes(config))
    assert form.family is FAMILIES[family]
    assert not form.is_filled
