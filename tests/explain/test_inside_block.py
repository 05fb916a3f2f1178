import itertools

import numpy as np
import pytest

from tests.explain.plain_forward import PlainForward
from tests.models.samples import MODERN, copy_of, tiny_inputs, tiny_model
from tfplay.errors import InputError
from tfplay.explain import Switches, block_steps, find_step, onward, trace_arrays

VARIANTS = {
    "pre-norm": {},
    "post-norm": {"normalize_first": False, "activation": "relu"},
    "modern": MODERN,
    "broken": {"normalization": "none", "use_residual": False, "scale_attention": False},
    "without feed-forward": {"use_feed_forward": False},
}
ATTENTION_FIELDS = {
    "query_heads": "query",
    "key_heads": "key",
    "value_heads": "value",
    "scaled": "attention_logits",
    "softmax": "attention_scores",
    "head_outputs": "head_outputs",
    "mixed": "output",
}
NOTHING = Switches()


def traced_model(architecture, **changes):
    """A small model and its trace on one sentence."""
    model = tiny_model(architecture, **changes)
    return model, trace_arrays(model, one_sentence(architecture))


def one_sentence(architecture):
    return {name: ids[:1] for name, ids in tiny_inputs(architecture).items()}


def steps_of(model, trace, stack, switches=NOTHING):
    """The first block's."""
    is_cross = model.architecture == "encoder-decoder" and stack == "decoder"
    encoder_output = trace.encoder.output[0] if is_cross else None
    x = getattr(trace, stack).embeddings[0]
    return block_steps(model.stacks[stack].blocks[0], x, encoder_output, switches)


def assert_equal(values, expected, name=""):
    """To 1e-5 of the largest number."""
    scale = max(1, np.abs(expected).max())
    np.testing.assert_allclose(values, expected, atol=1e-5 * scale, rtol=0, err_msg=name)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_steps_are_what_the_model_and_plain_numpy_compute(variant):
    model, trace = traced_model("encoder-decoder", **VARIANTS[variant])
    plain = PlainForward(model).trace(one_sentence("encoder-decoder"))
    for stack in ("encoder", "decoder"):
        block, steps = plain[stack]["blocks"][0], steps_of(model, trace, stack)
        for part in {"self_attention", "cross_attention"} & set(block):
            found = {step.name: step.values for step in steps if step.part == part}
            for name, field in ATTENTION_FIELDS.items():
                values = found.get(name.replace("heads", "rotated"), found[name])
                assert_equal(values, block[part][field], name)
        if "feed_forward" in block:
            assert_equal(find_step(steps, "feed_forward", "down").values, block["feed_forward"])
        assert_equal(steps[-1].values, getattr(trace, stack).blocks[0].residual_after[0])
        assert_equal(onward(model, trace, stack, 0, steps[-1].values[None]), trace.logits)


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
