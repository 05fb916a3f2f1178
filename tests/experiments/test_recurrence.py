"""A transformer beside a GRU: the task, what is measured, and what is said of it."""

from dataclasses import replace

import numpy as np
import pytest

from tests.training.samples import run_eagerly
from tfplay.experiments.recurrence import GRU, STEPS, TRANSFORMER, findings, shipped_result
from tfplay.experiments.recurrence.measuring import (
    gradients_by_distance,
    measure_recurrence,
    recall_by_distance,
)
from tfplay.experiments.recurrence.networks import build_gru, build_transformer
from tfplay.experiments.recurrence.recall import RecallTask, draw_sequences
from tfplay.experiments.recurrence.result import RecurrenceResult
from tfplay.tasks import IGNORED

TINY = RecallTask(num_said=3, num_symbols=5)


def test_each_answer_was_said_as_long_ago_as_its_distance():
    task = RecallTask(num_said=5, num_symbols=7)
    token_ids, labels = draw_sequences(task, 3, np.random.default_rng(0))
    assert (labels[:, :5] == IGNORED).all()
    assert (token_ids[:, 5:] == 7).all()
    for question, distance in enumerate(task.distances):
        place = 5 + question
        assert (labels[:, place] == token_ids[:, place - distance]).all()


def test_both_networks_have_about_as_many_parameters():
    sizes = [build(RecallTask()).model.count_params() for build in (build_gru, build_transformer)]
    assert sizes[0] == pytest.approx(sizes[1], rel=0.02)


@pytest.mark.parametrize("build", [build_gru, build_transformer])
def test_no_network_sees_what_comes_later(build):
    model = build(TINY).model
    token_ids, _ = draw_sequences(TINY, 2, np.random.default_rng(0))
    changed = token_ids.copy()
    changed[:, 4:] = 0
    before, after = (np.asarray(model(ids))[:, :4] for ids in (token_ids, changed))
    np.testing.assert_allclose(before, after, atol=1e-5)


@pytest.mark.parametrize("build", [build_gru, build_transformer])
def test_its_halves_make_the_whole(build):
    network = build(TINY)
    token_ids, _ = draw_sequences(TINY, 2, np.random.default_rng(0))
    whole = np.asarray(network.model(token_ids))
    np.testing.assert_allclose(network.onward(network.embed(token_ids)), whole, atol=1e-5)


def test_untrained_recall_is_chance_and_gradients_reach_everything():
    network = build_gru(TINY)
    assert np.mean(recall_by_distance(network.model, TINY)) < 0.5
    assert all(norm > 0 for norm in gradients_by_distance(network, TINY))


def test_a_measurement_can_be_kept_and_read(monkeypatch):
    run_eagerly(monkeypatch)
    monkeypatch.setattr("tfplay.experiments.recurrence.measuring.SAID_WHERE_TIMED", (2,))
    told = []
    result = measure_recurrence(TINY, 2, lambda what, share: told.append(what))
    assert RecurrenceResult.from_json(result.to_json()) == result
    assert "Training the GRU: step 2 of 2" in told
    assert [each.claim for each in findings(result)] == ["Slow", "Memory fades", "Hard to train"]


def test_the_shipped_measurement_is_of_what_is_trained_here():
    result = shipped_result()
    task = RecallTask()
    assert result.settings.items() >= {**task._asdict(), "steps": STEPS}.items()
    assert result.distances == task.distances.tolist()
    for name, build in ((GRU, build_gru), (TRANSFORMER, build_transformer)):
        assert result.networks[name].parameters == build(task).model.count_params()


def test_the_sentences_say_the_shipped_numbers():
    result = shipped_result()
    gru, transformer = result.networks[GRU], result.networks[TRANSFORMER]
    slow, fades, hard = findings(result)
    for length, seconds in gru.token_seconds.items():
        ratio = seconds / transformer.token_seconds[length]
        assert f"{ratio:.1f} ({length} tokens)" in slow.sentence
    assert f"recalls {np.mean(gru.recall[-1][:4]):.0%}" in fades.sentence
    assert f"{np.mean(gru.recall[-1][-4:]):.0%} from 25 tokens on" in fades.sentence
    ratio = gru.gradients[0] / gru.gradients[-1]
    assert f"{float(f'{ratio:.2g}'):,.10g} times smaller in the GRU" in hard.sentence


def with_gru(**changes):
    """The shipped result with other numbers of the GRU."""
    result = shipped_result()
    gru = replace(result.networks[GRU], **changes)
    return replace(result, networks=result.networks | {GRU: gru})


def test_a_claim_that_is_not_measured_does_not_hold():
    transformer = shipped_result().networks[TRANSFORMER]
    slow, fades, hard = findings(
        with_gru(
            token_seconds=transformer.token_seconds,
            recall=transformer.recall,
            gradients=transformer.gradients,
        )
    )
    assert {slow.verdict, fades.verdict, hard.verdict} == {"does not hold here"}
    twice = {length: 2 * seconds for length, seconds in transformer.token_seconds.items()}
    assert findings(with_gru(token_seconds=twice))[0].verdict == "holds here"
    only_first = twice | {max(twice): twice[max(twice)] / 4}
    assert findings(with_gru(token_seconds=only_first))[0].verdict == "holds here in part"
