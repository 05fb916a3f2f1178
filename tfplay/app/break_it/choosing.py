"""What to break, in what: shown as it came with TFPlay, and trained again by whoever wants to."""

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from tfplay.app.break_it.pictures import depth
from tfplay.app.break_it.recurrence import recurrence_view
from tfplay.app.break_it.shipped import shipped_view
from tfplay.app.frame.layout import controls, errors_shown, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.visitor import visitor
from tfplay.config import count_parameters
from tfplay.experiments import (
    EXERCISES,
    OUTCOMES,
    Experiment,
    Outcome,
    Trial,
    find_record,
    fitting_experiments,
    reduced,
    start_trial,
)
from tfplay.experiments.recurrence import RECURRENCE
from tfplay.recipes import Recipe
from tfplay.store import Run, write_corpus

OWN = "own"
STEPS = (150, 300, 1000)
"""So long both can be trained."""

USUAL_STEPS = 300


def choose_trial(run: Run | None) -> Trial | None:
    """Lets the visitor choose an experiment, shows what came of it, and starts it if asked to.

    Args:
        run: A run whose recipe may be broken too.

    Returns:
        The trial that was started; `None` before that.
    """
    with controls("experiment"):
        subject = _choose_subject(run)
        if subject != RECURRENCE:
            with errors_shown():
                recipe = reduced(run.recipe) if subject == OWN else EXERCISES[subject].recipe()
            experiment = _choose_experiment(subject, recipe)
            steps = choose_one(
                *("Steps", STEPS, USUAL_STEPS, "experiment steps"),
                link="steps",
                format_func="{:,}".format,
            )
    if subject == RECURRENCE:
        recurrence_view()
        return None
    recipe = recipe.with_changes({"steps": steps, "evaluate_every": steps // 10})
    if not _wants_to_start(experiment, recipe, f"{subject} {experiment.name} guess"):
        return None
    guess = st.session_state.get(f"{subject} {experiment.name} guess")
    with errors_shown(), st.spinner("Writing the data …"):
        return _start(experiment, recipe, subject, run, guess)


def _choose_subject(run: Run | None) -> str:
    titles = {name: subject.title for name, subject in EXERCISES.items()}
    titles[RECURRENCE] = "Recalling, beside a recurrent network"
    if run and run.data_path.is_file():
        titles = {OWN: f"The recipe of {plain(run.title)}", **titles}
    first = next(iter(titles))
    return choose_one(
        *("What to learn", list(titles), first, "what to learn", st.selectbox, "subject"),
        format_func=titles.get,
    )


def _choose_experiment(subject: str, recipe: Recipe) -> Experiment:
    experiments = fitting_experiments(recipe)
    name = choose_one(
        *("What to break", list(experiments), next(iter(experiments)), f"{subject} experiment"),
        st.selectbox,
        link="experiment",
        format_func=lambda name: experiments[name].title,
    )
    return experiments[name]


def _wants_to_start(experiment: Experiment, recipe: Recipe, guess_key: str) -> bool:
    """Shows the trainings that came with TFPlay, or asks for a guess; whether to train now."""
    intact, broken = map(find_record, experiment.pair(recipe))
    if intact and broken:
        shipped_view(experiment, intact, broken)
        return st.button("Train both again here", icon=":material/replay:")
    st.info(
        "This was **not trained yet**: train it here. Other steps or another part may show at once."
    )
    _explain(experiment, recipe)
    guess = st.radio(
        "Your guess: what will come of it?",
        list(OUTCOMES),
        index=None,
        format_func=OUTCOMES.get,
        key=guess_key,
    )
    if guess is None:
        st.caption("Guess first: what surprises us is what we remember.")
    return st.button(
        "Train both", type="primary", icon=":material/play_arrow:", disabled=guess is None
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
    experiment: Experiment, recipe: Recipe, subject: str, run: Run | None, guess: Outcome | None
) -> Trial:
    if subject == OWN:
        return start_trial(experiment, recipe, run.data_path, guess, visitor())
    with TemporaryDirectory() as folder:
        path = write_corpus(recipe.corpus, recipe.examples, Path(folder))
        return start_trial(experiment, recipe, path, guess, visitor())
