"""Training a run from its recipe to its result, in this process."""

import os
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from tfplay import training
from tfplay.baselines import measure_baselines
from tfplay.cutting import quoted
from tfplay.errors import DivergenceError
from tfplay.jobs.devices import describe_device, memory_in_use
from tfplay.jobs.endings import NO_MODEL_YET, explain_failure
from tfplay.jobs.fitting import require_allowed, require_fitting_data
from tfplay.jobs.forgetting import measure_forgetting
from tfplay.jobs.recording import Recorder
from tfplay.recipes import Recipe, Start
from tfplay.store import DIVERGED, Run, Status, open_model, starting_tokenizer
from tfplay.tasks import (
    TASKS,
    ExampleData,
    Task,
    TaskData,
    TrainedModel,
    doubts_about,
    learn_trust,
)
from tfplay.text import Report
from tfplay.text.report import counted

EVALUATED_EXAMPLES = 500
"""At most so many validation examples are answered for the scores: minutes would be too long."""

SECONDS_BETWEEN_REPORTS = 0.25


def train_run(
    run: Run, on_status: Callable[[Status], Any] = lambda status: None
) -> dict[str, Any] | None:
    """Does everything that the recipe says and keeps what comes of it in the run's folder.

    Call it while holding the run (`run.hold()`), or the run looks lost to others.

    Args:
        run: A run that was just created, or was interrupted: it goes on from its checkpoint.
        on_status: Called whenever the status changes, a few times a second at most.

    Returns:
        The result: run folder, id, parameters, steps, seconds, tokens per second, losses in nats a
        token, how training ended, the task's scores, and those of simpler methods; of a model
        that was trained further, how many parameters learned and what it forgot. `None` if it was
        stopped before there was a model.

    Raises:
        InputError: The data or the recipe cannot be used. The status says so too.
        DivergenceError: The loss became something that is no number. The status says so too.
    """
    reporter = _Reporter(run, on_status)
    try:
        result = _train(run, reporter)
    except Exception as error:
        reason = DIVERGED if isinstance(error, DivergenceError) else None
        reporter.report("failed", explain_failure(error, run), reason=reason)
        raise
    if result is None:
        reporter.report("stopped", NO_MODEL_YET)
    elif result["stopped_early"] == "request":
        message = f"Stopped after {result['steps']} steps. {run.stop_reason}".rstrip()
        reporter.report("stopped", message, result=result)
    else:
        run.checkpoint.path.unlink(missing_ok=True)  # it is not needed any more, and large
        reporter.report("done", f"Trained for {result['steps']} steps.", result=result)
    return result


def _train(run: Run, reporter: "_Reporter") -> dict[str, Any] | None:
    recipe, report = run.recipe, Report()
    data = _prepare(run, reporter, report)
    config = recipe.model_config(**data.model_changes)
    if run.config.owner is not None:
        require_allowed(config, recipe.training)
    require_fitting_data(config, recipe, data)
    model = training.build_for_training(config, recipe.training)
    parameters = model.count_params()
    run.save_model_config(config, parameters, data.labels)
    figures = run.checkpoint.figures() or {"step": 0}
    run.drop_metrics_after(figures["step"])
    if run.stop_requested and not figures["step"]:
        return None

    trained = TrainedModel(recipe.task, model, data.tokenizer, data.labels)
    recorder = Recorder(run, trained, data.validation)

    def on_step(progress: "training.Progress") -> None:
        recorder.on_step(progress)
        reporter.on_step(progress)

    learning = parameters
    if recipe.start:
        reporter.report("running", f"Loading {recipe.start.model}.")
        _start_from(recipe.start, trained)
        learning = recipe.start.count_learning(config)
    reporter.training_message = _training_message(learning, parameters)
    reporter.report(
        "running",
        reporter.training_message,
        device=describe_device(),
        precision=model.dtype_policy.name,
    )
    recorder.begin()
    outcome = training.train(
        model,
        data,
        recipe.training,
        on_step,
        run.checkpoint,
        should_stop=reporter.should_stop,
        on_compile=reporter.on_compile,
    )
    recorder.end(outcome.steps)
    run.save_model(model)

    # Who asks to stop does not want to wait.
    scores = {} if run.stop_requested else _scores(recipe, trained, data, reporter)
    if not run.stop_requested:
        _learn_trust(run, trained, data, reporter)
    identity = {"run": str(run.path), "id": run.id, "parameters": parameters}
    if recipe.start:
        identity["learning_parameters"] = learning
    read = {"data": data.describe(), "reading": report.to_json()}
    return identity | asdict(outcome) | scores | read


