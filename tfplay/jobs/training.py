"""Training a run from its recipe to its result, in this process."""

import math
import os
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from tfplay.errors import InputError
from tfplay.store import Run, Status
from tfplay.tasks import TASKS, TrainedModel
from tfplay.training import Progress, build_for_training, train

EVALUATED_EXAMPLES = 500
"""At most so many validation examples are answered for the scores: minutes would be too long."""

DENSE_STEPS = 500
"""Each of so many first steps has a line of metrics, then every second of as many, then every
third...: some 3,000 lines for 100,000 steps.
"""

SECONDS_BETWEEN_REPORTS = 0.25


def train_run(run: Run, on_status: Callable[[Status], Any] = lambda status: None) -> dict[str, Any]:
    """Does everything that the recipe says and keeps what comes of it in the run's folder.

    Call it while holding the run (`run.hold()`), or the run looks lost to others.

    Args:
        run: A run that was just created.
        on_status: Called whenever the status changes, a few times a second at most.

    Returns:
        The result: run folder, id, parameters, steps, seconds, tokens per second, losses in nats a
        token, how training ended, and the task's scores.

    Raises:
        InputError: The data or the recipe cannot be used. The status says so too.
    """
    reporter = _Reporter(run, on_status)
    try:
        result = _train(run, reporter)
    except Exception as error:
        unforeseen = f"TFPlay failed, and log.txt says where: {type(error).__name__}: {error}"
        sentence = str(error) if isinstance(error, InputError) else unforeseen
        reporter.report("failed", sentence)
        raise
    if result["stopped_early"] == "request":
        reporter.report("stopped", f"Stopped after {result['steps']} steps.", result=result)
    else:
        reporter.report("done", f"Trained for {result['steps']} steps.", result=result)
    return result


def _train(run: Run, reporter: "_Reporter") -> dict[str, Any]:
    recipe, task = run.recipe, TASKS[run.recipe.task]
    config = recipe.model_config()

    reporter.report("running", f"Reading {recipe.data_name}.")
    data = task.prepare(
        task.read(run.data_path),
        architecture=config.architecture,
        tokenizer_kind=recipe.tokenizer_kind,
        vocabulary_size=recipe.vocabulary_size,
        max_sequence_length=config.max_sequence_length,
        validation_fraction=recipe.validation_fraction,
        seed=recipe.training.seed,
    )
    if data.tokenizer:
        data.tokenizer.save(run.tokenizer_path)

    config = recipe.model_config(**data.model_changes)
    model = build_for_training(config, recipe.training)
    parameters = model.count_params()
    run.save_model_config(config, parameters, data.labels)

    reporter.report("running", f"Training {parameters:,} parameters.")
    outcome = train(model, data, recipe.training, reporter.on_step)
    run.save_model(model)

    reporter.report("running", "Answering validation examples.")
    trained = TrainedModel(recipe.task, model, data.tokenizer, data.labels)
    scores = task.evaluate(trained, data.validation, EVALUATED_EXAMPLES)
    identity = {"run": str(run.path), "id": run.id, "parameters": parameters}
    return identity | asdict(outcome) | scores | {"data": data.describe()}


class _Reporter:
    """Writes how a run stands into its folder, and tells whoever else wants to know."""

    def __init__(self, run: Run, on_status: Callable[[Status], Any]) -> None:
        self.run = run
        self.on_status = on_status
        self.status = Status(pid=os.getpid())
        self.last_report = 0.0

    def report(self, state: str, message: str, **changes: Any) -> None:
        self.status = replace(self.status, state=state, message=message, **changes)
        self.run.write_status(self.status)
        self.on_status(self.status)
        self.last_report = time.monotonic()

    def on_step(self, progress: Progress) -> bool:
        """Takes note of a step; returns whether to stop after it."""
        is_last = progress.step == progress.steps
        is_validated = progress.validation_loss is not None
        line_distance = math.ceil(progress.step / DENSE_STEPS)
        if is_last or is_validated or progress.step % line_distance == 0:
            self.run.add_metrics(asdict(progress))
        is_due = time.monotonic() - self.last_report > SECONDS_BETWEEN_REPORTS
        if is_last or is_validated or is_due:
            self.report("running", self.status.message, progress=asdict(progress))
        return self.run.stop_requested
