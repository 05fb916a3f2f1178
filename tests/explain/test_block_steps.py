import itertools
import math

import numpy as np
import pytest

from tests.models.samples import MODERN, copy_of, tiny_inputs, tiny_model
from tfplay.errors import InputError
from tfplay.explain import Switches, block_steps, find_step, onward, stack_blocks, trace_arrays

VARIANTS = {
    "pre-norm": {},
    "post-norm": {"normalize_first": False, "activation": "relu"},
    "modern": MODERN,
    "broken": {"normalization": "none", "use_residual": False, "scale_attention": False},
    "without feed-forward": {"use_feed_forward": False},
}
NOTHING = Switches()


def traced_model(architecture, **changes):
    """A small model and its trace on one sentence."""
    model = tiny_model(architecture, **changes)
    inputs = {name: ids[:1] for name, ids in tiny_inputs(architecture).items()}
    return model, trace_arrays(model, inputs)


def steps_of(model, trace, stack, switches=NOTHING):
    """The first block's."""
    is_cross = model.architecture == "encoder-decoder" and stack == "decoder"
    encoder_output = trace.encoder.output[0] if is_cross else None
    x = getattr(trace, stack).embeddings[0]
    return block_steps(stack_blocks(model, stack)[0], x, encoder_output, switches)


def assert_equal(values, expected, name=""):
    """To 1e-5 of the largest number."""
    scale = max(1, np.abs(expected).max())
    np.testing.assert_allclose(values, expected, atol=1e-5 * scale, rtol=0, err_msg=name)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_steps_are_what_the_model_computes(variant):
    model, trace = traced_model("encoder-decoder", **VARIANTS[variant])
    for stack in ("encoder", "decoder"):
        block = getattr(trace, stack).blocks[0]
        steps = steps_of(model, trace, stack)
        for part in ("self_attention", "cross_attention"):
            if getattr(block, part) is not None:
                assert_attention_equal(steps, part, getattr(block, part))
        if block.feed_forward is not None:
            down = find_step(steps, "feed_forward", "down")
            assert_equal(down.values, block.feed_forward[0])
        assert_equal(steps[-1].values, block.residual_after[0])
        logits = onward(model, trace, stack, 0, steps[-1].values[None])
        assert_equal(logits, trace.logits)


def assert_attention_equal(steps, part, attention):
    last = {step.name: step.values for step in steps if step.part == part}
    names = {
        "query_rotated" if "query_rotated" in last else "query_heads": "query",
        "key_rotated" if "key_rotated" in last else "key_heads": "key",
        "value_heads": "value",
        "scaled": "attention_logits",
        "softmax": "attention_scores",
        "head_outputs": "head_outputs",
        "mixed": "output",
    }
    for name, field in names.items():
        assert_equal(last[name], getattr(attention, field)[0], name)


@pytest.mark.parametrize("variant", ["post-norm", "modern"])
def test_every_cell_opens_to_numbers_that_make_it(variant):
    steps = steps_of(*traced_model("encoder-decoder", **VARIANTS[variant]), "decoder")
    for step in steps:
        for index in itertools.product(*({0, size - 1} for size in step.values.shape)):
            cell = step.operation.cell(index)
            expected = step.values[index]
            assert cell.value == pytest.approx(expected, rel=1e-4, abs=1e-4), step.name
    query = find_step(steps, "self_attention", "query")
    cell = query.operation.cell((1, 2))
    assert len(cell.terms["product"]) == query.operation.left.shape[1]
    total = cell.terms["product"].sum() + cell.numbers.get("bias", 0)
    assert abs(total - query.values[1, 2]) < 1e-5


def test_a_block_by_hand_gives_the_same():
    """An independent forward pass of a post-norm GELU block in plain NumPy."""
    model, trace = traced_model("decoder-only", normalize_first=False)
    block = model.blocks[0]
    weights = {each.path.split(f"{block.name}/")[-1]: np.asarray(each) for each in block.weights}
    x = trace.decoder.embeddings[0].astype("float64")
    heads, length = model.config.num_heads, len(x)

    def linear(values, name):
        return values @ weights[f"{name}/kernel"] + weights[f"{name}/bias"]

    def norm(values, name):
        gain, shift = weights[f"{name}/norm/gamma"], weights[f"{name}/norm/beta"]
        variance = values.var(axis=-1, keepdims=True) + model.config.norm_epsilon
        return (values - values.mean(axis=-1, keepdims=True)) / np.sqrt(variance) * gain + shift

    query, key, value = (
        np.split(linear(x, f"self_attention/{name}"), heads, axis=-1)
        for name in ("query", "key", "value")
    )
    outputs = []
    for head in range(heads):
        logits = query[head] @ key[head].T / math.sqrt(model.config.head_dim)
        logits[np.triu_indices(length, 1)] = -np.inf
        scores = np.exp(logits)
        outputs.append(scores / scores.sum(axis=-1, keepdims=True) @ value[head])
    mixed = linear(np.concatenate(outputs, axis=-1), "self_attention/output")
    x = norm(x + mixed, "self_attention_residual")
    up = linear(x, "feed_forward/up")
    gelu = up * (1 + np.vectorize(math.erf)(up / math.sqrt(2))) / 2
    x = norm(x + linear(gelu, "feed_forward/down"), "feed_forward_residual")
    assert_equal(steps_of(model, trace, "decoder")[-1].values, x)
    assert_equal(onward(model, trace, "decoder", 0, x.astype("float32")[None]), trace.logits)


CHANGES = [
    (Switches(scale_attention=False), {"scale_attention": False}),
    (Switches(use_mask=False), {"use_causal_mask": False}),
    (Switches(use_residual=False), {"use_residual": False}),
    (Switches(activation="relu"), {"activation": "relu"}),
]


def test_a_switched_block_is_the_block_of_a_model_configured_like_that():
    model, trace = traced_model("decoder-only")
    x = trace.decoder.embeddings
    for switches, changes in CHANGES:
        changed = copy_of(model, **changes)
        expected = np.asarray(changed.blocks[0](x))[0]
        assert_equal(steps_of(model, trace, "decoder", switches)[-1].values, expected)


def test_one_head_alone_and_heads_that_are_not_mixed():
    model, trace = traced_model("encoder-only", head_dim=11, hidden_dim=33)
    steps = steps_of(model, trace, "encoder", Switches(only_head=1, mix_heads=False))
    heads = find_step(steps, "self_attention", "head_outputs").values
    mixed = find_step(steps, "self_attention", "mixed").values
    assert_equal(mixed[:, 11:22], heads[1])
    assert not mixed[:, :11].any() and not mixed[:, 22:].any()


def test_an_impossible_switch_is_told_in_a_sentence():
    model, trace = traced_model("decoder-only")
    with pytest.raises(InputError, match="no head 4"):
        steps_of(model, trace, "decoder", Switches(only_head=3))
    with pytest.raises(InputError, match="33 wide together"):
        steps_of(model, trace, "decoder", Switches(mix_heads=False))
