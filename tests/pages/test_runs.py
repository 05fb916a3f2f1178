import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.pages.app import open_page, shown_text
from tests.store.damages import PROGRESS
from tfplay.config import count_parameters
from tfplay.experiments import families
from tfplay.recipes import default_recipe, match_architectures
from tfplay.store import Status, create_run, list_runs, open_run, rename_run
from tfplay.tasks import TASKS

PAGE = "pages/build/runs.py"


def table(app):
    return app.dataframe[0].value


def compared(app):
    return app.query_params["compare"].split(",")


def button(app, label):
    [found] = [each for each in app.button if each.label == label]
    return found


def make_run(recipe, data_path, loss):
    """A run that has ended, as far as this page looks at it; nothing was trained for it."""
    run = create_run(recipe, data_path)
    config = recipe.model_config(num_classes=2)
    run.save_model_config(config, count_parameters(config))
    for step in (1, 2, 3):
        figures = {"loss": loss + 1 / step, "tokens_per_second": 700.0, "validation_loss": None}
        own = {"step": step, "steps": 10_000, "tokens": 11 * step, "seconds": 0.5 * step}
        run.add_metrics(PROGRESS | own | figures)
    result = {"steps": 3, "seconds": 1.5, "train_loss": loss, "validation_loss": loss}
    run.write_status(Status("done", "Trained for 3 steps.", result=result))
    return run


@pytest.fixture
def runs(tmp_path):
    """One of each of some tasks, by the task's name, the oldest first."""
    found = {}
    for number, task in enumerate(("tagging", "chat", "classification", "translation")):
        data_path = tmp_path / f"{task}.txt"
        data_path.write_text("never read")
        found[task] = make_run(
            default_recipe(task, data_path.name, "tiny"), data_path, 1.5 + number
        )
    return found


@pytest.fixture
def two_runs(runs):
    """Of one recipe, but for the number of heads."""
    first = runs["translation"]
    recipe = first.recipe.with_changes({"num_heads": 1})
    return first, make_run(recipe, first.data_path, 2.5)


def test_without_a_run_it_says_what_to_do():
    assert "Nothing was trained yet here" in shown_text(open_page(PAGE))


def test_every_run_has_a_row_with_its_losses(runs):
    rows = table(open_page(PAGE))
    assert len(rows) == len(runs)
    for run in runs.values():
        [row] = rows[rows["Data"] == run.recipe.data_name].to_dict("records")
        assert row["Validation loss"] == run.status().result["validation_loss"]
        assert row["Parameters"] == run.config.parameters
        assert row["Architecture"] == run.model.config.architecture


def test_the_newest_run_is_compared_at_first(runs):
    app = open_page(PAGE)
    assert compared(app) == [list_runs()[0].id]


def test_a_link_compares_runs_and_shows_what_differs(two_runs):
    first, second = two_runs
    app = open_page(PAGE, compare=f"{second.id},{first.id}")
    assert set(compared(app)) == {first.id, second.id}
    differences = app.dataframe[1].value.set_index("Setting")
    assert list(differences.columns) == ["num_heads 1", "num_heads 4"]
    assert list(differences.loc["Heads"]) == ["1", "4"]
    assert "Seed" not in differences.index


def test_a_link_to_a_run_that_is_gone_says_so(runs):
    app = open_page(PAGE, compare="20200101-000000-abcd")
    assert "There is no run 20200101\\-000000\\-abcd" in app.warning[0].value


def test_a_run_is_named_and_what_differs_moves_beside_the_name(two_runs):
    _, second = two_runs
    app = open_page(PAGE, compare=second.id)
    app.text_input[0].set_value("one head only")
    button(app, "Rename").click().run()
    assert not app.exception
    assert open_run(second.id).config.name == "one head only"
    [row] = table(app).query("Run == 'one head only'").to_dict("records")
    assert row["What differs"].startswith("num_heads 1")


def test_a_pinned_run_stands_first(runs):
    oldest = list_runs()[-1]
    rename_run(oldest, "the old one")
    app = open_page(PAGE, compare=oldest.id)
    button(app, "Pin").click().run()
    assert table(app)["Run"][0] == "📌 the old one"
    button(app, "Unpin").click().run()
    assert list(table(app)["Run"])[-1] == "the old one"


def test_several_runs_are_deleted_after_it_was_confirmed(runs):
    gone = [runs[task].id for task in ("chat", "tagging")]
    app = open_page(PAGE, compare=",".join(gone))
    assert "**2 runs**" in shown_text(app)
    button(app, "Delete for good").click().run()
    assert not app.exception
    assert not {run.id for run in list_runs()} & set(gone)
    assert len(table(app)) == len(runs) - 2


