"""Sentences say what was measured, whatever it was."""

import math
from dataclasses import replace

import pytest

from tfplay.experiments import EXPERIMENTS, Behaviour, Measures, Outcome, finding, outcome, verdict
from tfplay.experiments.findings import Compared, compare
from tfplay.store import DIVERGED

FREQUENCY_LOSS = 5.09
BLOCKS = [f"decoder_block_{index}" for index in range(8)]


def gradients(first: float, last: float) -> dict[str, float]:
    between = dict.fromkeys(BLOCKS[1:-1], 1.0)
    return {"embeddings": 1.0, BLOCKS[0]: first, **between, BLOCKS[-1]: last, "head": 1.0}


INTACT = Measures(
    state="done",
    message="Trained for 300 steps.",
    depth=8,
    num_heads=4,
    parameters=440_320,
    first_loss=6.4,
    last_loss=3.97,
    gradient_norms=gradients(0.2, 0.26),
    probe=Behaviour(entropy=3.0, head_similarity=0.71, hidden_loss=4.0),
)


def say(name: str, **broken) -> str:
    return finding(EXPERIMENTS[name], INTACT, replace(INTACT, **broken), FREQUENCY_LOSS)


def outcome_of(**broken) -> Outcome | None:
    return outcome(INTACT, replace(INTACT, **broken), FREQUENCY_LOSS)


def test_a_vanishing_gradient_is_told_with_its_factor():
    sentence = say("no-residual", gradient_norms=gradients(0.001, 0.34), last_loss=5.1)
    assert sentence == (
        "At depth 8 the gradient reaching block 1 is 340 times smaller than at block 8; intact it "
        "is 1.3 times smaller than there. The loss ended at 5.10 instead of 3.97: no better than "
        "knowing only how often each answer occurs (5.09)."
    )


def test_hardly_better_than_frequencies_is_not_no_better():
    sentence = say("no-position", last_loss=5.05)
    assert "hardly better than knowing only how often each answer occurs (5.09)" in sentence


def test_an_exploding_gradient_is_told_too():
    assert "is 20 times larger than at block 8" in say(
        "no-normalisation", gradient_norms=gradients(2.0, 0.1)
    )


def test_a_gradient_that_has_vanished_wholly_is_0():
    assert "is 0, unlike at block 8;" in say("no-residual", gradient_norms=gradients(0.0, 0.1))


def test_of_two_stacks_the_one_is_named_whose_gradient_suffers():
    norms = {"encoder_block_0": 0.01, "encoder_block_1": 1.0}
    norms |= {"decoder_block_0": 1.0, "decoder_block_1": 1.0}
    intact, broken = (replace(INTACT, depth=2, gradient_norms=norms) for _ in range(2))
    sentence = finding(EXPERIMENTS["no-residual"], intact, broken, FREQUENCY_LOSS)
    assert "reaching encoder block 1 is 100 times smaller than at encoder block 2" in sentence


def test_without_measured_gradients_the_losses_are_told_alone():
    assert say("no-residual", gradient_norms={}, last_loss=4.5) == (
        "The loss ended at 4.50 instead of 3.97."
    )


def test_a_score_is_told_beside_the_loss():
    intact, broken = (replace(INTACT, scores={"accuracy": share}) for share in (0.95, 0.61))
    sentence = finding(
        EXPERIMENTS["no-position"], intact, replace(broken, last_loss=4.5), FREQUENCY_LOSS
    )
    assert sentence == (
        "The loss ended at 4.50 instead of 3.97, accuracy at 61.0% instead of 95.0%."
    )


def test_nothing_broken_is_said_honestly():
    sentence = say("no-residual", last_loss=3.99)
    assert "The loss ended at 3.99, intact at 3.97: next to no difference." in sentence
    assert "1.3 times smaller than at block 8, as it is intact; it is as large as the" in sentence


def test_a_gradient_that_grew_everywhere_is_compared_with_the_intact_one():
    sentence = say("no-normalisation", gradient_norms=gradients(2.0, 2.6))
    assert sentence.startswith(
        "At depth 8 the gradient reaching block 1 is 1.3 times smaller than at block 8, as it is "
        "intact; it is 10 times larger than the intact model's."
    )
    gone = replace(INTACT, gradient_norms=gradients(0.0, 0.1))
    sentence = finding(EXPERIMENTS["no-residual"], gone, gone, FREQUENCY_LOSS)
    assert sentence.startswith(
        "At depth 8 the gradient reaching block 1 is 0, unlike at block 8, as it is intact."
    )


