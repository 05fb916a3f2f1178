"""Drawings made of boxes, lines and words, in the colours of the page."""

from tfplay.app.widgets.diagram.diagram import Shape, box, cells, diagram, line, words

__all__ = ["Shape", "box", "cells", "diagram", "line", "words"]
