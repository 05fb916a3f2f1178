"""What an experiment has shown, in sentences made of its measurements."""

import math
from enum import Enum, StrEnum

from tfplay.experiments.catalogue import Experiment
from tfplay.experiments.measures import SCORES, Measures, shrinking
from tfplay.store import DIVERGED

SAME_WITHIN = 0.05
"""A loss is the same as the intact one if it differs by less than this share of that."""

OTHER_BEYOND = 0.10
"""A loss is different if it differs by more than this share; in between it may be chance."""

SMALLEST_SAME = 0.01
"""Losses that differ by less are the same when written with two decimals, in nats."""

WHOLLY_ALIKE = 0.9999
"""Heads that are so similar differ by nothing but rounding."""


class Compared(Enum):
    """How a loss compares with another."""

    LOWER = "lower"
    SAME = "the same"
    HIGHER = "higher"
    UNCLEAR = "too close to tell"


class Outcome(StrEnum):
    """The possible outcomes of a change; the learner guesses one of them."""

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
    """The outcome of the change; `None` if the two runs do not show it.

    Args:
        intact: The run that nothing was changed in.
        broken: The other run.
        frequency_loss: The loss of knowing only how often each answer occurs, in nats.
    """
    if _cut_off(intact, broken):
        return None
    if _broke_down(broken):
        return Outcome.FAILED
    if not _finite(intact.last_loss) or not _any_has_learned(intact, broken, frequency_loss):
        return None
    match compare(broken.last_loss, intact.last_loss):
        case Compared.UNCLEAR:
            return None
        case Compared.SAME:
            return Outcome.SAME
        case Compared.LOWER:
            return _outcome_of_lower(intact, broken)
    learned, usual = (frequency_loss - each.last_loss for each in (broken, intact))
    return Outcome.STUCK if learned < SAME_WITHIN * usual else Outcome.WORSE


def compare(loss: float, other: float) -> Compared:
    """How a loss compares with another, relative to that one's size."""
    difference, share = loss - other, abs(other)
    if abs(difference) <= max(SAME_WITHIN * share, SMALLEST_SAME):
        return Compared.SAME
    if abs(difference) <= max(OTHER_BEYOND * share, 2 * SMALLEST_SAME):
        return Compared.UNCLEAR
    return Compared.HIGHER if difference > 0 else Compared.LOWER


def _outcome_of_lower(intact: Measures, broken: Measures) -> Outcome | None:
    """The outcome if the loss ended lower: does it, too, where the model cannot look ahead?"""
    match looking_ahead(broken):
        case Compared.UNCLEAR:
            return None
        case Compared.HIGHER if intact.probe and _finite(intact.probe.hidden_loss):
            return {
                Compared.LOWER: Outcome.BETTER,
                Compared.SAME: Outcome.SAME,
                Compared.HIGHER: Outcome.USELESS,
                Compared.UNCLEAR: None,
            }[compare(broken.probe.hidden_loss, intact.probe.hidden_loss)]
        case Compared.HIGHER:
            return None  # there is nothing to compare it with
    return Outcome.BETTER


def looking_ahead(measures: Measures) -> Compared:
    """The loss where the next token cannot be seen beside that of the same tokens where it can.

    It is higher if the model looks ahead.
    """
    probe = measures.probe
    if probe is None or not _finite(probe.hidden_loss):
        return Compared.SAME
    seen = probe.seen_loss if _finite(probe.seen_loss) else measures.last_loss
    return compare(probe.hidden_loss, seen)


def _cut_off(intact: Measures, broken: Measures) -> bool:
    """Whether a run ended too soon to show anything; where the broken one breaks down, it shows."""
    return intact.state != "done" or not (broken.state == "done" or _broke_down(broken))


def _broke_down(measures: Measures) -> bool:
    """Whether the loss became infinite or not a number."""
    if measures.state == "failed":
        return measures.reason == DIVERGED
    return measures.state == "done" and not _finite(measures.last_loss)


def _finite(loss: float | None) -> bool:
    return loss is not None and math.isfinite(loss)


def _any_has_learned(intact: Measures, broken: Measures, frequency_loss: float) -> bool:
    """Whether one of the runs learned more than how often each answer occurs."""
    known = (1 - SAME_WITHIN) * frequency_loss
    return intact.last_loss < known or broken.last_loss < known


