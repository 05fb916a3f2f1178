"""Every experiment with every task, really trained: its sentence says what the numbers say.

The models are tiny and learn for a few steps. Each pair is judged twice: beside what is known of
how often answers occur, and as if that were little, so that the losses themselves are compared.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, replace

import pytest

from tests.training.samples import run_eagerly
from tfplay.config import ModelConfig
from tfplay.errors import DivergenceError
from tfplay.experiments import (
    EXERCISES,
    EXPERIMENTS,
    Measures,
    Outcome,
    early_gradient_norms,
    finding,
    fitting_experiments,
    outcome,
    reduced,
    verdict,
)
from tfplay.experiments.measures import last_loss
from tfplay.experiments.probe import frequency_loss, probe_model
from tfplay.recipes import Recipe, default_recipe
from tfplay.recipes.text import with_corpus
from tfplay.store import DIVERGED, write_corpus
from tfplay.tasks import TASKS, TaskData
from tfplay.training import build_for_training, train

SMALL = {"hidden_dim": 12, "num_heads": 2, "num_layers": 1}
BRIEF = {"steps": 2, "evaluate_every": 2, "warmup_steps": 1, "learning_rate": 0.05, "batch_size": 4}
EXAMPLES = {"stories": 40, "conversations": 40}
OF_RUNS = {
    "chat": "conversations",
    "masked-words": "masked-words",
    "tagging": "entities",
    "answers": "reading",
}
"""What is no exercise is broken as the recipe of a run; by the corpus that it learns from."""

NOTHING_KNOWN = 1000.0
"""A loss, in nats, that everybody is better than."""


def tiny(name: str) -> Recipe:
    if name in EXERCISES:
        recipe = EXERCISES[name].recipe()
    else:
        words = {"tokenizer_kind": "word", "vocabulary_size": 500}
        recipe = reduced(default_recipe(name, OF_RUNS[name], "tiny").with_changes(words))
    corpus = recipe.corpus or OF_RUNS[name]
    examples = EXAMPLES.get(corpus, 60)
    return with_corpus(recipe, corpus, examples).with_changes(SMALL | BRIEF)


@pytest.fixture(scope="module", autouse=True)
def uncompiled() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        run_eagerly(patch)
        yield


def test_each_task_is_broken_in_every_way():
    assert {tiny(name).task for name in (*EXERCISES, *OF_RUNS)} == set(TASKS)


@pytest.fixture(scope="module", params=(*EXERCISES, *OF_RUNS))
def prepared(request, tmp_path_factory) -> tuple[Recipe, TaskData, float, dict]:
    """A task's recipe and data, what frequencies tell of it, and what was trained already."""
    recipe = tiny(request.param)
    task = TASKS[recipe.task]
    path = write_corpus(recipe.corpus, recipe.examples, tmp_path_factory.mktemp("corpus"))
    data = task.prepare(task.read(path), **recipe.data_settings())
    return recipe, data, frequency_loss(data, list(data.validation_batches(4))), {}


def measured(recipe: Recipe, data: TaskData, trained: dict) -> tuple[Measures, ModelConfig]:
    """Trains what the recipe says and measures it; an intact model serves several experiments."""
    key = str(recipe.to_json())
    if key not in trained:
        trained[key] = _measure(recipe, data)
    return trained[key]


def _measure(recipe: Recipe, data: TaskData) -> tuple[Measures, ModelConfig]:
    config = recipe.model_config(**data.model_changes)
    model = build_for_training(config, recipe.training)
    metrics, state, message, reason, probe = [], "done", "", None, None

    def on_step(progress) -> None:
        metrics.append(asdict(progress) | {"gradient_norms": model.optimizer.gradient_norms()})

    try:
        train(model, data, recipe.training, on_step)
        probe = probe_model(model, list(data.validation_batches(4))[:2])
    except DivergenceError as error:
        state, message, reason = "failed", str(error), DIVERGED
    measures = Measures(
        state,
        message,
        config.num_layers,
        config.num_heads,
        model.count_params(),
        metrics[0]["loss"],
        last_loss(metrics),
        early_gradient_norms(metrics, recipe.training.steps),
        probe,
        reason=reason,
    )
    return measures, config


