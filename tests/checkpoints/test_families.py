"""Published models of every family answer in our layers as they do in the reference."""

import json

import numpy as np
import pytest

from tests.checkpoints.published import GOLDEN, write_checkpoint
from tfplay.checkpoints.families.registry import FAMILIES
from tfplay.checkpoints.opening import open_checkpoint
from tfplay.config import DecodingConfig
from tfplay.decoding import generate

NAMES = sorted(path.stem for path in GOLDEN.glob("*.npz"))


def golden(name: str) -> dict[str, np.ndarray]:
    with np.load(GOLDEN / f"{name}.npz") as arrays:
        return dict(arrays)


@pytest.fixture(scope="module")
def model_of(tmp_path_factory):
    """Makes and opens each family's small model once."""
    models = {}

    def opened(name: str):
        if name not in models:
            folder = tmp_path_factory.mktemp(name)
            write_checkpoint(name, folder)
            models[name] = open_checkpoint(folder).load_model()
        return models[name]

    return opened


def inputs_of(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    if "images" in arrays:
        return {"images": arrays["images"]}
    if "target_ids" not in arrays:
        return {name: arrays[name] for name in ("token_ids", "padding_mask")}
    return {
        "encoder_token_ids": arrays["token_ids"],
        "encoder_padding_mask": arrays["padding_mask"],
        "decoder_token_ids": arrays["target_ids"],
    }


def real(logits: np.ndarray, arrays: dict[str, np.ndarray]) -> np.ndarray:
    """The logits of real tokens, where there is one for each token of the input."""
    mask = arrays.get("padding_mask")
    if mask is None or "target_ids" in arrays or logits.ndim == 2:
        return logits
    if logits.shape[1:] == (2, mask.shape[1]):  # of a span
        logits = logits.swapaxes(1, 2)
    return logits[mask]


@pytest.mark.parametrize("name", NAMES)
def test_the_logits_of_a_padded_batch_are_the_references(name, model_of):
    arrays = golden(name)
    logits = np.asarray(model_of(name)(inputs_of(arrays)))
    np.testing.assert_allclose(real(logits, arrays), real(arrays["logits"], arrays), atol=1e-4)


def asked(name: str) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """What the reference went on from: the tokens before, and what an encoder reads."""
    arrays = golden(name)
    first = arrays["token_ids"][:1]
    if "target_ids" not in arrays:
        return first, {}
    start = json.loads((GOLDEN / f"{name}.json").read_text())["config"]["decoder_start_token_id"]
    source = {"encoder_token_ids": first, "encoder_padding_mask": np.ones_like(first, bool)}
    return np.array([[start]]), source


WRITING = [name for name in NAMES if "continuation" in golden(name)]


@pytest.mark.parametrize("name", WRITING)
def test_greedy_continuations_with_a_cache_are_the_references(name, model_of):
    prompt, source = asked(name)
    expected = golden(name)["continuation"].tolist()
    config = DecodingConfig(max_new_tokens=len(expected))
    assert generate(model_of(name), prompt, config, **source) == [expected]


@pytest.mark.parametrize("name", WRITING)
def test_without_a_cache_each_token_of_the_references_is_the_likeliest(name, model_of):
    prompt, source = asked(name)
    expected = golden(name)["continuation"]
    read = np.concatenate([prompt, expected[None, :-1]], axis=1)
    target = "decoder_token_ids" if source else "token_ids"
    logits = np.asarray(model_of(name)({target: read, **source}))
    np.testing.assert_array_equal(logits[0, prompt.shape[1] - 1 :].argmax(-1), expected)


def test_every_family_has_a_reference():
    families = {
        json.loads((GOLDEN / f"{name}.json").read_text())["config"]["model_type"] for name in NAMES
    }
    assert families == set(FAMILIES)
