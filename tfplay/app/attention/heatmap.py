"""A heatmap of attention."""

import plotly.graph_objects as go

from tfplay import figures
from tfplay.app.lesson.attention import AttentionMap
from tfplay.app.widgets.chart import show_chart


def show_heatmap(attention: AttentionMap, layer: int, head: int | str, key: str) -> go.Figure:
    """Draws one head, or all of a layer; the chart's key is "{key} heatmap"."""
    figure = figures.attention_heatmap(
        attention.head(layer, head), attention.target_tokens, attention.source_tokens
    )
    alt = f"Heatmap of the attention in layer {layer}, head {head}"
    show_chart(figure, key=f"{key} heatmap", alt=alt)
    return figure
