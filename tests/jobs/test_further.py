"""A run that starts from a model."""

import numpy as np
import pytest

from tests.jobs.samples import smallest_recipe, write_text
from tfplay.config import ModelConfig
from tfplay.errors import InputError
from tfplay.jobs.forgetting import measure_forgetting, old_examples
from tfplay.jobs.training import train_run
from tfplay.models import build_model
from tfplay.recipes import default_recipe
from tfplay.store import create_run, open_run, start_from_model
from tfplay.text import TOKENIZERS

KINDS = [f"one {'two ' * n},small\nsix {'five ' * n},large\n" for n in range(1, 9)]
TEXT = "one two three, four five six. "
QUICK = {
    "steps": 2,
    "batch_size": 5,
    "warmup_steps": 0,
    "evaluate_every": 2,
    "snapshots": 2,
    "validation_fraction": 0.0,  # answers take longer than all steps
}


@pytest.fixture
def base(tmp_path):
    """A language model with random weights, as a run would leave it."""
    data = write_text(tmp_path)
    run = create_run(smallest_recipe("language-model", data), data)
    tokenizer = TOKENIZERS["word"].train([TEXT], 50)
    config = ModelConfig(
        "decoder-only", tokenizer.vocabulary_size, 16, num_layers=2, hidden_dim=33, num_heads=3
    )
    run.save_tokenizer(tokenizer)
    model = build_model(config)
    run.save_model_config(config, model.count_params())
    run.save_model(model)
    return run.model


@pytest.fixture(autouse=True)
def nothing_measured_of_the_base(monkeypatch):
    """It takes longer than all of such a training, and is tested by itself."""
    monkeypatch.setattr("tfplay.jobs.training.measure_forgetting", lambda base, model: {})


def further(base, tmp_path, task="language-model", data=None, **learns):
    data = data or write_text(tmp_path)
    recipe = default_recipe(task, data.name, start=start_from_model(base.id, **learns))
    return create_run(recipe.with_changes(QUICK), data)


def train(run, on_status=lambda status: None):
    with run.hold():
        return train_run(run, on_status)


def weights(model):
    return {weight.path: weight.numpy() for weight in model.load().model.weights}


def test_a_low_rank_change_leaves_an_ordinary_model(base, tmp_path, uncompiled):
    messages = []
    run = further(base, tmp_path, learns="lora", rank=2)
    result = train(run, lambda status: messages.append(status.message))
    assert result["learning_parameters"] == 2 * 2 * 2 * 2 * 33
    assert f"Training {528:,} of {result['parameters']:,} parameters." in messages
    assert run.model.tokenizer_path.read_bytes() == base.tokenizer_path.read_bytes()

    before, after = weights(base), weights(open_run(run.id).model)
    assert before.keys() == after.keys()
    changed = {path for path in before if not np.array_equal(before[path], after[path])}
    assert {path.split("/")[-2] for path in changed} == {"query", "value"}
    first, last = (weights(run.model.at(step)) for step in (0, 2))
    assert all(np.array_equal(first[path], before[path]) for path in before)
    assert all(np.array_equal(last[path], after[path]) for path in after)


def test_a_run_that_went_on_is_as_one_that_was_not_interrupted(base, tmp_path, uncompiled):
    whole = further(base, tmp_path, learns="lora", rank=2)
    train(whole)
    halted = further(base, tmp_path, learns="lora", rank=2)

    def stop(status):
        if status.progress and status.progress["step"] == 1:
            halted.request_stop()

    train(halted, stop)
    assert halted.status().state == "stopped"
    halted.take_back_stop()
    train(halted)
    assert halted.status().result["steps"] == 2
    expected, found = weights(whole.model), weights(halted.model)
    for path, array in expected.items():
        np.testing.assert_array_equal(found[path], array)


def test_a_checkpoint_of_a_low_rank_change_becomes_an_ordinary_model(base, tmp_path, uncompiled):
    run = further(base, tmp_path, learns="lora", rank=2)
    train(run, lambda status: run.request_stop() if status.progress else None)
    saved = weights(run.model)
    run.keep_checkpoint()
    kept = weights(run.model)
    assert run.model.weights_path.suffix == ".npz"
    for path, array in saved.items():
        np.testing.assert_allclose(kept[path], array, rtol=1e-6)


def test_a_language_model_learns_to_classify_with_a_new_head(base, tmp_path, uncompiled):
    data = tmp_path / "kinds.csv"
    data.write_text("text,label\n" + "".join(KINDS), encoding="utf-8")
    run = further(base, tmp_path, "classification", data, learns="head")
    result = train(run)
    assert run.model.labels == ("large", "small")
    assert result["learning_parameters"] == 33 * 33 + 33 + 33 * 2 + 2
    before, after = weights(base), weights(run.model)
    assert all(np.array_equal(after[path], before[path]) for path in before if path in after)


def plain_loss(model, token_ids, context):
    """The mean loss of windows side by side, one by one and in float64."""
    losses = []
    for start in range(0, len(token_ids) - 1, context):
        window = np.array([token_ids[start : start + context + 1]])
        logits = np.asarray(model(window[:, :-1]), dtype="float64")[0]
        likely = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
        losses += [-row[label] for row, label in zip(likely, window[0, 1:], strict=True)]
    return np.mean(losses)


def test_what_was_forgotten_is_the_loss_of_what_the_base_has_become(base):
    model = build_model(base.config)
    found = measure_forgetting(base, model)
    assert found["old_data"] == "examples that its base was validated on"
    token_ids = base.load_tokenizer().tokenize(old_examples(base).examples)
    before, after = (plain_loss(each, token_ids, 16) for each in (base.load().model, model))
    assert found["old_loss_before"] == pytest.approx(before, rel=1e-4)
    assert found["old_loss_after"] == pytest.approx(after, rel=1e-4)
    assert before != pytest.approx(after, rel=1e-4)


def test_nothing_is_forgotten_of_a_frozen_body(base):
    found = measure_forgetting(base, base.load().model)
    assert found["old_loss_before"] == found["old_loss_after"]


def test_a_model_that_is_gone_is_told(tmp_path):
    with pytest.raises(InputError, match="There is no model 'bert-huge'"):
        start_from_model("bert-huge")
