"""Training: a model, data and a `TrainingConfig` -> a model that has learned."""

from tfplay.tasks import IGNORED, Batch, TrainingData
from tfplay.training.divergence import TrainingError
from tfplay.training.gradients import global_norm
from tfplay.training.loop import train
from tfplay.training.losses import TokenAccuracy, TokenCrossEntropy, TokenLoss
from tfplay.training.preparation import build_for_training, resolve_precision
from tfplay.training.progress import Progress, TrainingResult
from tfplay.training.schedules import WarmUpSchedule
from tfplay.training.validation import Validation, validate

__all__ = [
    "IGNORED",
    "Batch",
    "Progress",
    "TokenAccuracy",
    "TokenCrossEntropy",
    "TokenLoss",
    "TrainingData",
    "TrainingError",
    "TrainingResult",
    "Validation",
    "WarmUpSchedule",
    "build_for_training",
    "global_norm",
    "resolve_precision",
    "train",
    "validate",
]
