"""Recipes: everything that, with its data, decides what a run becomes.

Importing it loads no Keras.
"""

from tfplay.recipes.matching import match_architectures
from tfplay.recipes.recipe import (
    DATA_FIELDS,
    MODEL_FIELDS,
    TRAINING_FIELDS,
    Recipe,
    default_recipe,
)

__all__ = [
    "DATA_FIELDS",
    "MODEL_FIELDS",
    "TRAINING_FIELDS",
    "Recipe",
    "default_recipe",
    "match_architectures",
]
