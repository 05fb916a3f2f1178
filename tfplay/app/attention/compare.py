"""Two heads, two sentences or two models side by side."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from tfplay import figures
from tfplay.app.attention.kinds import choose_kind
from tfplay.app.frame.layout import controls, errors_shown, fragment, metrics_row, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.text_box import linked_text_box, longest_read
from tfplay.app.lesson import Subject, below_picture, exports, source_caption, tries
from tfplay.app.lesson.attention import AttentionMap, attention_maps
from tfplay.app.lesson.heads import AVERAGE, choose_head
from tfplay.app.model.choosing import model_labels, usable_models
from tfplay.app.widgets.chart import show_chart

OTHERS = ("Another head", "Another sentence", "Another model")
WORDS = (
    "The same on the left and something else on the right. Where both have the same tokens, their "
    "difference is drawn too, and the **distance** of two rows is how much attention one would "
    "have to move to become the other: 0 % for equal rows, 100 % for rows that share no token."
)
FORMULA = r"\text{distance}(a, b) = \frac{1}{2} \sum_s |a_{ts} - b_{ts}|"


@fragment
def comparison_view(subject: Subject, maps: Mapping[str, AttentionMap]) -> None:
    """One head beside another, of this or another sentence or model.

    Args:
        subject: What the attention is of.
        maps: All heads, by the kind of attention.
    """
    with controls("comparison"):
        kind = choose_kind(maps)
        other_kind = choose_one("Compare with", OTHERS, OTHERS[0], "compare with", link="with")
    attention = maps[kind]
    left, right = st.columns(2, gap="medium")
    with left:
        layer, head = _choose_head("left", attention)
        scores = attention.head(layer, head)
    with right, errors_shown(then_stop=False):
        other = _choose_other(subject, kind, attention, other_kind)
        if other is None:
            return
        other_layer, other_head = _choose_head("right", other)
        other_scores = other.head(other_layer, other_head)
    # One colour is one number on both sides.
    deepest = float(max(map(figures.deepest_score, (scores, other_scores))))
    for column, side, shown, each in (
        (left, "left", attention, scores),
        (right, "right", other, other_scores),
    ):
        figure = figures.attention_heatmap(
            each, shown.target_tokens, shown.source_tokens, deepest=deepest
        )
        with column:
            show_chart(figure, key=f"{side} comparison", alt=f"Attention on the {side}")
    below_picture("comparison", WORDS, FORMULA)
    tries(
        {
            "The first layer with the last": {
                "compare with": OTHERS[0],
                "left layer": 1,
                "left head": AVERAGE,
                "right layer": len(attention.attention_scores),
                "right head": AVERAGE,
            },
            "Another sentence": {"compare with": OTHERS[1]},
            "Another model": {"compare with": OTHERS[2]},
        }
    )
    _difference(subject, attention, other, scores, other_scores)


def _choose_head(side: str, attention: AttentionMap) -> tuple[int, int | str]:
    num_layers, num_heads = attention.attention_scores.shape[:2]
    with controls(side):
        head = 1 if side == "left" else min(2, num_heads)
        return choose_head(num_layers, num_heads, side, head=head, link=f"{side}_")


def _choose_other(
    subject: Subject, kind: str, attention: AttentionMap, other_kind: str
) -> AttentionMap | None:
    """What is shown on the right; `None` if there is nothing to choose."""
    if other_kind == OTHERS[0]:
        return attention
    if not subject.text:
        st.info("A picture is compared by its heads only.")
        return None
    if other_kind == OTHERS[1]:
        longest = longest_read(subject.model)
        twice = f"{subject.text} {subject.text}"[:longest]
        key = f"other text of {subject.model.id}"
        text = linked_text_box(
            "The other sentence", key, longest, twice, "other_text", st.text_input
        )
        other = subject._replace(text=text, second="")
        if subject.task == "answers":
            other = other._replace(second=subject.second)
    else:
        models = usable_models([subject.task])
        models.pop(subject.model.id, None)  # it may have been deleted just now
        if not models:
            st.info("There is no other model of this task yet: train one, or follow a link to one.")
            return None
        labels = model_labels(models.values())
        chosen = choose_one(
            *("The other model", list(models), next(iter(models)), "other model", st.selectbox),
            link="other_model",
            format_func=labels.get,
        )
        other = subject._replace(model=models[chosen])
    maps = attention_maps(other.model, other.text, other.second)
    return maps.get(kind) or next(iter(maps.values()))


def _difference(
    subject: Subject,
    attention: AttentionMap,
    other: AttentionMap,
    scores: np.ndarray,
    other_scores: np.ndarray,
) -> None:
    tokens = attention.target_tokens, attention.source_tokens
    if tokens != (other.target_tokens, other.source_tokens):
        st.caption("The tokens differ, so there is no difference to draw.")
        return
    difference = scores - other_scores
    distance = np.abs(difference).sum(axis=-1) / 2
    most = int(distance.argmax())
    metrics_row(
        {
            "Distance, on average": f"{distance.mean():.1%}",
            f"Largest, at {most + 1}. {plain(tokens[0][most])}": f"{distance[most]:.1%}",
        }
    )
    figure = figures.grid(difference, *tokens, "left minus right", number_format=".0%")
    show_chart(figure, key="difference", alt="Left minus right, token by token")
    source_caption(subject, "scores on the left minus those on the right.")
    exports("difference", figure, lambda: _rows(scores, other_scores))


def _rows(scores: np.ndarray, other_scores: np.ndarray) -> list[dict[str, float]]:
    pairs = zip(np.ndenumerate(scores), other_scores.ravel(), strict=True)
    return [
        {"position": t + 1, "at position": s + 1, "left": float(left), "right": float(right)}
        for ((t, s), left), right in pairs
    ]
