"""What goes on inside a model: model + ids -> NumPy arrays."""

from tfplay.explain.trace import trace_arrays

__all__ = ["trace_arrays"]
