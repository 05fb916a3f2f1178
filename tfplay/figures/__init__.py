"""Figures: arrays in, Plotly figures out.

No colour of text, background or scale is set here, so that each figure takes the theme of the page
it is shown on, light or dark. Tokens are escaped: text from a visitor never becomes markup.
"""

from tfplay.figures.attention import attention_heatmap, head_grid
from tfplay.figures.loss import loss_chart, loss_comparison

__all__ = ["attention_heatmap", "head_grid", "loss_chart", "loss_comparison"]
