"""Recipes: everything that, together with the data, determines a run.

Importing it loads no Keras.
"""

from tfplay.recipes.amount import fit_to_amount
from tfplay.recipes.matching import match_architectures
from tfplay.recipes.recipe import (
    DATA_FIELDS,
    MODEL_FIELDS,
    TRAINING_FIELDS,
    Recipe,
    default_recipe,
)
from tfplay.recipes.start import LEARNS, PROJECTIONS, Start

__all__ = [
    "DATA_FIELDS",
    "LEARNS",
    "MODEL_FIELDS",
    "PROJECTIONS",
    "TRAINING_FIELDS",
    "Recipe",
    "Start",
    "default_recipe",
    "fit_to_amount",
    "match_architectures",
]
