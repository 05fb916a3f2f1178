"""The page on which a learner breaks a transformer, guesses first and sees what comes of it."""

import json

import pytest

from tests.app.trained_runs import SMALL, SMALL_TEXT, TEXT
from tests.pages.app import open_page, shown_text
from tfplay import jobs
from tfplay.experiments import (
    EXERCISES,
    EXPERIMENTS,
    OUTCOMES,
    Outcome,
    Trial,
    find_record,
    finding,
    fitting_experiments,
    start_trial,
    trial_of,
)
from tfplay.experiments.recurrence import findings, shipped_result
from tfplay.jobs.training import train_run
from tfplay.recipes import default_recipe
from tfplay.store import create_run, delete_run, list_runs, open_run

PAGE = "pages/build/break_it.py"
BRIEF = {"steps": 40, "evaluate_every": 40, "learning_rate": 0.02, "warmup_steps": 0}
CHANGES = SMALL | SMALL_TEXT | BRIEF | {"num_layers": 1, "snapshots": 3}


@pytest.fixture
def waiting_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs are made but nobody trains them."""
    monkeypatch.setattr(jobs, "start", create_run_for)


def create_run_for(recipe, data_path, owner=None):
    return create_run(recipe, data_path, owner=owner)


def make_trial(folder, name: str, guess: Outcome, owner: str | None = None) -> Trial:
    data_path = folder / "text.txt"
    data_path.write_text(TEXT, encoding="utf-8")
    recipe = default_recipe("language-model", data_path.name, "tiny").with_changes(CHANGES)
    return start_trial(EXPERIMENTS[name], recipe, data_path, guess, owner)


@pytest.fixture
def finished(waiting_runs, uncompiled, tmp_path) -> Trial:
    """A trial whose two runs were really trained, for a few steps."""
    trial = make_trial(tmp_path, "identical-heads", Outcome.WORSE)
    for run in trial.runs.values():
        with run.hold():
            train_run(run)
    return trial


def button(app, label: str):
    return next((button for button in app.button if button.label == label), None)


def choose(app, subject: str, experiment: str, guess: Outcome | None = None, steps: int = 1000):
    app.selectbox(key="what to learn").set_value(subject).run()
    app.selectbox(key=f"{subject} experiment").set_value(experiment).run()
    app.segmented_control(key="experiment steps").set_value(steps).run()
    if guess:
        app.radio(key=f"{subject} {experiment} guess").set_value(guess).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("subject", EXERCISES)
def test_only_experiments_that_fit_are_offered(subject):
    app = open_page(PAGE)
    app.selectbox(key="what to learn").set_value(subject).run()
    offered = fitting_experiments(EXERCISES[subject].recipe())
    assert app.selectbox(key=f"{subject} experiment").options == [x.title for x in offered.values()]


def test_nothing_is_trained_before_the_guess():
    app = choose(open_page(PAGE), "stories", "no-residual")
    assert button(app, "Train both").disabled
    choose(app, "stories", "no-residual", Outcome.STUCK)
    assert not button(app, "Train both").disabled


def test_one_press_makes_two_runs_that_the_address_leads_back_to(waiting_runs):
    app = choose(open_page(PAGE), "stories", "no-feed-forward", Outcome.WORSE, steps=150)
    button(app, "Train both").click().run()
    assert not app.exception
    trial = trial_of(open_run(app.query_params["run"]))
    assert {run.id for run in trial.runs.values()} == {run.id for run in list_runs()}
    assert trial.broken.recipe.model_config().use_feed_forward is False
    assert trial.intact.recipe.model_config().use_feed_forward is True
    assert [run.recipe.training.steps for run in trial.runs.values()] == [150, 150]
    assert trial.broken.data_path.read_bytes() == trial.intact.data_path.read_bytes()

    again = open_page(PAGE, run=trial.broken.id)  # as in another browser
    assert EXPERIMENTS["no-feed-forward"].title in [x.value for x in again.subheader]
    assert OUTCOMES[Outcome.WORSE] in shown_text(again)
    assert button(again, "Cancel both") is None  # it is not theirs


def test_only_the_owner_can_cancel(waiting_runs, tmp_path, monkeypatch):
    stopped = []
    monkeypatch.setattr(jobs, "stop", lambda run: stopped.append(run.id))
    somebodys = make_trial(tmp_path, "no-residual", Outcome.STUCK, owner="x" * 30)
    app = open_page(PAGE, run=somebodys.broken.id)
    assert button(app, "Cancel both") is None

    mine = make_trial(tmp_path, "no-residual", Outcome.STUCK)
    app = open_page(PAGE, run=mine.broken.id)
    button(app, "Cancel both").click().run()
    assert not app.exception
    assert stopped == [run.id for run in mine.runs.values()]


def test_a_finished_trial_shows_what_was_measured_and_judges_the_guess(finished):
    app = open_page(PAGE, run=finished.broken.id)
    text = shown_text(app).replace("\\", "")
    assert "heads of a layer attend wholly alike" in text
    assert "2 heads do the work of one" in text
    losses = [run.status().result["validation_loss"] for run in finished.runs.values()]
    assert all(f"{loss:.2f}" in text for loss in losses)
    assert "You guessed" in text
    assert len(app.get("plotly_chart")) == 3  # losses, gradients, entropy
    assert "What they answer" in text


def test_an_intact_run_that_was_deleted_is_told_in_a_sentence(waiting_runs, tmp_path):
    trial = make_trial(tmp_path, "no-residual", Outcome.STUCK)
    delete_run(trial.intact)
    app = open_page(PAGE, run=trial.broken.id)
    assert "The intact run beside" in app.error[0].value


def test_the_recipe_of_a_run_can_be_broken_too(waiting_runs, tmp_path):
    intact = make_trial(tmp_path, "no-residual", Outcome.STUCK).intact
    app = open_page(PAGE, run=intact.id)
    assert intact.title in app.selectbox(key="what to learn").options[0].replace("\\", "")
    app.radio(key="own no-residual guess").set_value(Outcome.SAME).run()
    button(app, "Train both").click().run()
    assert not app.exception
    trial = trial_of(open_run(app.query_params["run"]))
    assert trial.broken.data_path.read_text() == TEXT


def shipped_pair():
    """The first experiment on stories, whose trainings came with TFPlay."""
    experiment = EXPERIMENTS["no-residual"]
    records = map(find_record, experiment.pair(EXERCISES["stories"].recipe()))
    return experiment, *records


def test_the_first_visit_shows_trainings_that_came_with_it_and_what_they_say():
    app = open_page(PAGE)
    experiment, intact, broken = shipped_pair()
    told = finding(experiment, intact.measures, broken.measures, intact.frequency_loss)
    text = shown_text(app).replace("\\", "")
    assert told in text
    assert f"{intact.measures.parameters:,} parameters" in text
    assert "300 steps" in text and intact.made in text
    assert len(app.get("plotly_chart")) == 3  # losses, gradients, entropy
    assert list_runs() == []


def test_shown_losses_are_those_of_the_shipped_trainings():
    chart = json.loads(open_page(PAGE).get("plotly_chart")[0].proto.spec)
    _, *records = shipped_pair()
    for line, record in zip(chart["data"], records, strict=True):
        rows = [row for row in record.metrics if row["validation_loss"] is not None]
        assert line["x"] == [row["step"] for row in rows]
        assert line["y"] == [row["validation_loss"] for row in rows]


def test_shipped_trainings_can_be_made_again_without_a_guess(waiting_runs):
    app = open_page(PAGE)
    button(app, "Train both again here").click().run()
    assert not app.exception
    trial = trial_of(open_run(app.query_params["run"]))
    assert trial.guess is None
    assert "Your guess" not in shown_text(app)


def test_what_was_not_trained_says_so(monkeypatch):
    monkeypatch.setattr("tfplay.app.break_it.choosing.find_record", lambda recipe: None)
    assert "not trained yet" in open_page(PAGE).info[0].value


def test_where_strangers_share_a_server_nothing_trains_in_it(monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED", "1")
    app = open_page(PAGE, subject="recurrence")
    assert not app.exception
    assert "Train both again here" not in [each.label for each in app.button]
    assert len(app.get("plotly_chart")) == 4  # what came along is shown


def test_a_recurrent_network_is_judged_by_what_was_measured():
    app = open_page(PAGE, subject="recurrence")
    text = shown_text(app).replace("\\", "")
    for each in findings(shipped_result()):
        assert f"**{each.claim}**: {each.verdict}. {each.sentence}" in text
    assert len(app.get("plotly_chart")) == 4