def plainly(intact: float, broken: float, known: float) -> str:
    """What may be said of two losses, worked out as simply as possible."""
    if intact >= 0.95 * known and broken >= 0.95 * known:
        return "neither learned"
    difference = abs(intact - broken)
    if difference <= 0.05 * intact or difference <= 0.01:
        return "no difference"
    if difference <= 0.1 * intact or difference <= 0.02:
        return "too close"
    if broken < intact:
        return "lower"
    return "stuck" if known - broken < 0.05 * (known - intact) else "higher"


CLAIMS = {
    "neither learned": "neither learned much more",
    "no difference": "next to no difference",
    "too close": "too close to tell",
    "stuck": "than knowing only how often",
}
OUTCOMES = {
    "neither learned": {None},
    "no difference": {Outcome.SAME},
    "too close": {None},
    "stuck": {Outcome.STUCK},
    "higher": {Outcome.WORSE},
    "lower": {Outcome.BETTER, Outcome.SAME, Outcome.USELESS, None},
}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_sentence_of_an_experiment_says_what_its_numbers_say(prepared, name):
    recipe, data, known, trained = prepared
    if name not in fitting_experiments(recipe):
        pytest.skip(f"{recipe.task} has no such part")
    experiment = EXPERIMENTS[name]
    if "num_layers" in experiment.settings:  # as deep as is seen, not as shows much
        depth = 4 if recipe.architecture == "encoder-decoder" else 2
        experiment = replace(experiment, settings=experiment.settings | {"num_layers": depth})
    (intact, _), (broken, config) = (
        measured(each, data, trained) for each in experiment.pair(recipe)
    )
    for frequency in (known, NOTHING_KNOWN):
        sentence = finding(experiment, intact, broken, frequency)
        result = outcome(intact, broken, frequency)
        if broken.state == "failed":
            assert result is Outcome.FAILED
            assert broken.message in sentence
            continue
        expected = plainly(intact.last_loss, broken.last_loss, frequency)
        assert result in OUTCOMES[expected], sentence
        if expected != "lower":
            assert {key for key, claim in CLAIMS.items() if claim in sentence} == (
                {expected} & CLAIMS.keys()
            ), sentence
        told = re.search(
            r"The loss ended at (\d+\.\d+)(?:, intact at| instead of) (\d+\.\d+)", sentence
        )
        assert told.groups() == (f"{broken.last_loss:.2f}", f"{intact.last_loss:.2f}")
        if "looks ahead" in sentence:
            assert not config.use_causal_mask
            assert config.architecture != "encoder-only"
            assert broken.last_loss < intact.last_loss
            assert broken.probe.hidden_loss > broken.probe.seen_loss
        _check_facts(sentence, intact, broken)
        for guess in Outcome:
            is_right = "You guessed right" in verdict(guess, result)
            assert is_right == (guess is result)


def _check_facts(sentence: str, intact: Measures, broken: Measures) -> None:
    """What is told besides the loss."""
    if told := re.search(
        r"spread over [\d.]+ tokens \(([\d.]+) bits\); intact over [\d.]+ tokens \(([\d.]+)",
        sentence,
    ):
        assert told.groups() == (f"{broken.probe.entropy:.2f}", f"{intact.probe.entropy:.2f}")
    if told := re.search(r"It has ([\d,]+) parameters, intact ([\d,]+)", sentence):
        assert told.groups() == (f"{broken.parameters:,}", f"{intact.parameters:,}")
    if "do the work of one" in sentence:
        assert broken.probe.head_similarity > 0.9999 >= intact.probe.head_similarity
    if told := re.search(
        r"reaching (?:(\w+) )?block 1 is ([\d.,]+) times (smaller|larger)", sentence
    ):
        stack = told[1] or ("decoder" if "decoder_block_0" in broken.gradient_norms else "encoder")
        first, last = (
            broken.gradient_norms[f"{stack}_block_{index}"] for index in (0, broken.depth - 1)
        )
        ratio = last / first if told[3] == "smaller" else first / last
        assert float(told[2].replace(",", "")) == pytest.approx(ratio, rel=0.06)
