"""A heatmap of attention; a new layer or head draws it again without the rest of the page."""

import plotly.graph_objects as go
import streamlit as st

from tfplay import figures
from tfplay.app.frame.layout import fragment
from tfplay.app.frame.state import choose_one
from tfplay.app.lesson.attention import AVERAGE, MAXIMUM, AttentionMap
from tfplay.app.widgets.chart import show_chart


@fragment
def attention_view(attention: AttentionMap, key: str) -> None:
    """One head's heatmap, with the layer and the head to choose.

    Args:
        attention: What to show.
        key: Tells the controls of several views apart.
    """
    layer, head = choose_head(attention, key)
    show_heatmap(attention, layer, head, key)


def choose_head(attention: AttentionMap, key: str) -> tuple[int, int | str]:
    """Lets the visitor choose a layer and a head, both counted from 1, or all its heads.

    Args:
        attention: Has the heads.
        key: The choices are "{key} layer" and "{key} head" in the session.
    """
    num_layers, num_heads = attention.attention_scores.shape[:2]
    heads = [*range(1, num_heads + 1), AVERAGE, MAXIMUM]
    with st.container(horizontal=True, gap="medium"):
        layer = choose_one("Layer", range(1, num_layers + 1), num_layers, f"{key} layer")
        head = choose_one("Head", heads, AVERAGE, f"{key} head")
    return layer, head


def show_heatmap(attention: AttentionMap, layer: int, head: int | str, key: str) -> go.Figure:
    """Draws one head, or all of a layer; the chart's key is "{key} heatmap"."""
    figure = figures.attention_heatmap(
        attention.head(layer, head), attention.target_tokens, attention.source_tokens
    )
    alt = f"Heatmap of the attention in layer {layer}, head {head}"
    show_chart(figure, key=f"{key} heatmap", alt=alt)
    return figure
