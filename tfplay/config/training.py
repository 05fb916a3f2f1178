"""How a model is trained."""

from dataclasses import dataclass

from tfplay.config.base import (
    MAX_SEED,
    JsonConfig,
    require_between,
    require_choice,
    require_integer,
)

SCHEDULES = ("constant", "cosine", "inverse_sqrt")
PRECISIONS = ("auto", "float32", "mixed_bfloat16")
MAX_STEPS = 1_000_000_000
MAX_SNAPSHOTS = 24


@dataclass(frozen=True)
class TrainingConfig(JsonConfig):
    """How a model is trained.

    Args:
        steps: Optimizer updates.
        batch_size: Sequences in one step.
        learning_rate: The highest rate, reached at the end of the warm-up.
        schedule: After the warm-up: `"constant"`, `"cosine"` (falls to a tenth) or
            `"inverse_sqrt"`.
        warmup_steps: Steps in which the rate rises linearly from 0.
        weight_decay: AdamW's weight decay, applied to matrices only.
        beta_2: AdamW's decay of the second moment.
        gradient_clip: Largest global norm of the gradient; 0 is no limit.
        label_smoothing: Probability spread evenly over all tokens.
        evaluate_every: Steps between two validations.
        patience: Validations without a better loss before training ends early; 0 is never.
        precision: `"float32"`, `"mixed_bfloat16"`, or `"auto"`: the latter where a GPU gains
            from it.
        seed: Repeats a run exactly on one machine.
        snapshots: At how many steps, at most, the weights are kept to look back at; 0 is none.

    Raises:
        InputError: A value is impossible.
    """

    steps: int = 1000
    batch_size: int = 32
    learning_rate: float = 1e-3
    schedule: str = "cosine"
    warmup_steps: int = 100
    weight_decay: float = 0.1
    beta_2: float = 0.99
    gradient_clip: float = 1.0
    label_smoothing: float = 0.0
    evaluate_every: int = 250
    patience: int = 0
    precision: str = "auto"
    seed: int = 0
    snapshots: int = MAX_SNAPSHOTS

    def __post_init__(self) -> None:
        require_choice("schedule", self.schedule, SCHEDULES)
        require_choice("precision", self.precision, PRECISIONS)
        for name in ("steps", "evaluate_every"):
            require_integer(name, getattr(self, name), 1, MAX_STEPS)
        for name in ("warmup_steps", "patience"):
            require_integer(name, getattr(self, name), 0, MAX_STEPS)
        require_integer("batch_size", self.batch_size, 1, 65_536)
        require_integer("seed", self.seed, 0, MAX_SEED)
        require_integer("snapshots", self.snapshots, 0, MAX_SNAPSHOTS)
        require_between("learning_rate", self.learning_rate, 1e-8, 10.0)
        require_between("weight_decay", self.weight_decay, 0.0, 10.0)
        require_between("beta_2", self.beta_2, 0.0, 0.9999999)
        require_between("gradient_clip", self.gradient_clip, 0.0, 1e6)
        require_between("label_smoothing", self.label_smoothing, 0.0, 0.9)
