"""How far an answer can be trusted: what a model has seen, how sure it is, and what follows.

NumPy only: a model is judged by its numbers, wherever they come from.
"""

from tfplay.trust.calibration import (
    Bin,
    Temperature,
    calibration_error,
    fit_temperature,
    reliability,
)
from tfplay.trust.judging import (
    NEW_WORDS,
    UNLIKE,
    Answered,
    Judgement,
    Trust,
    certainty_of,
    fit_trust,
    worst,
)
from tfplay.trust.sketch import Sketch, Unseen

__all__ = [
    "NEW_WORDS",
    "UNLIKE",
    "Answered",
    "Bin",
    "Judgement",
    "Sketch",
    "Temperature",
    "Trust",
    "Unseen",
    "calibration_error",
    "certainty_of",
    "fit_temperature",
    "fit_trust",
    "reliability",
    "worst",
]
