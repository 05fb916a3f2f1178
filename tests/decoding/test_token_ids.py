import numpy as np
import pytest

from tests.decoding.conftest import VOCABULARY_SIZE
from tfplay.config import DecodingConfig
from tfplay.decoding import beam_search, check_token_ids, generate, generate_steps
from tfplay.errors import InputError
from tfplay.explain import eager_logits, token_losses, trace_arrays
from tfplay.explain.trace import compiled_trace


@pytest.mark.parametrize("token_ids", [[[0, 6]], [3], [], [[2.0, 1.0]], np.array([5], "uint8")])
def test_ids_of_the_vocabulary_stay_as_they_are(token_ids):
    checked = check_token_ids(token_ids, 7)
    assert checked.dtype == "int32"
    np.testing.assert_array_equal(checked, token_ids)


@pytest.mark.parametrize(
    ("token_ids", "named"),
    [
        ([[1, 7]], "token id 7 is outside the vocabulary of 7 tokens"),
        ([-1], "token id -1 is outside"),
        ([2**40], str(2**40)),
        ([1.5, 2.0], "token id 1.5 is no whole number"),
        ([np.nan], "token id nan is no whole number"),
        ([np.inf], "token id inf is no whole number"),
        (["a"], "token id a is no whole number"),
        ([True], "token id True"),
        ([[1], [2, 3]], "different lengths"),
    ],
)
def test_what_is_no_token_of_the_vocabulary_is_named(token_ids, named):
    with pytest.raises(InputError, match=named):
        check_token_ids(token_ids, 7)


@pytest.mark.parametrize("strange", [VOCABULARY_SIZE, -1, 10**6])
def test_no_entry_answers_to_an_id_outside_the_vocabulary(decoder, strange):
    token_ids = np.array([[3, strange, 4]])
    inputs = {"token_ids": token_ids}
    good = np.array([[3, 1, 4]])
    entries = [
        lambda: generate(decoder, token_ids, DecodingConfig()),
        lambda: list(generate_steps(decoder, token_ids, DecodingConfig(), use_cache=False)),
        lambda: beam_search(decoder, token_ids[0], DecodingConfig("beam")),
        lambda: trace_arrays(decoder, inputs),
        lambda: compiled_trace(decoder)(inputs),
        lambda: list(eager_logits(decoder, inputs)),
        lambda: token_losses(decoder, inputs, good),
    ]
    for entry in entries:
        with pytest.raises(InputError, match=f"token id {strange} is outside the vocabulary of 29"):
            entry()


def test_an_encoders_ids_are_checked_too(translator, source):
    source["encoder_token_ids"][1, 2] = VOCABULARY_SIZE
    with pytest.raises(InputError, match="token id 29"):
        generate(translator, np.array([[1], [2]]), DecodingConfig(), **source)
