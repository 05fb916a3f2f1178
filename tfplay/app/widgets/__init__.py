"""Drawn by components of ours, a folder each: its Python beside its JavaScript, CSS and HTML."""
