from itertools import pairwise

import numpy as np
import pytest

from tfplay.chat.costs import conversation_turns, count_turn, measure_turn
from tfplay.estimates import count_multiply_adds

MESSAGES = [
    {"role": "user", "content": "My name is Zorimel."},
    {"role": "assistant", "content": "Nice to meet you, Zorimel."},
    {"role": "user", "content": "What is my name?"},
    {"role": "assistant", "content": "Your name is Zorimel."},
]


@pytest.fixture
def turns(chat_model):
    return conversation_turns(chat_model, MESSAGES)


def test_what_the_turn_before_computed_is_known(turns):
    first, second = turns
    assert (first.message, second.message) == (1, 3)
    assert first.known == 0
    assert second.known == first.prompt_ids.shape[1] + first.written_ids.shape[1]
    np.testing.assert_array_equal(
        second.prompt_ids[:, : second.known],
        np.concatenate([first.prompt_ids, first.written_ids], axis=1),
    )


def test_all_of_the_turn_before_is_known_or_nothing_when_the_oldest_messages_fall_out(chat_model):
    numbered = [
        message | {"content": f"{number} {message['content']}"}
        for number, message in enumerate(MESSAGES * 8)
    ]
    turns = conversation_turns(chat_model, numbered)
    fell_out = [turn.known < 3 for turn in turns]  # the role's token, at most, is where it was
    assert fell_out[0] and any(fell_out[1:]) and not all(fell_out[1:])
    for before, turn in pairwise(turns):
        held = before.prompt_ids.shape[1] + before.written_ids.shape[1]
        assert turn.known in (0, 1, 2, held)


def test_a_turn_is_counted_position_by_position(chat_model, turns):
    config, turn = chat_model.model.config, turns[1]
    start, end = turn.prompt_ids.shape[1], turn.prompt_ids.shape[1] + turn.written_ids.shape[1]
    cost = count_turn(config, turn)
    one_by_one = [count_multiply_adds(config, 1, cached_length=n) for n in range(end)]
    assert cost.writing == sum(each.blocks for each in one_by_one[start:]) + one_by_one[0].head * (
        1 + end - start
    )
    assert cost.encoding == count_multiply_adds(config, start).blocks
    assert cost.reading < cost.encoding
    assert cost.cached < cost.encoded < cost.whole


def test_measured_are_medians_of_interleaved_repeats_without_the_first(
    chat_model, turns, monkeypatch
):
    rounds = iter([99, 99, 99, 99, 1, 2, 3, 4, 5, 6, 7, 8, 2, 3, 4, 5])
    monkeypatch.setattr("tfplay.chat.costs._milliseconds", lambda work: work() or next(rounds))
    assert measure_turn(chat_model, turns[1], repeats=3) == (2, 3, 4, 5)
