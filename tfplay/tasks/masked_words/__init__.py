"""Masked words: what stands behind the masks of a text."""
