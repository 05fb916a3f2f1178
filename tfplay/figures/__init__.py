"""Figures: arrays in, Plotly figures out.

No colour of text, background or scale is set here, so that each figure takes the theme of the page
it is shown on, light or dark; but a picture has its own colours. Tokens are escaped: text from a
visitor never becomes markup.
"""

from tfplay.figures.attention import attention_heatmap, head_grid
from tfplay.figures.loss import loss_chart, loss_comparison
from tfplay.figures.picture import picture
from tfplay.figures.probabilities import probability_bars, span_probabilities

__all__ = [
    "attention_heatmap",
    "head_grid",
    "loss_chart",
    "loss_comparison",
    "picture",
    "probability_bars",
    "span_probabilities",
]
