"""Break it: the same recipe trained twice from the same seed, with one thing changed."""

from tfplay.experiments.catalogue import EXPERIMENTS, Experiment, fitting_experiments
from tfplay.experiments.findings import OUTCOMES, Outcome, finding, outcome, verdict
from tfplay.experiments.measures import Measures, Probe, early_gradient_norms, measure
from tfplay.experiments.subjects import SUBJECTS, Subject, reduced
from tfplay.experiments.trial import Trial, start_trial, trial_of

__all__ = [
    "EXPERIMENTS",
    "OUTCOMES",
    "SUBJECTS",
    "Experiment",
    "Measures",
    "Outcome",
    "Probe",
    "Subject",
    "Trial",
    "early_gradient_norms",
    "finding",
    "fitting_experiments",
    "measure",
    "outcome",
    "reduced",
    "start_trial",
    "trial_of",
    "verdict",
]
