"""Training: a model, data and a `TrainingConfig` -> a model that has learned."""

from tfplay.lazy import names_on_demand

__getattr__, __all__ = names_on_demand(
    __name__,
    {
        "further": "copy_weights let_head_learn let_last_blocks_learn "
        "let_low_rank_change_learn put_body",
        "gradients": "global_norm",
        "loop": "train",
        "low_rank": "merged",
        "losses": "TokenAccuracy TokenCrossEntropy TokenLoss",
        "preparation": "build_for_training resolve_precision",
        "progress": "Progress TrainingResult",
        "schedules": "WarmUpSchedule",
        "validation": "Validation validate",
    },
)
