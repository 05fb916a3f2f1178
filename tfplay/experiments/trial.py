"""A trial of an experiment: two runs that differ in one thing, and the guess made before."""

from dataclasses import dataclass
from pathlib import Path

from tfplay import jobs
from tfplay.errors import InputError
from tfplay.experiments.catalogue import EXPERIMENTS, Experiment
from tfplay.experiments.findings import Outcome
from tfplay.recipes import Recipe
from tfplay.store import Run, open_run, rename_run


@dataclass(frozen=True)
class Trial:
    """A trial: one experiment on one recipe.

    Attributes:
        experiment: What was changed.
        intact: The run that nothing was changed in.
        broken: The run with the change; it remembers the trial.
        guess: What the learner expected; `None` if nobody was asked.
    """

    experiment: Experiment
    intact: Run
    broken: Run
    guess: Outcome | None

    @property
    def runs(self) -> dict[str, Run]:
        """Both runs, by the names that tell them apart."""
        return {"intact": self.intact, self.experiment.broken: self.broken}

    @property
    def is_active(self) -> bool:
        """Whether one of the two has not ended."""
        return any(run.status().is_active for run in self.runs.values())


def start_trial(
    experiment: Experiment,
    recipe: Recipe,
    data_path: Path,
    guess: Outcome | None,
    owner: str | None = None,
) -> Trial:
    """Starts the training of both recipes, the intact one first.

    Args:
        experiment: What to change.
        recipe: The recipe to change; it gets the depth that the experiment needs.
        data_path: The data file; each run keeps a copy.
        guess: What the learner expects; `None` if nobody was asked.
        owner: The secret of the visitor whose trial it is; `None` is everybody's.

    Raises:
        InputError: The recipe lacks what would be changed, or the runs cannot be written.

    Example::

        trial = start_trial(EXPERIMENTS["no-residual"], recipe, path, Outcome.STUCK)
    """
    intact, broken = (jobs.start(each, data_path, owner) for each in experiment.pair(recipe))
    rename_run(intact, f"{experiment.title}: intact")
    rename_run(broken, experiment.title)
    trial = {"name": experiment.name, "intact": intact.id}
    broken.note({"experiment": trial if guess is None else trial | {"guess": guess}})
    return Trial(experiment, intact, broken, guess)


def trial_of(broken: Run) -> Trial | None:
    """The trial whose broken run this is; `None` if it belongs to no trial.

    Raises:
        InputError: The intact run was deleted.
    """
    if broken.config.experiment is None:
        return None
    name, intact = (broken.config.experiment[key] for key in ("name", "intact"))
    guess = broken.config.experiment.get("guess")
    try:
        return Trial(EXPERIMENTS[name], open_run(intact), broken, guess and Outcome(guess))
    except InputError as error:
        raise InputError(f"The intact run beside {broken.title} is gone: {error}") from error
