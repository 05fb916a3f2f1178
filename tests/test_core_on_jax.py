"""Without TensorFlow, on JAX, the same models give the same numbers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import keras
import numpy as np
import pytest

from tests.layers.samples import BATCH, TARGET
from tests.models.samples import MODERN, tiny_inputs, tiny_model
from tfplay.config import DecodingConfig, TrainingConfig
from tfplay.decoding import beam_search, generate_steps
from tfplay.models import DecoderOnly, EncoderDecoder, TransformerModel
from tfplay.store.weights import load_weights, save_weights
from tfplay.tasks import IGNORED, Batch
from tfplay.training import train

ROOT = Path(__file__).resolve().parents[1]
ON_JAX = """
import sys
sys.modules["tensorflow"] = None  # importing it is an error from here on
from tests.test_core_on_jax import answer_folder
answer_folder(sys.argv[1])
"""

OPTIONS = {
    "encoder-only": {"use_feed_forward": False, "identical_heads": True},
    "decoder-only": MODERN,
    "encoder-decoder": {},
}

Arrays = dict[str, np.ndarray]


def answer_folder(folder: str) -> None:
    """In the other process: lets every saved model answer the inputs that lie beside it."""
    assert keras.backend.backend() == "jax"
    for path in Path(folder).glob("*.keras"):
        model = keras.saving.load_model(path)
        inputs = dict(np.load(path.with_suffix(".inputs.npz")))
        np.savez(path.with_suffix(".answers.npz"), **answers(model, inputs))


def answers(model: TransformerModel, inputs: Arrays) -> Arrays:
    """All that a model says about the inputs; what is added here is compared on both backends."""
    return {
        "call": as_numpy(model(inputs)),
        "call on padding alone": as_numpy(model(without_real_tokens(inputs))),
        "loaded": as_numpy(saved_and_loaded(model)(inputs)),
        **trace_answers(model, inputs),
        **cache_answers(model, inputs),
        **decoding_answers(model, inputs),
        **training_answers(model, inputs),
    }


def without_real_tokens(inputs: Arrays) -> Arrays:
    return {name: np.zeros_like(x) if "mask" in name else x for name, x in inputs.items()}


def saved_and_loaded(model: TransformerModel) -> TransformerModel:
    with TemporaryDirectory() as folder:
        model.save(f"{folder}/m.keras")
        return keras.saving.load_model(f"{folder}/m.keras")


def trace_answers(model: TransformerModel, inputs: Arrays) -> Arrays:
    values = keras.tree.flatten(model.trace(inputs))
    return {f"trace {i}": as_numpy(x) for i, x in enumerate(values) if x is not None}


def cache_answers(model: TransformerModel, inputs: Arrays) -> Arrays:
    """The logits of each token, given one by one."""
    if isinstance(model, DecoderOnly):
        token_ids, cache = inputs["token_ids"], model.make_cache(BATCH, TARGET)
    elif isinstance(model, EncoderDecoder):
        token_ids = inputs["decoder_token_ids"]
        cache = model.make_cache(model.encode(inputs["encoder_token_ids"]), TARGET)
    else:
        return {}
    logits = {}
    for index in range(TARGET):
        newest, cache = model.call_with_cache(token_ids[:, [index]], cache, np.int32(index))
        logits[f"cache {index}"] = as_numpy(newest)
    return logits


def decoding_answers(model: TransformerModel, inputs: Arrays) -> Arrays:
    """The logits of greedy decoding, compiled, and the scores of beam search."""
    if isinstance(model, DecoderOnly):
        prompts, source = inputs["token_ids"][:, :2], {}
    elif isinstance(model, EncoderDecoder):
        prompts = inputs["decoder_token_ids"][:, :2]
        source = {"encoder_token_ids": inputs["encoder_token_ids"]}
    else:
        return {}
    steps = generate_steps(model, prompts, DecodingConfig(max_new_tokens=TARGET), **source)
    one_source = {name: array[0] for name, array in source.items()}
    beam = DecodingConfig("beam", num_beams=3, max_new_tokens=TARGET)
    hypotheses = beam_search(model, prompts[0], beam, **one_source)
    return {
        "decoding": np.stack([step.logits for step in steps]),
        "beams": np.array([hypothesis.score for hypothesis in hypotheses]),
    }


def training_answers(model: TransformerModel, inputs: Arrays) -> Arrays:
    """The losses of some training steps; the model is another one afterwards."""
    if not isinstance(model, DecoderOnly):
        return {}
    losses = []
    config = TrainingConfig(steps=3, warmup_steps=1, label_smoothing=0.1)
    result = train(model, OneBatch(inputs), config, lambda progress: losses.append(progress.loss))
    norms = model.optimizer.gradient_norms()
    with TemporaryDirectory() as folder:
        save_weights(model, Path(folder, "10.npz"))
        loaded = load_weights(model.config, Path(folder, "10.npz"))
    return {
        "losses": np.array(losses),
        "validation loss": np.array(result.validation_loss),
        "gradient norms": np.array(list(norms.values())),
        "after training": as_numpy(loaded(inputs)),
    }


class OneBatch:
    """The same batch again and again."""

    def __init__(self, inputs: Arrays):
        labels = np.where(inputs["padding_mask"], inputs["token_ids"], IGNORED)
        self.batch = Batch(inputs, labels.astype("int32"))

    def training_batches(self, batch_size: int, seed: int, first: int = 0) -> Iterator[Batch]:
        while True:
            yield self.batch

    def validation_batches(self, batch_size: int) -> Iterator[Batch]:
        yield self.batch


def as_numpy(tensor) -> np.ndarray:
    return keras.ops.convert_to_numpy(tensor)


@pytest.fixture(scope="module")
def both_answers(tmp_path_factory) -> dict[str, tuple[Arrays, Arrays]]:
    """For each model its answers here and on JAX."""
    folder, here = tmp_path_factory.mktemp("jax"), {}
    for architecture, options in OPTIONS.items():
        model, inputs = tiny_model(architecture, **options), tiny_inputs(architecture, padded=True)
        model.save(folder / f"{architecture}.keras")
        np.savez(folder / f"{architecture}.inputs.npz", **inputs)
        here[architecture] = answers(model, inputs)
    environment = {**os.environ, "KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu"}
    command = [sys.executable, "-c", ON_JAX, str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return {
        architecture: (arrays, dict(np.load(folder / f"{architecture}.answers.npz")))
        for architecture, arrays in here.items()
    }


@pytest.mark.parametrize("architecture", OPTIONS)
def test_jax_gives_the_numbers_of_tensorflow(both_answers, architecture):
    here, on_jax = both_answers[architecture]
    assert here.keys() == on_jax.keys()
    for name, expected in here.items():
        np.testing.assert_allclose(on_jax[name], expected, rtol=0, atol=1e-4, err_msg=name)
