"""The shares of an answer's parts sum to its logit, and each is what its part wrote."""

import numpy as np
import pytest

from tests.explain.cases import CASES, answers_of, inputs_of, model_of
from tests.explain.plain_forward import PlainForward
from tfplay.explain import attribute, trace_arrays


@pytest.mark.parametrize("case", CASES)
def test_all_shares_sum_to_the_logit_or_to_the_difference_of_two(case):
    model, inputs, (answer, other) = model_of(case), inputs_of(case), answers_of(case)
    trace, logits = trace_arrays(model, inputs), PlainForward(model).trace(inputs)["logits"][None]
    shares = attribute(model, trace, answer)
    assert shares.total == pytest.approx(float(answer.logit(logits)[0]), rel=1e-4, abs=1e-3)
    assert shares.self_attention.shape == (model.config.num_layers, model.config.num_heads)
    assert (shares.cross_attention is not None) == (model.architecture == "encoder-decoder")
    difference = float(answer.logit(logits)[0] - other.logit(logits)[0])
    assert attribute(model, trace, answer, other).total == pytest.approx(difference, abs=1e-3)


def test_each_share_is_what_the_part_wrote_times_the_direction_of_the_answer():
    model, inputs, (answer, _) = model_of("decoder"), inputs_of("decoder"), answers_of("decoder")
    shares, plain = attribute(model, trace_arrays(model, inputs), answer), PlainForward(model)
    stack, row = plain.trace(inputs)["decoder"], answer.row
    end = stack["blocks"][-1]["residual_after"][row]
    token = plain.weights["embeddings/token_embedding/embeddings"][answer.choice]
    gain = plain.weights["final_norm/gamma"] / np.sqrt(end.var() + model.config.norm_epsilon)

    def share(written: np.ndarray) -> float:
        return float((written - written.mean()) * gain @ token)

    assert shares.embeddings == pytest.approx(share(stack["embeddings"][row]), abs=1e-3)
    width = model.config.head_dim
    for layer, block in enumerate(stack["blocks"]):
        written = share(block["feed_forward"][row])
        assert shares.feed_forward[layer] == pytest.approx(written, abs=1e-3)
        kernel = plain.weights[f"decoder_block_{layer}/self_attention/output/kernel"]
        for head, output in enumerate(block["self_attention"]["head_outputs"]):
            written = share(output[row] @ kernel[head * width : (head + 1) * width])
            assert shares.self_attention[layer, head] == pytest.approx(written, abs=1e-3)
