"""What to break, in what, and what the learner expects to come of it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from tfplay.app.break_it.view import depth
from tfplay.app.frame.layout import errors_shown, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.visitor import visitor
from tfplay.config import count_parameters
from tfplay.experiments import (
    EXERCISES,
    OUTCOMES,
    Experiment,
    Outcome,
    Trial,
    fitting_experiments,
    reduced,
    start_trial,
)
from tfplay.recipes import Recipe
from tfplay.store import Run, write_corpus

OWN = "own"
STEPS = (150, 300, 1000)
"""So long both can be trained."""


def choose_trial(run: Run | None) -> Trial | None:
    """Lets the visitor choose an experiment and guess; the trial once it was started.

    Args:
        run: A run whose recipe may be broken too.
    """
    subject = _choose_subject(run)
    with errors_shown():
        recipe = reduced(run.recipe) if subject == OWN else EXERCISES[subject].recipe()
    experiments = fitting_experiments(recipe)
    name = choose_one(
        *("What to break", list(experiments), next(iter(experiments)), f"{subject} experiment"),
        st.pills,
        link="experiment",
        format_func=lambda name: experiments[name].title,
    )
    experiment = experiments[name]
    steps = choose_one(
        *("Steps of each training", STEPS, 300, "experiment steps"),
        link="steps",
        format_func="{:,}".format,
    )
    recipe = recipe.with_changes({"steps": steps, "evaluate_every": steps // 10})
    _explain(experiment, recipe)
    guess = st.radio(
        "Your guess: what will come of it?",
        list(OUTCOMES),
        index=None,
        format_func=OUTCOMES.get,
        key=f"{subject} {name} guess",
    )
    if guess is None:
        st.caption("Guess first: what surprises us is what we remember.")
    if st.button(
        "Train both", type="primary", icon=":material/play_arrow:", disabled=guess is None
    ):
        with errors_shown(), st.spinner("Writing the data …"):
            return _start(experiment, recipe, subject, run, guess)
    return None


def _choose_subject(run: Run | None) -> str:
    titles = {name: subject.title for name, subject in EXERCISES.items()}
    if run and run.data_path.is_file():
        titles = {OWN: f"The recipe of {plain(run.title)}", **titles}
    first = next(iter(titles))
    return choose_one(
        *("What to learn", list(titles), first, "subject", st.pills, "subject"),
        format_func=titles.get,
    )


def _explain(experiment: Experiment, recipe: Recipe) -> None:
    intact, broken = experiment.pair(recipe)
    config, training = intact.model_config(), intact.training
    sizes = [f"{count_parameters(each.model_config()):,}" for each in (intact, broken)]
    same_size = sizes[0] == sizes[1]
    parameters = (
        f"{sizes[0]} parameters each" if same_size else f"{sizes[0]} and {sizes[1]} parameters"
    )
    with st.container(border=True):
        st.markdown(f"**{experiment.title}.** {experiment.description}")
        st.caption(
            f"Two {config.architecture} models of {parameters}, {depth(config)}, "
            f"{training.steps:,} steps each, on the same data in the same order, from the same "
            "seed."
        )


def _start(
    experiment: Experiment, recipe: Recipe, subject: str, run: Run | None, guess: Outcome
) -> Trial:
    if subject == OWN:
        return start_trial(experiment, recipe, run.data_path, guess, visitor())
    with TemporaryDirectory() as folder:
        path = write_corpus(recipe.corpus, recipe.examples, Path(folder))
        return start_trial(experiment, recipe, path, guess, visitor())