def test_equal_heads_do_the_work_of_one_only_if_they_are_equal():
    alike = INTACT.probe._replace(head_similarity=0.9999999)
    sentence = say("identical-heads", probe=alike)
    assert "attend wholly alike: 4 heads do the work of one. Intact they are 71% alike." in sentence
    different = INTACT.probe._replace(head_similarity=0.8)
    sentence = say("identical-heads", probe=different)
    assert "attend 80.0% alike; intact 71.0%." in sentence
    assert "work of one" not in sentence


def test_spread_of_attention_is_told_in_tokens_and_bits():
    narrow = INTACT.probe._replace(entropy=1.0)
    assert "spread over 2.0 tokens (1.00 bits); intact over 8.0 tokens (3.00 bits)." in say(
        "no-scale", probe=narrow
    )


def test_who_looks_ahead_is_found_out_where_there_is_nothing_to_see():
    cheating = INTACT.probe._replace(hidden_loss=7.5)
    sentence = say("no-causal-mask", last_loss=0.05, probe=cheating)
    assert "its loss is 7.50; intact 4.00" in sentence
    assert "ended at 0.05 instead of 3.97" in sentence
    assert outcome_of(last_loss=0.05, probe=cheating) is Outcome.USELESS
    slightly_better = INTACT.probe._replace(hidden_loss=3.5)
    assert outcome_of(last_loss=0.05, probe=slightly_better) is Outcome.BETTER
    assert outcome_of(last_loss=3.0, probe=None) is Outcome.BETTER  # of whom no more is known
    assert outcome_of(last_loss=3.5, probe=slightly_better) is Outcome.BETTER  # it looks at nothing


def test_what_cannot_be_seen_is_judged_by_the_same_tokens_where_it_can():
    # Its loss is higher on those tokens, but no higher for being hidden: it looks at nothing.
    causal = INTACT.probe._replace(hidden_loss=6.0, seen_loss=6.0)
    assert outcome_of(last_loss=3.0, probe=causal) is Outcome.BETTER
    assert "looks ahead" not in say("other-norm-place", last_loss=3.0, probe=causal)


def test_a_higher_loss_is_never_for_looking_ahead():
    # Dates without position: 0.84 instead of 0.66, and hidden tokens harder than the others.
    intact = replace(INTACT, first_loss=6.0, last_loss=0.66)
    intact = replace(intact, probe=Behaviour(2.0, 0.6, hidden_loss=1.2, seen_loss=1.2))
    broken = replace(
        intact, last_loss=0.84, probe=Behaviour(2.0, 0.6, hidden_loss=1.5, seen_loss=0.9)
    )
    assert outcome(intact, broken, 3.2) is Outcome.WORSE
    sentence = finding(EXPERIMENTS["no-position"], intact, broken, 3.2)
    assert sentence == "The loss ended at 0.84 instead of 0.66."
    assert verdict(Outcome.WORSE, Outcome.WORSE).startswith("You guessed right")


def test_how_much_is_a_difference_goes_by_where_training_ended_not_where_it_began():
    for first_loss in (1.0, 100.0):
        intact = replace(INTACT, first_loss=first_loss, last_loss=0.66)
        assert outcome(intact, replace(intact, last_loss=0.84), 3.2) is Outcome.WORSE


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (1.00, Compared.SAME),
        (1.049, Compared.SAME),
        (0.951, Compared.SAME),
        (1.06, Compared.UNCLEAR),
        (1.099, Compared.UNCLEAR),
        (0.91, Compared.UNCLEAR),
        (1.11, Compared.HIGHER),
        (0.89, Compared.LOWER),
        (50.0, Compared.HIGHER),
        (0.0, Compared.LOWER),
    ],
)
def test_a_loss_beside_another(loss, expected):
    assert compare(loss, 1.0) is expected


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (0.0, Compared.SAME),
        (0.01, Compared.SAME),
        (0.02, Compared.UNCLEAR),
        (0.05, Compared.HIGHER),
    ],
)
def test_beside_a_loss_of_0_what_is_told_with_two_decimals_counts(loss, expected):
    assert compare(loss, 0.0) is expected


@pytest.mark.parametrize("last_loss", [4.30, 3.65])
def test_what_is_too_close_is_not_judged(last_loss):
    assert outcome_of(last_loss=last_loss) is None
    sentence = say("no-position", last_loss=last_loss)
    assert f"ended at {last_loss:.2f}, intact at 3.97: too close to tell" in sentence
    for guess in Outcome:
        assert "cannot tell" in verdict(guess, None)
        assert "guessed right" not in verdict(guess, None)


