"""The plain forward pass and the models say the same, so that it can vouch for what pages show."""

import pytest

from tests.explain.cases import CASES, inputs_of, model_of
from tests.explain.plain_forward import PlainForward, assert_as_plain
from tfplay.explain import trace_arrays


@pytest.mark.parametrize("case", CASES)
def test_every_value_of_a_trace_is_that_of_the_plain_forward_pass(case):
    model, inputs = model_of(case), inputs_of(case)
    assert_as_plain(trace_arrays(model, inputs), PlainForward(model).trace(inputs))
