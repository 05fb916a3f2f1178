"""Weights that others trained: read from their files, and put into our own layers."""
