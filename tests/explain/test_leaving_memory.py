"""A model leaves memory once nobody holds it, whatever it was asked before."""

import copy
import gc
import weakref

import keras
import numpy as np
import pytest

from tests.explain.cases import answers_of, inputs_of, model_of
from tfplay.config import DecodingConfig
from tfplay.decoding import Memory, beam_search, generate, generate_steps, kept_with
from tfplay.explain import (
    all_parts,
    attribute,
    compiled_trace,
    eager_logits,
    gradient_times_input,
    logit_lens,
    logits_without,
    trace_arrays,
    trace_sources,
)

BRIEF = DecodingConfig("greedy", max_new_tokens=3)
BEAM = DecodingConfig("beam", num_beams=2, max_new_tokens=3)


def ask_everything(case):
    """A model that has generated, been traced and been explained; nothing of it is returned."""
    model, inputs, (answer, other) = model_of(case), inputs_of(case), answers_of(case)
    *source, prompt = inputs.items()
    prompt_ids = prompt[1][:, :2]
    for use_cache in (True, False):
        list(generate_steps(model, prompt_ids, BRIEF, use_cache=use_cache, **dict(source)))
    beam_search(model, prompt_ids[0], BEAM, **{name: ids[0] for name, ids in source})
    trace = trace_arrays(model, inputs)
    attribute(model, trace, answer, other)
    gradient_times_input(model, trace, answer)
    logit_lens(model, trace)
    logits_without(model, trace, all_parts(model)[:2], answer)
    next(eager_logits(model, inputs))
    if not source:
        memory = kept_with(model, "conversations", Memory)
        list(generate_steps(model, prompt_ids, BRIEF, memory=memory))
        compiled_trace(model)(inputs)
        trace_sources(model, inputs["token_ids"][0], slice(1, 3))
    return weakref.ref(model)


@pytest.mark.parametrize("case", ["decoder", "encoder-decoder"])
def test_a_model_that_was_asked_everything_is_freed(case):
    model = ask_everything(case)
    gc.collect()
    assert model() is None


def test_what_is_kept_with_a_model_is_made_once_and_is_no_other_models():
    model, other, made = model_of("decoder"), model_of("decoder"), []

    def make():
        made.append(len(made))
        return made[-1]

    asked = [kept_with(each, "number", make) for each in (model, model, other, model)]
    assert asked == [0, 0, 1, 0]
    assert kept_with(model, "another", make) == 2


def test_a_model_is_saved_and_copied_without_what_is_kept_with_it(tmp_path):
    model, inputs = model_of("decoder"), inputs_of("decoder")
    generate(model, inputs["token_ids"], BRIEF)
    model.save(tmp_path / "m.keras")
    for again in (keras.saving.load_model(tmp_path / "m.keras"), copy.deepcopy(model)):
        np.testing.assert_array_equal(again(inputs), model(inputs))
        assert kept_with(again, "decoding", lambda: None) is None
