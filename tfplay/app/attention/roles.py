"""What each head seems to do on this text, with the score that says so; and attention sinks."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from tfplay import explain, figures
from tfplay.app.attention.kinds import choose_kind
from tfplay.app.frame.layout import controls, fragment, plain
from tfplay.app.lesson import Subject, below_picture, exports, source_caption, tries
from tfplay.app.lesson.attention import AttentionMap
from tfplay.app.widgets.chart import show_chart

FOLLOWS = 0.3
"""From this score on a head is said to do something, if that is more than evenly spread."""

MOST_TOLD = 6

ROLES = (
    "Each column is a rule, such as “look at the token before”; a cell is the share of its "
    "attention that a head gives to where the rule says, on average over the tokens that it says "
    "something of. **Induction** is: look at what came after the same token before. What a head "
    "does on this text need not be what it does on others."
)
ROLES_FORMULA = (
    r"\text{score} = \frac{1}{|T_r|} \sum_{t \in T_r} \sum_{s \in r(t)} a_{ts}"
    r"\qquad \text{even} = \frac{1}{|T_r|} \sum_{t \in T_r} \frac{|r(t)|}{|\text{allowed}(t)|}"
)


@fragment
def roles_view(subject: Subject, maps: Mapping[str, AttentionMap]) -> None:
    """A score for each head and each rule, and the heads that follow one.

    Args:
        subject: What the attention is of.
        maps: All heads, by the kind of attention.
    """
    with controls("roles"):
        kind = choose_kind(maps)
    attention = maps[kind]
    roles = explain.head_roles(
        attention.attention_scores,
        attention.target_tokens,
        attention.source_tokens,
        attention.allowed,
    )
    names = ["evenly spread", *head_names(attention)]
    columns = [[role.even, *role.scores.ravel()] for role in roles.values()]
    figure = figures.grid(
        np.array(columns).T,
        names,
        list(roles),
        "of the attention",
        number_format=".0%",
        limits=(0, 1),
    )
    show_chart(figure, key="roles", alt="Score of each head by each rule")
    told = told_roles(roles)
    st.markdown("\n".join(f"- {line}" for line in told) or "No head follows a rule on this text.")
    table = [
        {
            "layer": layer + 1,
            "head": head + 1,
            "rule": name,
            "score": float(score),
            "even": role.even,
        }
        for name, role in roles.items()
        for (layer, head), score in np.ndenumerate(role.scores)
    ]
    with below_picture("roles", ROLES, ROLES_FORMULA):
        exports("roles", figure, table)
    twice = f"{subject.text} {subject.text}"
    if subject.text:
        tries({"Say it twice: induction needs a repetition": {subject.text_key: twice}})
    rows = ", ".join(f"{name}: {role.rows}" for name, role in roles.items())
    source_caption(
        subject, f"{plain(kind.lower())}, heads as layer.head. Tokens that count: {rows}."
    )


def told_roles(roles: "dict[str, explain.Role]") -> list[str]:
    """Which heads follow which rule best, each with its score, in Markdown."""
    found = []
    for layer, head in np.ndindex(next(iter(roles.values())).scores.shape):
        name, role = max(roles.items(), key=lambda item: item[1].scores[layer, head] - item[1].even)
        score = float(role.scores[layer, head])
        if score >= FOLLOWS and score > 2 * role.even:
            found.append((score, layer + 1, head + 1, name, role.even))
    return [
        f"Layer {layer}, head {head} gives **{score:.0%}** of its attention to **{_named(name)}** "
        f"(evenly spread: {even:.0%})."
        for score, layer, head, name, even in sorted(found, reverse=True)[:MOST_TOLD]
    ]


@fragment
def sinks_view(subject: Subject, maps: Mapping[str, AttentionMap]) -> None:
    """Tokens that draw a head's attention whoever attends, and what they pass on.

    Args:
        subject: What the attention is of.
        maps: All heads, by the kind of attention.
    """
    with controls("sinks"):
        kind = choose_kind(maps)
    attention = maps[kind]
    words = (
        "A row of attention adds up to 100 % whether or not a head finds what it looks for. One "
        "that finds nothing has to look somewhere, and often all tokens look at the same place, an "
        "**attention sink**: mostly the first token, which every other may attend to (Xiao et "
        "al., 2023, arXiv:2309.17453). If the value vector there is short, looking at it changes "
        f"little. Here a sink is a token that gets at least {explain.SINK:.0%} of the attention "
        "of the others, on average."
    )
    formula = (
        r"\text{received}(s) = \frac{1}{|\{t \ne s\}|} \sum_{t \ne s} a_{ts}"
        rf" \ge {explain.SINK}"
    )
    values = np.concatenate([trace.value for trace in attention.traces])
    sinks = explain.attention_sinks(attention.attention_scores, values, attention.allowed)
    layers, heads = attention.attention_scores.shape[:2]
    if not sinks:
        st.markdown(f"None of the {layers * heads} heads has a sink on this text.")
        below_picture("sinks", words, formula)
        return
    with_sink = len({(sink.layer, sink.head) for sink in sinks})
    st.markdown(f"**{with_sink} of {layers * heads} heads** have a sink on this text.")
    table = [_as_row(sink, attention.source_tokens) for sink in sinks]
    st.dataframe(
        table,
        column_config={
            "received": st.column_config.NumberColumn(format="percent"),
            "value length": st.column_config.NumberColumn(
                format="%.2f", help="Of its value vector, over the mean length of all."
            ),
        },
    )
    with below_picture("sinks", words, formula):
        exports("sinks", table=table)
    source_caption(subject, f"{plain(kind.lower())}, all heads.")


def head_names(attention: AttentionMap) -> list[str]:
    """Every head as layer.head, counted from 1."""
    layers, heads = attention.attention_scores.shape[:2]
    return [f"{layer + 1}.{head + 1}" for layer, head in np.ndindex(layers, heads)]


def _named(rule: str) -> str:
    named = {"itself": "the token itself", "induction": "what came after the same token before"}
    return named.get(rule, f"the {rule}")


def _as_row(sink: "explain.Sink", tokens: list[str]) -> dict[str, str | int | float]:
    return {
        "layer": sink.layer + 1,
        "head": sink.head + 1,
        "position": sink.token + 1,
        "token": tokens[sink.token],
        "received": sink.received,
        "value length": sink.value_length,
    }
