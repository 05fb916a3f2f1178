"""What happens to a model before its first training step."""

import keras
from keras import ops

from tfplay.config import ModelConfig, TrainingConfig
from tfplay.models import build_model
from tfplay.training.distribution import (
    MirroredAdamW,
    MirroredCrossEntropy,
    devices_of,
    is_mirrored,
    training_devices,
)
from tfplay.training.gradients import MeasuredAdamW
from tfplay.training.losses import TokenAccuracy, TokenCrossEntropy, TokenLoss
from tfplay.training.schedules import WarmUpSchedule

FEWEST_STEPS_TO_COMPILE = 11
"""Compiling takes longer than running fewer steps than this."""
FEWEST_STEPS_FOR_XLA = 300
"""XLA shortens a step, but takes longer to compile one than it saves in fewer steps than this."""


def build_for_training(config: ModelConfig, training: TrainingConfig) -> keras.Model:
    """The model with fresh weights, drawn by the training's seed, in its precision.

    Dropout is drawn from seeds that are set here too, so a run is repeated exactly by building and
    training again.

    Example:
        >>> model = build_for_training(preset("tiny", "decoder-only", vocabulary_size=65), training)
        >>> result = train(model, data, training)
    """
    keras.utils.set_random_seed(training.seed)
    with training_devices():
        return build_model(config, dtype=resolve_precision(training.precision))


def resolve_precision(precision: str) -> str:
    """The dtype policy for a `TrainingConfig.precision`.

    `"auto"` is `"mixed_bfloat16"` where Keras computes on a GPU or TPU, and `"float32"` on a CPU,
    which gains nothing from it.
    """
    if precision != "auto":
        return precision
    return "float32" if computes_on_cpu() else "mixed_bfloat16"


def computes_on_cpu() -> bool:
    """Whether Keras has no GPU or TPU to compute on."""
    return "cpu" in str(ops.zeros(()).device).lower()


def compile_for_training(model: keras.Model, config: TrainingConfig) -> None:
    """Gives the model its optimizer, loss and metrics."""
    cross_entropy = MirroredCrossEntropy if is_mirrored(model) else TokenCrossEntropy
    backend = keras.backend.backend()
    needs_a_compiler = backend == "torch"  # of C++
    is_brief = backend == "tensorflow" and config.steps < FEWEST_STEPS_TO_COMPILE
    is_short = backend == "tensorflow" and config.steps < FEWEST_STEPS_FOR_XLA
    with devices_of(model):
        model.compile(
            optimizer=make_optimizer(model, config),
            loss=cross_entropy(config.label_smoothing),
            metrics=[TokenLoss(), TokenAccuracy()],
            run_eagerly=needs_a_compiler or is_brief and not is_mirrored(model),
            jit_compile=not (needs_a_compiler or is_short or is_mirrored(model)),
        )


def make_optimizer(model: keras.Model, config: TrainingConfig) -> keras.optimizers.Optimizer:
    """AdamW (Loshchilov and Hutter, 2017, arXiv:1711.05101) that decays matrices only."""
    optimizer = (MirroredAdamW if is_mirrored(model) else MeasuredAdamW)(
        WarmUpSchedule.from_training_config(config),
        weight_decay=config.weight_decay,
        beta_2=config.beta_2,
        global_clipnorm=config.gradient_clip or None,
    )
    biases_and_norms = [weight for weight in model.trainable_weights if len(weight.shape) < 2]
    optimizer.exclude_from_weight_decay(var_list=biases_and_norms)
    optimizer.build(model.trainable_weights)  # in the first step it would be traced twice
    return optimizer