def _prepare(run: Run, reporter: "_Reporter", report: Report) -> TaskData:
    """What the recipe's file has, as the model learns it; its tokenizer is kept in the run.

    What was read and what was left out comes into the report.
    """
    recipe, task = run.recipe, TASKS[run.recipe.task]
    reporter.report("running", f"Reading {recipe.data_name}.")
    unit = task.about.unit
    examples = task.read(run.data_path, recipe.columns, report)
    report.notes += doubts_about(recipe.task, unit, examples)
    reading = report.text(unit)
    reporter.report("running", f"Preparing {recipe.data_name}.", reading=reading)
    tokenizer = starting_tokenizer(recipe)
    data = task.prepare(examples, **recipe.data_settings(), tokenizer=tokenizer)
    if data.tokenizer:
        run.save_tokenizer(data.tokenizer)
    if isinstance(data, ExampleData):
        reading = f"{reading} {_amounts_text(data, task)}"
        reporter.report("running", f"Prepared {recipe.data_name}.", reading=reading)
    return data


def _amounts_text(data: ExampleData, task: type[Task]) -> str:
    """How many examples are trained and validated on, the first of them, and how many are not."""
    sizes, unit = data.describe(), task.about.unit
    training = counted(sizes["training_examples"], unit)
    told = f"{training} to train on, {sizes['validation_examples']:,} to validate on"
    if too_long := sizes["too_long_examples"]:
        told += f", {too_long:,} left out: too long for the context"
    typed = task.about.reads_text and task.as_typed(data.training[0])
    return f"{told}; the first: {quoted(typed)}." if isinstance(typed, str) else f"{told}."


def _scores(
    recipe: Recipe, trained: TrainedModel, data: TaskData, reporter: "_Reporter"
) -> dict[str, Any]:
    """What the model and simpler methods answer right, and what it forgot of where it started."""
    reporter.report("running", "Answering validation examples.")
    scores: dict[str, Any] = TASKS[recipe.task].evaluate(
        trained, data.validation, EVALUATED_EXAMPLES
    )
    reporter.report("running", "Measuring simpler methods on the same examples.")
    baselines = measure_baselines(trained, data.training, data.validation, EVALUATED_EXAMPLES)
    scores["baselines"] = [baseline.to_json() for baseline in baselines]
    if recipe.start is None:
        return scores
    reporter.report("running", f"Measuring what is left of {recipe.start.model}.")
    return scores | measure_forgetting(open_model(recipe.start.model), trained.model)


def _learn_trust(run: Run, trained: TrainedModel, data: TaskData, reporter: "_Reporter") -> None:
    """Keeps when the model's answers can be trusted, if there are examples to measure it on."""
    reporter.report("running", "Measuring when to doubt its answers.")
    trust = learn_trust(TASKS[run.recipe.task], trained, data.training, data.validation)
    if trust:
        run.save_trust(trust)


def _start_from(start: Start, trained: TrainedModel) -> None:
    """Copies the weights of the model to start from, and freezes those that do not learn."""
    base, model = open_model(start.model), trained.model
    has_same_head = base.config.head == model.config.head and base.labels == trained.labels
    training.copy_weights(model, base.load().model, has_same_head)
    match start.learns:
        case "last_blocks":
            training.let_last_blocks_learn(model, start.blocks)
        case "head":
            training.let_head_learn(model)
        case "lora":
            training.let_low_rank_change_learn(model, start.rank, start.projections)


def _training_message(learning: int, parameters: int) -> str:
    if learning == parameters:
        return f"Training {parameters:,} parameters."
    return f"Training {learning:,} of {parameters:,} parameters."


class _Reporter:
    """Writes how a run stands into its folder, and tells whoever else wants to know."""

    def __init__(self, run: Run, on_status: Callable[[Status], Any]) -> None:
        self.run = run
        self.on_status = on_status
        self.status = Status(pid=os.getpid())
        self.last_report = 0.0
        self.training_message = ""

    def report(self, state: str, message: str, **changes: Any) -> None:
        self.status = replace(self.status, state=state, message=message, **changes)
        if self.status.device:
            self.status = replace(self.status, memory_bytes=memory_in_use())
        self.run.write_status(self.status)
        self.on_status(self.status)
        self.last_report = time.monotonic()

    def on_compile(self, shape: tuple[int, ...]) -> None:
        """Says why nothing happens for some seconds."""
        size = " x ".join(str(length) for length in shape)
        self.report("running", f"Compiling for batches of {size}.")

    def on_step(self, progress: "training.Progress") -> None:
        """Takes note of a step."""
        is_last = progress.step == progress.steps
        is_due = time.monotonic() - self.last_report > SECONDS_BETWEEN_REPORTS
        if is_last or progress.validation_loss is not None or is_due:
            self.report("running", self.training_message, progress=asdict(progress))

    def should_stop(self) -> bool:
        """Whether the run was asked to stop; if so, whoever asked is told that it does."""
        if self.run.stop_requested and self.status.state != "stopping":
            self.report("stopping", "Saving what was learned.")
        return self.run.stop_requested
