"""One head of one layer, seen in five ways; a new choice draws it again without the rest."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tfplay import explain, figures
from tfplay.app.attention.heatmap import show_heatmap
from tfplay.app.attention.kinds import choose_kind
from tfplay.app.attention.pair import pair_view, strongest_pair
from tfplay.app.attention.thumbnails import head_thumbnails
from tfplay.app.frame.layout import controls, fragment, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.strip import choose_line, choose_token
from tfplay.app.lesson import Subject, below_picture, exports, source_caption, tries
from tfplay.app.lesson.attention import AttentionMap
from tfplay.app.lesson.heads import AVERAGE, MAXIMUM, choose_head
from tfplay.app.lesson.subject import MODEL_KEY
from tfplay.app.widgets.chart import show_chart
from tfplay.app.widgets.token_strip import token_strip
from tfplay.store import find_model

MOST_LINES = 2000
TRANSLATOR = "translator"
"""The shipped model whose cross-attention is one press away."""
FIRST_LOOK = {"sentiment": (1, 2)}
"""By the shipped model's name: a head whose work can be read at once, of the layer before it."""
_FORMULA = r"A = \mathrm{softmax}\!\left(\frac{Q K^\top}{\sqrt{d_k}}\right)"
_MASKED = r"A = \mathrm{softmax}\!\left(\frac{Q K^\top}{\sqrt{d_k}} + M\right), \quad " + (
    r"M_{ts} = \begin{cases} 0 & s \le t \\ -\infty & s > t \end{cases}"
)
_KINDS = {
    "Self-attention": "Every token asks every other, before and after it.",
    "Encoder self-attention": "Every token of the source asks every other, before and after it.",
    "Masked self-attention": "A token asks those before it *and itself*: what comes later is "
    "masked, so that no token sees what it is to predict. (Some notes say “positions < *i*”; it is "
    "up to and including *i*, or the first token could attend to nothing.)",
    "Cross-attention": "Each word that is written asks the source: the queries come from the "
    "decoder, the keys and values from the encoder's output. There is no mask.",
}


class Head(NamedTuple):
    """What is looked at."""

    subject: Subject
    attention: AttentionMap
    layer: int
    """Counted from 1."""
    head: int | str
    """Counted from 1, or all of the layer."""
    kind: str

    @property
    def name(self) -> str:
        """As people say it."""
        of_all = {AVERAGE: "the average of all heads", MAXIMUM: "the largest of all heads"}
        return f"layer {self.layer}, {of_all.get(self.head, f'head {self.head}')}"


@fragment
def heads_explorer(subject: Subject, maps: Mapping[str, AttentionMap]) -> None:
    """All heads at a glance, and one of them in full.

    Args:
        subject: What the attention is of.
        maps: What to show, by the kind of attention.
    """
    with controls("heads"):
        kind = choose_kind(maps)
        size, either = maps[kind].attention_scores.shape[:2], (AVERAGE, MAXIMUM)
        layer, head = FIRST_LOOK.get(subject.model.id, (None, AVERAGE))
        layer, head = choose_head(*size, kind, layer=layer, head=head, heads_as_one=either)
        view = choose_one("Seen as", list(_VIEWS), next(iter(_VIEWS)), "seen as", link="seen")
    shown = Head(subject, maps[kind], layer, head, kind)
    small, large = st.columns([2, 3], gap="medium")
    with small:
        selected = None if isinstance(head, str) else (layer - 1, head - 1)
        thumbnails_key = f"{kind} thumbnails"
        scores = shown.attention.attention_scores
        head_thumbnails(scores, selected, thumbnails_key, lambda *place: _open(kind, *place))
        st.caption(
            "**All heads**: click one to open it. A row is a layer; each picture is coloured from "
            "0 to its own largest score. If one token gets more than half of all attention, the "
            "colours end at the largest score of the others."
        )
    with large:
        _VIEWS[view](shown)


def _open(kind: str, layer: int, head: int) -> None:
    st.session_state[f"{kind} layer"], st.session_state[f"{kind} head"] = layer + 1, head + 1


def _heatmap(shown: Head) -> None:
    figure = show_heatmap(shown.attention, shown.layer, shown.head, shown.kind)
    rows = "Each row is a token and adds up to 100 %: how much of its attention it gives to each"
    if shown.head == MAXIMUM:
        rows = "Each row is a token, and each cell the most that any of the heads gives to its"
    st.markdown(_told(shown))
    st.caption(f"{rows} column. A head mixes the other tokens' values in these shares.")
    kind = shown.kind
    look_back = {}
    if shown.subject.model.id != TRANSLATOR and find_model(TRANSLATOR):
        look_back = {"A translator looks back": {MODEL_KEY: TRANSLATOR}}
    with _below(shown, "heatmap"):
        exports(f"{kind} heatmap", figure, shown.attention.to_csv)
    tries(
        look_back
        | {
            "Average of all heads": {f"{kind} head": AVERAGE},
            "Largest of all heads": {f"{kind} head": MAXIMUM},
            "Head 1 of the first layer": {f"{kind} layer": 1, f"{kind} head": 1},
        }
    )
    source_caption(shown.subject, f"{shown.name}. The CSV has all heads of all layers.")


