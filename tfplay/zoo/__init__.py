"""The models that come with TFPlay: what each is made from, how it is trained and evaluated."""

from tfplay.zoo.entries import ZOO
from tfplay.zoo.entry import Figure, ZooModel
from tfplay.zoo.evaluation import evaluate_model, falls_short
from tfplay.zoo.training import measure_snapshots, train_model, trust_model
from tfplay.zoo.trust import measure_trust

__all__ = [
    "ZOO",
    "Figure",
    "ZooModel",
    "evaluate_model",
    "falls_short",
    "measure_snapshots",
    "measure_trust",
    "train_model",
    "trust_model",
]
