import numpy as np
import pytest

from tfplay.explain import attention_sinks, by_distance, head_roles

TOKENS = list("abcab")
CAUSAL = np.tri(5, dtype=bool)


def attending(*places: int) -> np.ndarray:
    """One head that gives all its attention to one place a row: (1, 1, T, 5)."""
    return np.eye(5)[list(places)][None, None]


def test_a_head_that_follows_a_rule_scores_1_and_one_that_does_not_0():
    previous = head_roles(attending(0, 0, 1, 2, 3), TOKENS, TOKENS, CAUSAL)
    assert previous["previous token"].scores == [[1]]
    assert previous["itself"].scores == [[0]]
    assert previous["induction"].scores == [[0]]
    induction = head_roles(attending(0, 0, 0, 1, 2), TOKENS, TOKENS, CAUSAL)
    assert induction["induction"].scores == [[1]]  # after the a's first time, after the b's
    assert induction["induction"].rows == 2
    assert induction["first token"].scores == [[0.5]]
    same = head_roles(attending(0, 0, 0, 0, 1), TOKENS, TOKENS, CAUSAL)["same token"]
    assert same.scores == [[1]]
    assert same.even == pytest.approx((1 / 4 + 1 / 5) / 2)


def test_rules_that_say_nothing_of_a_text_are_left_out():
    roles = head_roles(attending(0, 0, 0, 0, 0), list("abcde"), list("abcde"), CAUSAL)
    assert not {"induction", "same token", "next token", "last token"} & set(roles)
    both_ways = head_roles(attending(1, 2, 3, 4, 4), TOKENS, TOKENS, np.ones_like(CAUSAL))
    assert both_ways["next token"].scores == [[1]]
    assert both_ways["last token"].scores == [[0.4]]
    cross = head_roles(attending(0, 1, 2), list("xyz"), TOKENS, np.ones((3, 5), bool))
    assert cross["same position"].scores == [[1]]
    assert "previous token" not in cross


def test_attention_by_distance_counts_only_what_is_allowed():
    even = (CAUSAL / CAUSAL.sum(axis=1, keepdims=True))[None, None]
    distances, means = by_distance(even, CAUSAL)
    assert distances.tolist() == [0, 1, 2, 3, 4]
    assert means[0, 0, 0] == pytest.approx(np.mean([1, 1 / 2, 1 / 3, 1 / 4, 1 / 5]))
    assert means[0, 0, 4] == pytest.approx(1 / 5)
    distances, means = by_distance(even[..., :3, :], np.ones((3, 5), bool))
    assert distances.tolist() == [-4, -3, -2, -1, 0, 1, 2]
    assert means[0, 0, 0] == 0


def test_a_sink_is_where_all_others_look_and_says_what_it_passes_on():
    values = np.array([[0.1, 0], [1, 0], [0, 1], [1, 0], [0, 1]])[None, None]
    [sink] = attention_sinks(attending(0, 0, 0, 0, 0), values, CAUSAL)
    assert (sink.layer, sink.head, sink.token, sink.received) == (0, 0, 0, 1)
    assert sink.value_length == pytest.approx(0.1 / 0.82)
    assert attention_sinks(attending(0, 1, 2, 3, 4), values, CAUSAL) == []
