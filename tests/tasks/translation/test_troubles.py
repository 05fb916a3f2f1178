from dataclasses import replace

import numpy as np
import pytest

from tests.tasks.samples import model_config, prepare
from tfplay.config import DecodingConfig
from tfplay.models import build_model
from tfplay.tasks import TrainedModel, find_troubles, look_inside, translate
from tfplay.tasks.translation.troubles import longest_repeat


@pytest.fixture(scope="module")
def trained():
    tokenizer = prepare(tokenizer_kind="word").tokenizer
    return TrainedModel(
        "translation", build_model(model_config(tokenizer.vocabulary_size)), tokenizer
    )


def test_each_number_is_counted_from_the_translation_and_its_trace(trained):
    translation = translate(trained, "two zebras", DecodingConfig(max_new_tokens=6))
    trace = look_inside(trained, translation)
    troubles = find_troubles(trained, translation, trace)
    assert translation.source_tokens == ["two", "[UNK]", "[END]"]
    assert troubles.num_unknown_read == 1
    assert troubles.sink_even_share == pytest.approx(1 / 3)
    assert troubles.sink_share == pytest.approx(trace.cross_attention[..., -1].mean(), rel=1e-5)
    assert troubles.unsure_steps == np.flatnonzero(trace.written_probabilities < 0.5).tolist()
    assert troubles.is_finished == ("[END]" in translation.target_tokens)


def test_unknown_tokens_that_were_written_are_counted(trained):
    translation = translate(trained, "two", DecodingConfig(max_new_tokens=3))
    unknown = replace(translation, target_ids=[trained.tokenizer.unknown_id] * 2)
    troubles = find_troubles(trained, unknown, look_inside(trained, unknown))
    assert troubles.num_unknown_written == 2
    assert not troubles.is_finished


@pytest.mark.parametrize(
    ("token_ids", "repeat"),
    [
        ([5, 7, 2, 3, 5, 7, 2], ([5, 7, 2], 2)),
        ([1, 2, 3, 1, 2, 3, 1, 2, 3], ([1, 2, 3, 1, 2, 3], 2)),
        ([4, 4, 4, 4], ([4, 4, 4], 2)),
        ([1, 2, 3, 1, 2], ([], 0)),
        ([1], ([], 0)),
        ([], ([], 0)),
    ],
)
def test_the_longest_repeat_is_found(token_ids, repeat):
    assert longest_repeat(token_ids) == repeat


def test_a_long_repeat_is_found_at_once():
    row = list(range(2000))
    assert longest_repeat([*row, 7, *row]) == (row, 2)
