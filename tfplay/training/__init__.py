"""Training: a model, data and a `TrainingConfig` -> a model that has learned."""

from tfplay.lazy import names_on_demand

__getattr__, __all__ = names_on_demand(
    __name__,
    {
        "gradients": "global_norm",
        "loop": "train",
        "losses": "TokenAccuracy TokenCrossEntropy TokenLoss",
        "preparation": "build_for_training resolve_precision",
        "progress": "Progress TrainingResult",
        "schedules": "WarmUpSchedule",
        "validation": "Validation validate",
    },
)