def _told(shown: Head) -> str:
    """What stands out most, in Markdown."""
    attention, scores = shown.attention, shown.attention.head(shown.layer, shown.head)
    target, source = strongest_pair(attention, scores)
    looks, looked_at = attention.target_tokens[target], attention.source_tokens[source]
    return (
        f"Strongest here: **{plain(_word(looks))}** gives **{scores[target, source]:.0%}** of its "
        f"attention to **{plain(_word(looked_at))}**."
    )


def _word(token: str) -> str:
    """A token without the mark of the space before it, unless it is nothing else."""
    return token.removeprefix("␣") or token


def _lines(shown: Head) -> None:
    attention = shown.attention
    scores = strongest(attention.head(shown.layer, shown.head), MOST_LINES)
    tokens = attention.source_tokens, attention.target_tokens
    with st.container(height=560 if max(map(len, tokens)) > 18 else "content", border=False):
        choose_line(*tokens, scores, f"{shown.kind} lines {len(tokens[1])}", "from")
    st.caption(
        "The stronger the attention, the darker the line. Point at a token to see its lines alone; "
        "a click on the right keeps them."
    )
    with _below(shown, "lines"):
        exports(
            f"{shown.kind} lines",
            lambda: figures.attention_lines(scores, *reversed(tokens)),
            attention.to_csv,
        )
    tries({"The last layer": {f"{shown.kind} layer": len(attention.attention_scores)}})
    is_cut = scores.size > MOST_LINES
    most = f"; of {scores.size:,} scores the {MOST_LINES:,} largest" if is_cut else ""
    source_caption(shown.subject, f"{shown.name}{most}.")


def _text(shown: Head) -> None:
    attention = shown.attention
    scores = attention.head(shown.layer, shown.head)
    last = len(attention.target_tokens) - 1
    received = scores.mean(axis=0)
    key = f"{shown.kind} attending"
    target = choose_token(attention.target_tokens, key, "from", last, label="Who looks")
    row = scores[target]
    token_strip(
        attention.source_tokens,
        f"{shown.kind} attended {target} {shown.layer} {shown.head}",
        shades=row / max(row.max(), 1e-12),
        notes=[
            f"gets {score:.1%} of it; {mean:.1%} on average over all tokens"
            for score, mean in zip(row, received, strict=True)
        ],
        label="What it looks at",
    )
    st.caption("Choose a token; below, the others are coloured by how much it looks at them.")
    tokens = attention.source_tokens
    table = [
        {"position": place + 1, "token": token, "score": float(row[place])}
        for place, token in enumerate(tokens)
    ]
    name = attention.target_tokens[target]
    with _below(shown, "text"):
        exports(
            f"{shown.kind} text",
            lambda: figures.grid(
                row[None], [name], tokens, "of its attention", number_format=".1%"
            ),
            table,
        )
    source_caption(shown.subject, f"{shown.name}; the darkest gets {row.max():.1%}.")


def _distance(shown: Head) -> None:
    attention = shown.attention
    distances, means = explain.by_distance(attention.attention_scores, attention.allowed)
    layer = means[shown.layer - 1]
    lines = {f"head {head + 1}": (distances, line) for head, line in enumerate(layer)}
    lines |= {AVERAGE: (distances, layer.mean(axis=0)), MAXIMUM: (distances, layer.max(axis=0))}
    if shown.head not in (AVERAGE, MAXIMUM):
        lines = {f"head {shown.head}": lines[f"head {shown.head}"], AVERAGE: lines[AVERAGE]}
    figure = figures.curves(lines, "tokens back (negative: ahead)", "mean attention")
    name = f"{shown.kind} distance"
    show_chart(figure, key=name, alt="Mean attention over the distance, a line a head")
    table = [
        {"distance": int(distance), "head": head + 1, "mean attention": float(line[place])}
        for head, line in enumerate(layer)
        for place, distance in enumerate(distances)
    ]
    words = (
        "How much attention goes how far back, on average over all pairs of tokens so far apart: "
        "a head whose line peaks at 1 looks at the token before, one with a flat line looks "
        "everywhere."
    )
    with below_picture(name, words, r"\bar a(d) = \frac{1}{|\{t\}|} \sum_t a_{t,\,t-d}"):
        exports(name, figure, table)
    tries({"All heads of this layer": {f"{shown.kind} head": AVERAGE}})
    source_caption(shown.subject, f"layer {shown.layer}.")


def _pair(shown: Head) -> None:
    pair_view(shown.subject, shown.attention, shown.layer, shown.head, shown.kind)


def _below(shown: Head, seen_as: str) -> DeltaGenerator:
    formula = _MASKED if shown.attention.is_causal else _FORMULA
    return below_picture(f"{shown.kind} {seen_as}", _KINDS[shown.kind], formula)


def strongest(scores: np.ndarray, most: int) -> np.ndarray:
    """The same scores (T, S) with all but so many of the largest set to 0."""
    if scores.size <= most:
        return scores
    least = np.partition(scores, -most, axis=None)[-most]
    return np.where(scores >= least, scores, 0)


_VIEWS: dict[str, Callable[[Head], None]] = {
    "Heatmap": _heatmap,
    "Lines": _lines,
    "Text": _text,
    "One pair": _pair,
    "Distance": _distance,
}
