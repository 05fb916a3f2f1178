"""What a training will take, estimated before it starts: computation, memory and time."""

from tfplay.estimates.computation import TRAINING_FACTOR, Computation, count_multiply_adds
from tfplay.estimates.memory import TrainingMemory, count_training_memory

__all__ = [
    "TRAINING_FACTOR",
    "Computation",
    "TrainingMemory",
    "count_multiply_adds",
    "count_training_memory",
]
