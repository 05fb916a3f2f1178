"""What an experiment has shown, in sentences made of its measurements."""

import math
from enum import StrEnum

from tfplay.experiments.catalogue import Experiment
from tfplay.experiments.measures import SCORES, Measures, shrinking

SAME_WITHIN = 0.05
"""Losses are the same if they differ by less than this share of what the intact one fell by."""

WHOLLY_ALIKE = 0.9999
"""Heads that are so similar differ by nothing but rounding."""


class Outcome(StrEnum):
    """What may come of a change; the learner guesses one of them."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    STUCK = "stuck"
    USELESS = "useless"
    FAILED = "failed"


OUTCOMES = {
    Outcome.BETTER: "The loss ends lower, and rightly so",
    Outcome.SAME: "It makes next to no difference",
    Outcome.WORSE: "It learns, but the loss ends higher",
    Outcome.STUCK: "It learns next to nothing",
    Outcome.USELESS: "The loss ends lower, but the model is useless",
    Outcome.FAILED: "Training breaks down: the loss is no longer a number",
}
"""Each outcome as people read it."""


def outcome(intact: Measures, broken: Measures, frequency_loss: float) -> Outcome | None:
    """What came of the change; `None` if it cannot be told.

    Args:
        intact: The run that nothing was changed in.
        broken: The other run.
        frequency_loss: In nats: of whoever knows only how often each answer occurs.
    """
    if _cut_off(intact, broken):
        return None
    if broken.state == "failed":
        return Outcome.FAILED
    if not any(_has_learned(each, frequency_loss) for each in (intact, broken)):
        return None
    margin = _margin(intact)
    gain = intact.last_loss - broken.last_loss
    if gain > margin and _looks_ahead(broken, margin):
        gain = _hidden_loss(intact) - _hidden_loss(broken)
        if gain < -margin:
            return Outcome.USELESS
    if gain > margin:
        return Outcome.BETTER
    if gain >= -margin:
        return Outcome.SAME
    learned, usual = (frequency_loss - each.last_loss for each in (broken, intact))
    return Outcome.STUCK if learned < SAME_WITHIN * usual else Outcome.WORSE


def _cut_off(intact: Measures, broken: Measures) -> bool:
    """Whether a run ended too soon to show anything; where the broken one breaks down, it shows."""
    breaks_down = broken.state == "failed" and "loss became" in broken.message
    return intact.state != "done" or not (broken.state == "done" or breaks_down)


def _has_learned(measures: Measures, frequency_loss: float) -> bool:
    """Whether it knows more than how often each answer occurs."""
    return measures.last_loss < (1 - SAME_WITHIN) * frequency_loss


def _margin(intact: Measures) -> float:
    """Losses that differ by less are the same."""
    return SAME_WITHIN * abs(intact.first_loss - intact.last_loss)


def _looks_ahead(measures: Measures, margin: float) -> bool:
    """Whether its loss is so low because it has seen the next token."""
    return _hidden_loss(measures) > measures.last_loss + margin


def _hidden_loss(measures: Measures) -> float:
    known = measures.probe and measures.probe.hidden_loss
    return 0.0 if known is None else known


def finding(
    experiment: Experiment, intact: Measures, broken: Measures, frequency_loss: float
) -> str:
    """What was measured, in a sentence or two.

    Args:
        experiment: What was changed.
        intact: The run that nothing was changed in.
        broken: The other run.
        frequency_loss: In nats: of whoever knows only how often each answer occurs.

    Example:
        >>> finding(EXPERIMENTS["no-residual"], intact, broken, frequency_loss=5.09)
        'At depth 8 the gradient is 340 times smaller at block 1 than at block 8; intact it is
        1.3 times smaller. The loss ended at 5.10 instead of 3.97: no better than ...'
    """
    if _cut_off(intact, broken):
        ended = {"intact": intact, experiment.broken: broken}
        return " ".join(
            f"The run “{name}” did not come to its end: {measures.message}"
            for name, measures in ended.items()
            if measures.state != "done"
        )
    facts = [_FACTS[name](intact, broken) for name in experiment.facts]
    facts.append(_loss(intact, broken, frequency_loss))
    return " ".join(fact for fact in facts if fact)


def verdict(guess: Outcome, result: Outcome) -> str:
    """Whether the learner's guess was right."""
    if guess == result:
        return f"You guessed right: “{OUTCOMES[guess]}”."
    return f"You guessed “{OUTCOMES[guess]}”; measured was “{OUTCOMES[result]}”."


