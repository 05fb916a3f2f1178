"""The page of a run in each of its states, with what a training would have written."""

import pytest

from tests.jobs.samples import smallest_recipe, write_pairs
from tests.pages.app import open_page, shown_text
from tfplay import jobs
from tfplay.store import Status, create_run

PAGE = "pages/build/train.py"
PROGRESS = {
    "step": 4,
    "steps": 10,
    "loss": 2.5,
    "accuracy": 0.25,
    "learning_rate": 0.001,
    "tokens": 400,
    "seconds": 2.0,
    "tokens_per_second": 1234.0,
    "remaining_seconds": 3725.0,
    "validation_loss": None,
    "validation_accuracy": None,
}
NORMS = {"embeddings": 0.3, "encoder_block_0": 0.4, "head": 1.2}


@pytest.fixture
def run(tmp_path):
    data = write_pairs(tmp_path)
    return create_run(smallest_recipe("translation", data), data)


def record(run):
    """Four steps and two validations."""
    for step in range(1, 5):
        validation = {"validation_loss": 2.75} if step % 2 == 0 else {}
        scores = {"scores": {"bleu": step, "chrf": 10.0 * step}} if validation else {}
        norms = {"gradient_norm": 1.3, "gradient_norms": NORMS}
        run.add_metrics(PROGRESS | {"step": step} | validation | norms | scores)
        if validation:
            sample = {"input": "one", "output": f"ek <b>{step}</b>", "wanted": "ek"}
            run.add_samples(step, [sample])


def buttons(app):
    return [button.label for button in app.button]


def html(app):
    return "".join(element.proto.body for element in app.get("html"))


def test_a_waiting_run_says_how_many_come_before_it(run, monkeypatch):
    monkeypatch.setattr(jobs, "place_in_queue", lambda _: 2)
    app = open_page(PAGE, run=run.id)
    assert "2 runs are before yours" in shown_text(app)
    assert "Do not train it" in buttons(app)


def test_a_run_in_training_shows_its_numbers_charts_and_what_changed_in_its_answers(run):
    record(run)
    with run.hold():
        run.write_status(
            Status(
                "running",
                "Training 13 parameters.",
                progress=PROGRESS,
                device="NVIDIA H200",
                precision="mixed_bfloat16",
                memory_bytes=812_000_000,
            )
        )
        app = open_page(PAGE, run=run.id)
    assert app.get("progress")[0].proto.text == "Step 4 of 10 · about 1 h 2 min left"
    numbers = {metric.label: metric.value for metric in app.metric}
    assert numbers["Validation loss"] == "2.750"
    assert numbers["Tokens per second"] == "1,234"
    assert numbers["Gradient norm"] == "1.3"
    about = shown_text(app).replace("\\", "")
    assert "NVIDIA H200 · mixed_bfloat16 · 812 MB in use" in about
    assert len(app.get("plotly_chart")) == 4
    assert app.selectbox(key="score shown").options == ["BLEU", "chrF", "Accuracy"]
    assert "Stop and keep what was learned" in buttons(app)
    assert "ek &lt;b&gt;4&lt;/b&gt;" in html(app)
    app.toggle(key="changes of answers").set_value(True).run()
    assert "ek <del>&lt;b&gt;2&lt;/b&gt;</del><ins>&lt;b&gt;4&lt;/b&gt;</ins>" in html(app)


def test_a_training_whose_validation_loss_never_fell_is_not_green(run):
    for step, loss in ((2, 3.0), (4, 3.5)):
        run.add_metrics(PROGRESS | {"step": step, "validation_loss": loss})
    run.write_status(Status("done", "Trained 13 parameters."))
    app = open_page(PAGE, run=run.id)
    assert not app.exception
    assert ":orange-badge[:material/warning: done, nothing learned]" in shown_text(app)


def test_a_stranger_sees_a_run_without_its_controls(tmp_path):
    data = write_pairs(tmp_path)
    run = create_run(smallest_recipe("translation", data), data, owner="somebody else")
    app = open_page(PAGE, run=run.id)
    assert not app.exception
    assert buttons(app) == ["Train another"]


def test_a_failed_run_shows_its_sentence_what_was_printed_and_goes_on(run, monkeypatch):
    run.write_status(Status("failed", "The loss became nan at step 3."))
    (run.path / "log.txt").write_text("Traceback", encoding="utf-8")
    resumed = []
    monkeypatch.setattr(jobs, "can_resume", lambda _: True)
    monkeypatch.setattr(jobs, "resume", resumed.append)
    app = open_page(PAGE, run=run.id)
    assert "The loss became nan at step 3" in shown_text(app).replace("\\", "")
    assert app.code[0].value == "Traceback"
    app.button(key="resume run").click().run()
    assert [each.id for each in resumed] == [run.id]


def test_the_answers_of_a_run_that_has_ended_are_looked_through(run, monkeypatch):
    monkeypatch.setattr(jobs, "can_resume", lambda _: False)
    record(run)
    run.save_model_config(run.recipe.model_config(), parameters=13)
    done = Status("done", "Trained.", result={"bleu": 4.0}, device="GPU", precision="float32")
    run.write_status(done)
    app = open_page(PAGE, run=run.id)
    assert "Trained · GPU · float32" in shown_text(app)
    assert {metric.label: metric.value for metric in app.metric}["BLEU"] == "4.0"
    slider = app.select_slider[0]
    assert "After step 4" in html(app)
    slider.set_value(0).run()
    assert "After step 2." in html(app)
    assert buttons(app) == ["Share", "Train another"]
