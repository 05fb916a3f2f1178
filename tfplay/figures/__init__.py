"""Figures: arrays in, Plotly figures out.

No colour of text, background or scale is set here, so that each figure takes the theme of the page
it is shown on, light or dark; but a picture has its own colours. Tokens are escaped: text from a
visitor never becomes markup.
"""

from tfplay.figures.attention import attention_heatmap, head_grid
from tfplay.figures.bands import loss_by_context
from tfplay.figures.by_layer import lines_by_name
from tfplay.figures.curves import curves
from tfplay.figures.gradient_map import gradient_map
from tfplay.figures.gradients import gradient_profile
from tfplay.figures.loss import comparison_chart, loss_chart
from tfplay.figures.metric import metric_chart
from tfplay.figures.moving_points import moving_points
from tfplay.figures.over_steps import heads_over_steps, lines_over_steps
from tfplay.figures.picture import picture
from tfplay.figures.probabilities import probability_bars, span_probabilities
from tfplay.figures.similarity import head_similarity
from tfplay.figures.token_points import token_points
from tfplay.figures.vectors import added_strips, value_heatmap

__all__ = [
    "added_strips",
    "attention_heatmap",
    "curves",
    "gradient_profile",
    "gradient_map",
    "head_grid",
    "head_similarity",
    "heads_over_steps",
    "lines_by_name",
    "lines_over_steps",
    "loss_by_context",
    "loss_chart",
    "comparison_chart",
    "metric_chart",
    "moving_points",
    "picture",
    "probability_bars",
    "span_probabilities",
    "token_points",
    "value_heatmap",
]