def _loss(intact: Measures, broken: Measures, frequency_loss: float) -> str:
    ended = f"The loss ended at {broken.last_loss:.2f}"
    match outcome(intact, broken, frequency_loss):
        case None:
            return (
                f"{ended}, intact at {intact.last_loss:.2f}: neither learned much more than how "
                f"often each answer occurs ({frequency_loss:.2f}), so it cannot be told what the "
                "change does. More steps may show it."
            )
        case Outcome.FAILED:
            intact_loss = f"Intact, the loss ended at {intact.last_loss:.2f}."
            return f"Training broke down: {broken.message} {intact_loss}"
        case Outcome.SAME if _looks_ahead(broken, _margin(intact)):
            return (
                f"{ended} instead of {intact.last_loss:.2f}, but only because it looks ahead: "
                "without that there is next to no difference."
            )
        case Outcome.SAME:
            return f"{ended}, intact at {intact.last_loss:.2f}: next to no difference."
        case Outcome.STUCK:
            better = "hardly better" if broken.last_loss < frequency_loss else "no better"
            return (
                f"{ended} instead of {intact.last_loss:.2f}: {better} than knowing only how often "
                f"each answer occurs ({frequency_loss:.2f})."
            )
    return f"{ended} instead of {intact.last_loss:.2f}{_score(intact, broken)}."


def _score(intact: Measures, broken: Measures) -> str:
    """The first score that both have, after a comma."""
    for name, title in SCORES.items():
        if name in intact.scores and name in broken.scores:
            return f", {title} at {broken.scores[name]:.1%} instead of {intact.scores[name]:.1%}"
    return ""


def _gradients(intact: Measures, broken: Measures) -> str | None:
    ratios, intact_ratios = shrinking(broken.gradient_norms), shrinking(intact.gradient_norms)
    both = ratios.keys() & intact_ratios.keys()
    if broken.depth < 2 or not both:
        return None
    stack = max(both, key=lambda stack: abs(math.log(ratios[stack])))
    block = f"{stack} block" if len(both) > 1 else "block"
    smaller, intact_smaller = (_smaller(each[stack]) for each in (ratios, intact_ratios))
    reaching = (
        f"At depth {broken.depth} the gradient reaching {block} 1 is {smaller} at {block} "
        f"{broken.depth}"
    )
    if smaller != intact_smaller:
        return f"{reaching}; intact it is {intact_smaller} there."
    norm, intact_norm = (x.gradient_norms[f"{stack}_block_0"] for x in (broken, intact))
    if not norm:
        return f"{reaching}, as it is intact."
    return f"{reaching}, as it is intact; it is {_smaller(intact_norm / norm)} the intact model's."


def _entropy(intact: Measures, broken: Measures) -> str | None:
    if broken.probe is None or intact.probe is None:
        return None
    return f"Its attention is spread over {_spread(broken)}; intact over {_spread(intact)}."


def _spread(measures: Measures) -> str:
    """A mean entropy of n bits is that of 2^n tokens looked at evenly."""
    entropy = measures.probe.entropy
    return f"{2**entropy:.1f} tokens ({entropy:.2f} bits)"


def _heads(intact: Measures, broken: Measures) -> str | None:
    alike, usual = (x.probe and x.probe.head_similarity for x in (broken, intact))
    if alike is None or usual is None:
        return None
    if alike > WHOLLY_ALIKE:
        return (
            f"The heads of a layer attend wholly alike: {broken.num_heads} heads do the work of "
            f"one. Intact they are {usual:.0%} alike."
        )
    return f"The heads of a layer attend {alike:.1%} alike; intact {usual:.1%}."


def _future(intact: Measures, broken: Measures) -> str | None:
    if _hidden_loss(broken) == 0 or _hidden_loss(intact) == 0:
        return None
    return (
        f"Where the next token is not there to be looked at, as when it writes, its loss is "
        f"{_hidden_loss(broken):.2f}; intact {_hidden_loss(intact):.2f}."
    )


def _parameters(intact: Measures, broken: Measures) -> str | None:
    if not broken.parameters or not intact.parameters:
        return None
    return f"It has {broken.parameters:,} parameters, intact {intact.parameters:,}."


_FACTS = {
    "gradients": _gradients,
    "entropy": _entropy,
    "heads": _heads,
    "future": _future,
    "parameters": _parameters,
}
"""What a finding can tell, by the names that experiments say."""


def _smaller(ratio: float) -> str:
    """How a gradient compares with one that is so many times as large."""
    if math.isinf(ratio):
        return "0, unlike"
    if ratio >= 1.1:
        return f"{_rounded(ratio)} times smaller than"
    return f"{_rounded(1 / ratio)} times larger than" if ratio <= 1 / 1.1 else "as large as"


def _rounded(number: float) -> str:
    """Two significant digits."""
    return f"{float(f'{number:.2g}'):,.10g}"
