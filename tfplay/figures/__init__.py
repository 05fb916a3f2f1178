"""Figures: arrays in, Plotly figures out.

Each figure is made light, with colours of its own (`theme`); a page shows it in its own theme. A
picture and numbers with a sign have the same colours in both. Tokens are escaped: text from a
visitor never becomes markup.
"""

from tfplay.figures.attention import attention_heatmap, deepest_score
from tfplay.figures.bands import loss_by_context
from tfplay.figures.by_layer import lines_by_name
from tfplay.figures.candidates import candidate_steps
from tfplay.figures.curves import curves
from tfplay.figures.gradient_map import gradient_map
from tfplay.figures.gradients import gradient_profile
from tfplay.figures.grid import grid, signed_bars
from tfplay.figures.inside_block import activation_curves, means_and_deviations
from tfplay.figures.lines import attention_lines
from tfplay.figures.loss import comparison_chart, loss_chart
from tfplay.figures.metric import metric_chart
from tfplay.figures.moving_points import moving_points
from tfplay.figures.over_steps import heads_over_steps, lines_over_steps
from tfplay.figures.similarity import head_similarity
from tfplay.figures.span_probabilities import span_probabilities
from tfplay.figures.theme import in_theme
from tfplay.figures.token_points import token_points
from tfplay.figures.turn_costs import turn_costs
from tfplay.figures.vectors import added_strips
from tfplay.figures.votes import votes

__all__ = [
    "activation_curves",
    "added_strips",
    "attention_heatmap",
    "attention_lines",
    "candidate_steps",
    "comparison_chart",
    "curves",
    "deepest_score",
    "gradient_map",
    "gradient_profile",
    "grid",
    "head_similarity",
    "heads_over_steps",
    "in_theme",
    "lines_by_name",
    "lines_over_steps",
    "loss_by_context",
    "loss_chart",
    "means_and_deviations",
    "metric_chart",
    "moving_points",
    "signed_bars",
    "span_probabilities",
    "token_points",
    "turn_costs",
    "votes",
]
