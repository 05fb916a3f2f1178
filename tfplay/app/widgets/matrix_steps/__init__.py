"""A computation as matrices, step by step, on a canvas that can be walked and opened."""

from tfplay.app.widgets.matrix_steps.matrix_steps import Matrix, StepName, matrix_steps

__all__ = ["Matrix", "StepName", "matrix_steps"]
