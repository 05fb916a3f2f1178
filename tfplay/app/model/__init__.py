"""Choosing a model and a step, loading it, and its example texts."""