def test_how_far_it_looks_ahead_may_be_too_close_to_tell_too():
    unclear = INTACT.probe._replace(hidden_loss=3.2, seen_loss=3.0)
    assert outcome_of(last_loss=3.0, probe=unclear) is None
    assert "too close to tell whether that is because it looks ahead" in say(
        "no-causal-mask", last_loss=3.0, probe=unclear
    )


@pytest.mark.parametrize("loss", [math.nan, math.inf, None])
def test_a_broken_loss_that_is_no_number_is_a_breakdown_and_an_intact_one_shows_nothing(loss):
    assert outcome_of(last_loss=loss) is Outcome.FAILED
    intact = replace(INTACT, last_loss=loss)
    assert outcome(intact, INTACT, FREQUENCY_LOSS) is None
    sentence = finding(EXPERIMENTS["no-position"], intact, INTACT, FREQUENCY_LOSS)
    assert sentence.endswith("there is nothing to compare.")


def test_a_hidden_loss_that_is_no_number_tells_nothing():
    unknown = INTACT.probe._replace(hidden_loss=math.nan)
    assert outcome_of(last_loss=3.0, probe=unknown) is Outcome.BETTER
    assert outcome_of(probe=unknown) is Outcome.SAME


def test_heads_that_are_alike_in_both_runs_are_not_blamed_on_the_change():
    alike = replace(INTACT, probe=INTACT.probe._replace(head_similarity=1.0))
    sentence = finding(EXPERIMENTS["identical-heads"], alike, alike, FREQUENCY_LOSS)
    assert "with the change and without it" in sentence
    assert "work of one" not in sentence


def test_a_loss_that_is_lower_only_for_looking_ahead_makes_no_difference():
    assert outcome_of(last_loss=3.0) is Outcome.SAME
    assert say("no-causal-mask", last_loss=3.0).endswith(
        "The loss ended at 3.00 instead of 3.97, but only because it looks ahead: without that "
        "there is next to no difference."
    )


@pytest.mark.parametrize(
    ("last_loss", "expected"),
    [
        (3.90, Outcome.SAME),
        (4.05, Outcome.SAME),
        (4.50, Outcome.WORSE),
        (5.08, Outcome.STUCK),
        (9.0, Outcome.STUCK),
    ],
)
def test_the_outcome_follows_from_the_losses(last_loss, expected):
    assert outcome_of(last_loss=last_loss) is expected


def test_where_neither_has_learned_nothing_can_be_told_of_the_change():
    intact = replace(INTACT, last_loss=5.07)
    for last_loss in (4.95, 5.07, 9.0):
        pair = intact, replace(intact, last_loss=last_loss)
        assert outcome(*pair, FREQUENCY_LOSS) is None
        sentence = finding(EXPERIMENTS["no-residual"], *pair, FREQUENCY_LOSS)
        assert sentence.startswith("At depth 8 the gradient")
        assert "neither learned much more than how often each answer occurs (5.09)" in sentence


def test_what_learns_where_the_intact_one_does_not_is_better():
    intact = replace(INTACT, first_loss=5.0, last_loss=6.0, probe=None)  # it got worse
    assert outcome(intact, replace(intact, last_loss=3.0), FREQUENCY_LOSS) is Outcome.BETTER


def test_a_loss_that_is_no_number_is_an_outcome():
    message = "The loss became nan at step 34: a learning rate of 0.002 is probably too high."
    failed = {"state": "failed", "message": message, "reason": DIVERGED}
    assert outcome_of(**failed) is Outcome.FAILED
    assert "The loss became nan at step 34" in say("no-residual", **failed)
    assert outcome_of(**failed | {"reason": None}) is None  # whatever its words


@pytest.mark.parametrize("state", ["stopped", "lost", "failed"])
def test_a_run_that_was_cut_off_shows_nothing(state):
    assert outcome_of(state=state, message="Why not.") is None
    assert say("no-residual", state=state, message="Why not.") == (
        "The run “without residual” did not come to its end: Why not."
    )


def test_a_guess_is_judged():
    assert verdict(Outcome.STUCK, Outcome.STUCK).startswith("You guessed right")
    wrong = verdict(Outcome.SAME, Outcome.STUCK)
    assert "next to no difference" in wrong
    assert "next to nothing" in wrong
