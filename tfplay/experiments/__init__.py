"""Break it: the same recipe trained twice from the same seed, with one thing changed."""

from tfplay.experiments.catalogue import EXPERIMENTS, Experiment, fitting_experiments
from tfplay.experiments.exercises import EXERCISES, Exercise, reduced
from tfplay.experiments.findings import OUTCOMES, Outcome, finding, outcome, verdict
from tfplay.experiments.measures import Behaviour, Measures, early_gradient_norms, measure
from tfplay.experiments.record import TrainingRecord, families, find_record
from tfplay.experiments.trial import Trial, start_trial, trial_of

__all__ = [
    "EXPERIMENTS",
    "OUTCOMES",
    "EXERCISES",
    "Experiment",
    "Measures",
    "Outcome",
    "Behaviour",
    "Exercise",
    "TrainingRecord",
    "Trial",
    "early_gradient_norms",
    "find_record",
    "families",
    "finding",
    "fitting_experiments",
    "measure",
    "outcome",
    "reduced",
    "start_trial",
    "trial_of",
    "verdict",
]
