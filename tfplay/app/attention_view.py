"""Views that explore attention; a new layer or head draws them again without the rest."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from tfplay import figures
from tfplay.app.attention import AVERAGE, AttentionMap


@st.fragment
def attention_view(attention: AttentionMap, key: str) -> None:
    """One head's heatmap, with the layer and the head to choose.

    Args:
        attention: What to show.
        key: Tells the controls of several views apart.
    """
    layer, head = _choose_head(attention, key)
    _heatmap(attention, layer, head, key)


@st.fragment
def attention_explorer(maps: Mapping[str, AttentionMap]) -> None:
    """All heads at a glance, one of them in full, and its numbers on demand.

    Args:
        maps: What to show, by the kind of attention.
    """
    kind = _choose("Attention", list(maps), next(iter(maps)), "kind")
    attention = maps[kind]
    layer, head = _choose_head(attention, kind)
    _heatmap(attention, layer, head, kind)
    st.caption(
        "Each row is a token and adds up to 100 %: how much of its attention it gives to each "
        "column. Below, all heads side by side."
    )
    num_layers, num_heads = attention.attention_scores.shape[:2]
    selected = None if head == AVERAGE else (layer - 1, head - 1)
    grid = figures.head_grid(attention.attention_scores, selected)
    alt = f"{num_layers} layers of {num_heads} heads, a small heatmap each"
    st.plotly_chart(grid, key=f"{kind} grid", alt=alt)
    _numbers(attention, layer, head)


def _choose_head(attention: AttentionMap, key: str) -> tuple[int, int | str]:
    num_layers, num_heads = attention.attention_scores.shape[:2]
    with st.container(horizontal=True, gap="medium"):
        layer = _choose("Layer", range(1, num_layers + 1), num_layers, f"{key} layer")
        head = _choose("Head", [*range(1, num_heads + 1), AVERAGE], AVERAGE, f"{key} head")
    return layer, head


def _choose(label: str, options: Sequence[Any], default: Any, key: str) -> Any:
    return st.segmented_control(label, options, default=default, required=True, key=key)


def _heatmap(attention: AttentionMap, layer: int, head: int | str, key: str) -> None:
    figure = figures.attention_heatmap(
        attention.head(layer, head), attention.target_tokens, attention.source_tokens
    )
    alt = f"Heatmap of the attention in layer {layer}, head {head}"
    st.plotly_chart(figure, key=f"{key} heatmap", alt=alt)


def _numbers(attention: AttentionMap, layer: int, head: int | str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        is_listed = st.toggle("List the numbers", key="numbers")
        st.download_button(
            "All heads as CSV",
            attention.to_csv,
            "attention.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
    if is_listed:
        st.caption(f"Layer {layer}, head {head}")
        st.dataframe(
            [
                {
                    "position": target + 1,
                    "attending": attention.target_tokens[target],
                    "at position": source + 1,
                    "attended to": attention.source_tokens[source],
                    "score": float(score),
                }
                for (target, source), score in np.ndenumerate(attention.head(layer, head))
            ],
            column_config={"score": st.column_config.NumberColumn(format="%.4f")},
        )