def test_a_damaged_run_does_not_hide_the_others(runs):
    newest, *others = list_runs()
    (newest.path / "status.json").write_text('{"state": "do')
    assert len(table(open_page(PAGE))) == len(others)


def test_somebody_elses_run_is_listed_only_if_a_link_names_it_and_has_no_controls(runs):
    run = runs["translation"]
    rename_run(run, "not yours")
    run.note({"owner": "a-secret-of-more-than-22-letters"})
    assert "not yours" not in " ".join(table(open_page(PAGE))["Run"])
    linked = open_page(PAGE, compare=run.id)
    assert "🔗 not yours" in list(table(linked)["Run"])
    assert "to look at, not to change" in shown_text(linked)
    assert not {each.label for each in linked.button} & {"Rename", "Pin", "Delete for good", "Stop"}


@pytest.mark.parametrize("task", [name for name, task in TASKS.items() if task.about.left_out])
def test_one_press_trains_the_same_on_the_other_architecture(runs, task, monkeypatch):
    monkeypatch.setattr("tfplay.jobs.start", lambda *given, owner: create_run(*given, owner=owner))
    run = runs[task]
    app = open_page(PAGE, compare=run.id)
    button(app, "Compare architectures").click().run()
    assert not app.exception
    started = list_runs()[0]
    config = run.model.config
    known = {"vocabulary_size": config.vocabulary_size, "num_classes": config.num_classes}
    assert [started.recipe] == match_architectures(run.recipe, **known)
    assert set(compared(app)) == {run.id, started.id}
    assert TASKS[task].about.left_out in app.info[0].value
    started.note({"owner": None})  # the next visitor finds it and need not train it again
    again = open_page(PAGE, compare=run.id)
    button(again, "Compare architectures").click().run()
    assert set(compared(again)) == {run.id, started.id}


def test_shipped_models_are_listed_with_their_cards_and_cannot_be_deleted(shipped_runs):
    app = open_page(PAGE)
    for run in shipped_runs.values():
        assert run.title in shown_text(app)
    assert shown_text(app).count("accuracy 50\\.0%") == len(shipped_runs)
    app.session_state["card of chat"] = True
    assert shown_text(app.run()).count("What it cannot do.") == 1
    assert "Delete for good" not in [each.label for each in app.button]


def test_a_damaged_folder_is_told_and_hides_no_other_run(two_runs):
    first, second = two_runs
    (second.path / "config.json").write_text("{")
    app = open_page(PAGE)
    [told] = [each.value for each in app.warning if "is damaged" in each.value]
    assert second.path.name[:8] in told.replace("\\", "")
    assert "config" in told
    assert len(table(app)) == 4  # of five


def test_a_run_with_a_damaged_line_of_metrics_says_that_it_has_no_charts(two_runs):
    first, second = two_runs
    with (second.path / "metrics.jsonl").open("a") as stream:
        stream.write("no JSON\n")
    app = open_page(PAGE, compare=first.id)
    [told] = [each.value for each in app.warning if "has no charts" in each.value]
    assert "line 4" in told
    assert len(table(app)) == 5


def test_a_runs_whole_recipe_is_a_link_that_train_opens(two_runs):
    run = two_runs[1]
    app = open_page(PAGE, compare=run.id)
    app.session_state[f"recipe of {run.id}"] = True  # its popover is open
    app.run()
    [link] = [each.value for each in app.code if "task=" in each.value]
    parts = urlsplit(link)
    assert parts.path == "/train"
    train = open_page("pages/build/train.py", **dict(parse_qsl(parts.query)))
    assert train.number_input(key="translation num_heads").value == 1
    assert f"made for the file **{run.recipe.data_name}**" in train.info[0].value.replace("\\", "")


def test_without_a_run_trainings_that_came_with_it_are_compared():
    app = open_page(PAGE)
    chosen = app.selectbox(key="ready stories").value
    records = families("stories")[chosen]
    [curves] = app.get("plotly_chart")
    lines = json.loads(curves.proto.spec)["data"]
    assert [line["name"] for line in lines] == list(records)
    for line, record in zip(lines, records.values(), strict=True):
        assert line["y"][-1] == pytest.approx(record.measures.last_loss, rel=1e-4)
    rows = app.dataframe[0].value
    assert list(rows["Loss at the end"]) == [each.measures.last_loss for each in records.values()]
