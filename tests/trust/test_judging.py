import numpy as np
import pytest

from tfplay.trust import (
    NEW_WORDS,
    UNLIKE,
    Answered,
    Judgement,
    Sketch,
    Trust,
    certainty_of,
    fit_trust,
    worst,
)

OWN = [
    f"the {what} is on the {where}" for what in ("cat", "dog", "cow") for where in ("mat", "hill")
]
ELSEWHERE = ["shares fell sharply", "qwe rty uio asd", "il gatto nero dorme", "zug nach berlin"]


def answered(text, is_right, logit=4.0):
    logits = np.array([[logit, 0.0]])
    return Answered(text, logits, np.array([0]), np.array([0 if is_right else 1]), is_right)


@pytest.fixture(scope="module")
def trust():
    own = [answered(text, True) for text in OWN] * 10
    elsewhere = [answered(text, number % 2 == 0) for number, text in enumerate(ELSEWHERE)] * 20
    return fit_trust(Sketch.of(OWN), own, elsewhere)


def test_a_text_of_the_trainings_kind_is_not_warned_of(trust):
    assert trust.judge("the cow is on the mat", 0.99) == Judgement("", (), 0.99)


def test_one_new_word_is_told_by_name(trust):
    found = trust.judge("the zebra is on the mat", 0.99)
    assert (found.sentence, found.unfamiliar) == (NEW_WORDS, ("zebra",))


@pytest.mark.parametrize("text", ["Der Zug kommt heute später.", "sdfj klqw poiu", "नमस्ते दुनिया"])
def test_a_text_of_another_kind_is_warned_of_however_sure_the_model_is(trust, text):
    assert trust.judge(text, 1.0).sentence == UNLIKE


def test_a_text_of_another_kind_gets_less_certain_probabilities(trust):
    assert trust.temperature_for(ELSEWHERE[0]) > 2 * trust.temperature_for(OWN[0])


def test_answers_that_are_less_sure_than_most_right_ones_are_warned_of():
    sure = [answered(text, True) for text in OWN] * 10
    unsure = [answered(text, False, logit=0.5) for text in OWN] * 10
    trust = fit_trust(Sketch.of(OWN), sure + unsure, [])
    assert trust.judge(OWN[0], trust.certainty(unsure[0])).sentence == UNLIKE
    assert trust.judge(OWN[0], trust.certainty(sure[0])).sentence == ""


def test_without_wrong_answers_nothing_is_warned_of():
    trust = fit_trust(Sketch.of(OWN), [answered(text, True) for text in OWN] * 10, [])
    assert trust.judge("something else entirely", 0.01).sentence == NEW_WORDS


def test_pictures_are_judged_by_certainty_alone():
    pictures = [answered("", True)] * 30 + [answered("", False, logit=0.1)] * 30
    trust = fit_trust(None, pictures, [])
    assert trust.judge("", trust.certainty(pictures[0])).sentence == ""
    assert trust.judge("", trust.certainty(pictures[-1])).sentence == UNLIKE


def test_certainty_is_the_geometric_mean_of_the_probabilities_of_what_was_answered():
    logits = np.log([[0.9, 0.1], [0.4, 0.6]])
    assert certainty_of(logits, np.array([0, 0])) == pytest.approx((0.9 * 0.4) ** 0.5)


def test_an_answer_in_parts_is_judged_by_its_worst():
    parts = [Judgement("", (), 0.9), None, Judgement(UNLIKE, ("x",), 0.2)]
    assert worst(parts) == Judgement(UNLIKE, ("x",), 0.2)
    assert worst([None]) is None
    assert Trust().judge("anything", 0.5).sentence == ""
