"""Recipes by which Keras users make transformers, one file a family."""
