"""The three claims about recurrence, each judged by what was measured."""

from statistics import fmean
from typing import NamedTuple

from tfplay.experiments.recurrence.result import GRU, TRANSFORMER, RecurrenceResult

CLEARLY = 1.1
"""A ratio says something from here on; what is nearer to 1 may be chance."""

FORGOTTEN = 0.1
"""Memory fades if so much less is right of what was said long ago, as a share of all answers."""

QUARTER = 4
"""The nearest and the farthest quarter of all distances are compared."""

LEARNED = 0.9
"""From this share of right answers on it is said that a network has learned to recall."""


class Finding(NamedTuple):
    """One claim, and what was measured."""

    claim: str
    verdict: str
    sentence: str


def findings(result: RecurrenceResult) -> list[Finding]:
    """The claims in the order of the notes: slow, memory fades, hard to train.

    Example::

        for finding in findings(shipped_result()):
            print(finding.claim, finding.verdict)
    """
    return [_slow(result), _fades(result), _hard(result)]


def _slow(result: RecurrenceResult) -> Finding:
    gru, transformer = (result.networks[name].token_seconds for name in (GRU, TRANSFORMER))
    ratios = {length: gru[length] / transformer[length] for length in gru}
    told = ", ".join(f"{ratio:.1f} ({length} tokens)" for length, ratio in ratios.items())
    longest = max(gru)
    return Finding(
        "Slow",
        _verdict([ratio > CLEARLY for ratio in ratios.values()]),
        f"For a token in training the GRU takes {told} times as long as the transformer; at "
        f"{longest} that is {gru[longest] * 1e6:.0f} against {transformer[longest] * 1e6:.0f} µs.",
    )


def _fades(result: RecurrenceResult) -> Finding:
    count = max(1, len(result.distances) // QUARTER)
    near, far = result.distances[count - 1], result.distances[-count]
    shares = {}
    for name in (GRU, TRANSFORMER):
        recall = result.networks[name].recall[-1]
        shares[name] = fmean(recall[:count]), fmean(recall[-count:])
    (gru_near, gru_far), (own_near, own_far) = shares[GRU], shares[TRANSFORMER]
    return Finding(
        "Memory fades",
        _verdict([gru_near - gru_far > FORGOTTEN]),
        f"The GRU recalls {gru_near:.0%} of what was said up to {near} tokens ago and "
        f"{gru_far:.0%} from {far} tokens on; the transformer {own_near:.0%} and {own_far:.0%}.",
    )


def _hard(result: RecurrenceResult) -> Finding:
    weaker = {}
    for name in (GRU, TRANSFORMER):
        gradients = result.networks[name].gradients
        weaker[name] = gradients[0] / gradients[-1] if gradients[-1] else float("inf")
    first, last = result.distances[0], result.distances[-1]
    learned = "; ".join(f"the {name} {_learned(result, name)}" for name in (GRU, TRANSFORMER))
    return Finding(
        "Hard to train",
        _verdict([weaker[GRU] > CLEARLY * weaker[TRANSFORMER]]),
        f"Before training, the gradient that reaches the token {last} places back is, beside that "
        f"{first} place back, {_smaller(weaker[GRU])} in the GRU and "
        f"{_smaller(weaker[TRANSFORMER])} in the transformer. In training, {learned}.",
    )


def _verdict(holding: list[bool]) -> str:
    """Whether a claim holds, by whether it does in each case."""
    if all(holding):
        return "holds here"
    return "holds here in part" if any(holding) else "does not hold here"


def _learned(result: RecurrenceResult, name: str) -> str:
    network = result.networks[name]
    means = dict(zip(network.steps, map(fmean, network.recall), strict=True))
    reached = next((step for step, mean in means.items() if mean >= LEARNED), None)
    if reached is None:
        return f"came to {means[network.steps[-1]]:.0%} right in {network.steps[-1]:,} steps"
    return f"had {LEARNED:.0%} right by step {reached:,}"


def _smaller(ratio: float) -> str:
    if 1 / CLEARLY < ratio < CLEARLY:
        return "as large"
    if ratio > 1:
        return f"{float(f'{ratio:.2g}'):,.10g} times smaller"
    return f"{float(f'{1 / ratio:.2g}'):,.10g} times larger"