def finding(
    experiment: Experiment, intact: Measures, broken: Measures, frequency_loss: float
) -> str:
    """What was measured, in a sentence or two.

    Args:
        experiment: What was changed.
        intact: The run that nothing was changed in.
        broken: The other run.
        frequency_loss: The loss of knowing only how often each answer occurs, in nats.

    Example: "At depth 8 the gradient is 340 times smaller at block 1 than at block 8; intact it is
    1.3 times smaller. The loss ended at 5.10 instead of 3.97: no better than ..."
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


def verdict(guess: Outcome, result: Outcome | None) -> str:
    """Whether the learner's guess was right, if that can be told."""
    if result is None:
        return f"You guessed “{OUTCOMES[guess]}”; these two runs cannot tell whether that is right."
    if guess == result:
        return f"You guessed right: “{OUTCOMES[guess]}”."
    return f"You guessed “{OUTCOMES[guess]}”; measured was “{OUTCOMES[result]}”."


def _loss(intact: Measures, broken: Measures, frequency_loss: float) -> str:
    result = outcome(intact, broken, frequency_loss)
    if result is Outcome.FAILED:
        ended = f"Intact, the loss ended at {_told(intact.last_loss)}."
        return f"Training broke down: {broken.message} {ended}"
    if not _finite(intact.last_loss):
        return f"The intact loss ended at {_told(intact.last_loss)}: there is nothing to compare."
    ended = f"The loss ended at {broken.last_loss:.2f}"
    beside, instead = (
        f"{ended}{word} {intact.last_loss:.2f}" for word in (", intact at", " instead of")
    )
    if result is None:
        return _untold(intact, broken, frequency_loss, beside)
    if result is Outcome.STUCK:
        better = "hardly better" if broken.last_loss < frequency_loss else "no better"
        return (
            f"{instead}: {better} than knowing only how often each answer occurs "
            f"({frequency_loss:.2f})."
        )
    is_lower = compare(broken.last_loss, intact.last_loss) is Compared.LOWER
    if result is Outcome.SAME and is_lower:
        return (
            f"{instead}, but only because it looks ahead: without that there is next to no "
            "difference."
        )
    if result is Outcome.SAME:
        return f"{beside}: next to no difference."
    if result is Outcome.USELESS:
        return f"{instead}, but only because it looks ahead."
    return f"{instead}{_score(intact, broken)}."


def _untold(intact: Measures, broken: Measures, frequency_loss: float, beside: str) -> str:
    """Why the two runs do not show the outcome of the change."""
    if not _any_has_learned(intact, broken, frequency_loss):
        return (
            f"{beside}: neither learned much more than how often each answer occurs "
            f"({frequency_loss:.2f}), so it cannot be told what the change does. More steps may "
            "show it."
        )
    if compare(broken.last_loss, intact.last_loss) is Compared.UNCLEAR:
        return (
            f"{beside}: too close to tell whether the change made the difference or chance. More "
            "steps or another seed may show it."
        )
    return f"{beside}, but it is too close to tell whether that is because it looks ahead."


def _told(loss: float | None) -> str:
    return "no number" if loss is None or math.isnan(loss) else f"{loss:.2f}"


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
    if alike > WHOLLY_ALIKE and usual > WHOLLY_ALIKE:
        return "The heads of a layer attend wholly alike, with the change and without it."
    if alike > WHOLLY_ALIKE:
        return (
            f"The heads of a layer attend wholly alike: {broken.num_heads} heads do the work of "
            f"one. Intact they are {usual:.0%} alike."
        )
    return f"The heads of a layer attend {alike:.1%} alike; intact {usual:.1%}."


def _future(intact: Measures, broken: Measures) -> str | None:
    hidden, usual = (x.probe and x.probe.hidden_loss for x in (broken, intact))
    if hidden is None or usual is None:
        return None
    return (
        "Where the next token is not there to be looked at, as when it writes, its loss is "
        f"{hidden:.2f}; intact {usual:.2f}."
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
"""The facts that a finding can mention, by the names that experiments use."""


def _smaller(ratio: float) -> str:
    """How a gradient compares with one that is `ratio` times as large."""
    if math.isinf(ratio):
        return "0, unlike"
    if ratio >= 1.1:
        return f"{_rounded(ratio)} times smaller than"
    return f"{_rounded(1 / ratio)} times larger than" if ratio <= 1 / 1.1 else "as large as"


def _rounded(number: float) -> str:
    """The number with two significant digits."""
    return f"{float(f'{number:.2g}'):,.10g}"
