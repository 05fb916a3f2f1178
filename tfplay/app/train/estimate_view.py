"""The estimate of a training as a calm row, with what it rests on."""

import math
from collections.abc import Mapping

import streamlit as st

from tfplay.app.frame.layout import metrics_row, plain
from tfplay.app.train.estimates import Estimate
from tfplay.config.parameters import count_embeddings, count_head, count_parameters, count_stacks


def estimate_view(estimate: Estimate) -> None:
    """Parameters, memory, computation and time, before Train is pressed."""
    up_to = "" if estimate.is_exact else "≤ "
    a_token = estimate.step_multiply_adds / 3 / estimate.step_tokens
    metrics_row(
        {
            "Parameters": f"{up_to}{count_parameters(estimate.config):,}",
            "Memory": size(estimate.memory.total),
            "Multiply-adds a token": amount(a_token),
            "Time": f"about {duration(time.total)}" if (time := estimate.time) else "–",
        }
    )
    if estimate.refusal:
        st.error(plain(estimate.refusal), icon=":material/memory_alt:")
    with st.expander(_grounds(estimate), icon=":material/calculate:"):
        parameters, memory, computation = st.columns(3)
        with parameters:
            _parameters(estimate)
        with memory:
            _memory(estimate)
        with computation:
            _computation(estimate)


def _grounds(estimate: Estimate) -> str:
    """What the time rests on."""
    device, trainings = estimate.history
    if not trainings:
        if estimate.time is None:
            return "This GPU has trained nothing yet: how long it takes shows afterwards"
        return "The time rests on how fast this machine multiplies matrices, measured just now"
    count = "the last training" if len(trainings) == 1 else f"the last {len(trainings)} trainings"
    return f"The time rests on {count} here{f', on {plain(device)}' if device else ''}"


def _parameters(estimate: Estimate) -> None:
    config = estimate.config
    counts = {
        "Embeddings": count_embeddings(config),
        "Blocks": count_stacks(config),
        "Head": count_head(config),
    }
    _table("Parameters", {name: f"{count:,}" for name, count in counts.items()})
    if estimate.learning < count_parameters(config):
        st.caption(f"{estimate.learning:,} of them learn; the others stay as they are.")
    if config.vocabulary_size:
        note = "" if estimate.is_exact else ", if the data fills it"
        st.caption(f"With a vocabulary of {config.vocabulary_size:,} tokens{note}.")


def _memory(estimate: Estimate) -> None:
    memory = estimate.memory
    parts = {
        "Weights": memory.weights,
        "Gradients": memory.gradients,
        "Adam's moments": memory.moments,
        "Activations": memory.activations,
    }
    _table("Memory", {name: size(count) for name, count in parts.items()})
    st.caption(
        "Four bytes a weight, as many for its gradient, twice as many for Adam's two running "
        "means. Activations are what the largest batch leaves behind for the way back."
    )


def _computation(estimate: Estimate) -> None:
    rows = {
        "Tokens a step": f"{estimate.step_tokens:,.0f}",
        "Multiply-adds": amount(estimate.step_multiply_adds),
    }
    if time := estimate.time:
        rows |= {"Time a step": duration(time.step), "To start": duration(time.start)}
    _table("Computation", rows)
    st.caption(
        "Forward, and twice as much on the way back. A validation only goes forward; it is "
        "counted in."
    )


def _table(title: str, rows: Mapping[str, str]) -> None:
    lines = [
        f"| {title} | |",
        "|:--|--:|",
        *(f"| {name} | {value} |" for name, value in rows.items()),
    ]
    st.markdown("\n".join(lines))


def size(num_bytes: float) -> str:
    """Bytes, as people say them: "830 MB"."""
    if num_bytes < 1e9:
        return f"{max(1, num_bytes / 1e6):.0f} MB"
    return f"{num_bytes / 1e9:.1f} GB"


def amount(number: float) -> str:
    """A large number in two digits: "1.2 million"."""
    for unit, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if number >= unit:
            return f"{_two_digits(number / unit):,g} {name}"
    return f"{_two_digits(number):,g}"


def duration(seconds: float) -> str:
    """Seconds, as people say them: "40 s", "2 min", "3 h"."""
    for unit, name in ((86_400, "days"), (3600, "h"), (60, "min"), (1, "s")):
        if seconds >= 1.5 * unit or unit == 1 <= seconds:
            return f"{_two_digits(seconds / unit):,g} {name}"
    return f"{_two_digits(seconds * 1000):g} ms"


def _two_digits(number: float) -> float:
    digits = 1 - math.floor(math.log10(number)) if number > 0 else 0
    return round(number, digits)
