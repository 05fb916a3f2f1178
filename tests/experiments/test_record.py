"""Trainings that come with TFPlay: what is kept of them is what the code would train now."""

import hashlib
import json
import math
from dataclasses import replace

import pytest

from tfplay.errors import InputError
from tfplay.experiments import EXERCISES, fitting_experiments, outcome
from tfplay.experiments.measures import last_loss
from tfplay.experiments.record import (
    RECORDS,
    TrainingRecord,
    families,
    find_record,
    trainings_of,
)
from tfplay.store import write_corpus

PATHS = sorted(RECORDS.glob("*.json"))
MOST_BYTES = 2_000_000


def read(path) -> TrainingRecord:
    return TrainingRecord.from_json(json.loads(path.read_text("utf-8")))


def test_every_file_is_a_training_that_an_experiment_compares():
    wanted = {path for subject in EXERCISES for path in trainings_of(subject)}
    assert set(PATHS) <= wanted  # otherwise an experiment or a subject was changed: train it anew


def test_what_is_shown_first_is_there():
    recipe = EXERCISES["stories"].recipe()
    first = next(iter(fitting_experiments(recipe).values()))
    assert all(map(find_record, first.pair(recipe)))


def test_they_are_small():
    assert sum(path.stat().st_size for path in PATHS) < MOST_BYTES


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_what_is_kept_is_of_its_recipe(path):
    record = read(path)
    recipe, measures = record.recipe, record.measures
    assert find_record(recipe) == record
    assert recipe.training.steps == 300
    config = recipe.model_config()
    assert (measures.depth, measures.num_heads) == (config.num_layers, config.num_heads)
    if measures.state == "done":
        assert record.metrics[-1]["step"] == 300
        assert last_loss(record.metrics) == pytest.approx(measures.last_loss, rel=1e-4)
        assert all(
            0 <= bits < math.log2(config.max_sequence_length) for bits in record.entropy.values()
        )


@pytest.mark.parametrize("subject", EXERCISES)
def test_they_were_trained_on_the_corpus_as_it_is(subject, tmp_path):
    recipe = EXERCISES[subject].recipe()
    records = [read(path) for path in trainings_of(subject) if path.is_file()]
    path = write_corpus(recipe.corpus, recipe.examples, tmp_path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert {record.data_digest for record in records} <= {digest}


COMPARED = [
    (subject, family, name)
    for subject in EXERCISES
    for family, records in families(subject).items()
    for name in records
    if name != "intact"
]


@pytest.mark.parametrize(("subject", "family", "name"), COMPARED)
def test_an_outcome_follows_from_the_kept_losses(subject, family, name):
    records = families(subject)[family]
    intact, broken = records["intact"], records[name]
    result = outcome(intact.measures, broken.measures, intact.frequency_loss)
    if broken.measures.state == "failed":
        assert result == "failed"
        return
    ratio = broken.measures.last_loss / intact.measures.last_loss
    if ratio < 0.9:
        assert result in ("better", "useless", "same", None)
    elif 0.95 <= ratio <= 1.05:
        assert result == "same"
    elif ratio > 1.1:
        assert result in ("worse", "stuck")
    else:
        assert result is None


@pytest.mark.parametrize(("subject", "family", "name"), COMPARED)
def test_a_family_differs_from_its_intact_training_in_one_thing(subject, family, name):
    records, recipe = families(subject)[family], EXERCISES[subject].recipe()
    [experiment] = [each for each in fitting_experiments(recipe).values() if each.broken == name]
    assert experiment.pair(recipe) == (records["intact"].recipe, records[name].recipe)


def test_a_changed_recipe_has_no_record():
    recipe = EXERCISES["stories"].recipe()
    assert find_record(recipe)
    assert find_record(recipe.with_changes({"learning_rate": 1e-3})) is None
    assert find_record(replace(recipe, examples=1999)) is None


def test_another_format_is_told():
    data = json.loads(PATHS[0].read_text("utf-8")) | {"format": 0}
    with pytest.raises(InputError, match="format 0"):
        TrainingRecord.from_json(data)
