"""The models that come with TFPlay, as they are shipped."""

import json
from dataclasses import replace

import pytest

from tfplay.store import SHIPPED, list_shipped, open_model, open_run
from tfplay.store.trust import load_trust
from tfplay.tasks import TASKS
from tfplay.trust import NEW_WORDS, UNLIKE
from tfplay.zoo import ZOO, evaluate_model, falls_short
from tfplay.zoo.corpora import ZOO_CORPORA
from tfplay.zoo.entry import EVERYDAY, TATOEBA
from tfplay.zoo.open_data import VARIABLE
from tfplay.zoo.training import make_recipe

MOST_BYTES = 56_000_000


@pytest.mark.parametrize("entry", ZOO.values(), ids=ZOO)
def test_a_shipped_model_reaches_what_it_must(entry, request, monkeypatch):
    if entry.encoder:  # it is measured on real sentences
        monkeypatch.setenv(VARIABLE, str(request.getfixturevalue("shared_data")))
    figures = evaluate_model(entry)
    assert falls_short(entry, figures) == []
    assert all(value >= 0 for value in figures.values())


@pytest.mark.parametrize("entry", ZOO.values(), ids=ZOO)
def test_a_shipped_model_was_made_by_its_recipe(entry):
    made = open_run(entry.name).recipe
    if made.start:  # a setting that models have got since then has its usual value
        made = replace(made, start=replace(made.start, shape=made.start.base.to_json()))
    assert made == make_recipe(entry)


@pytest.mark.parametrize("entry", ZOO.values(), ids=ZOO)
def test_a_model_card_tells_every_figure_and_how_to_get_it(entry):
    card = (SHIPPED / entry.name / "README.md").read_text(encoding="utf-8")
    figures = json.loads((SHIPPED / entry.name / "figures.json").read_text(encoding="utf-8"))
    assert f"python -m tfplay zoo train {entry.name}" in card
    assert f"{open_model(entry.name).parameters:,}" in card
    for figure in entry.figures:
        assert f"| {figure.name} | {figure.part} | {figures[figure.name]:.4g} |" in card


def test_every_shipped_model_is_whole_and_stands_where_it_is_looked_for():
    assert {run.id for run in list_shipped()} == set(ZOO)
    for run in list_shipped():
        assert run.is_shipped and run.is_usable
        assert run.status().state == "done"
        assert run.title == ZOO[run.id].title


def test_together_they_are_small():
    sizes = [path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()]
    assert sum(sizes) <= MOST_BYTES


def test_every_task_has_a_shipped_model_and_every_model_its_corpus():
    assert {ZOO_CORPORA[entry.corpus].task for entry in ZOO.values()} == set(TASKS)
    for entry in ZOO.values():
        parts = {*ZOO_CORPORA[entry.corpus].parts, EVERYDAY, TATOEBA}
        assert {figure.part for figure in entry.figures} <= parts


@pytest.mark.parametrize("name", ZOO)
def test_a_shipped_model_knows_when_to_be_doubted_and_its_card_tells_how_well(name):
    model = open_model(name)
    assert model.trust_path.stat().st_size <= 33_000
    assert model.trust_record()["own"]["texts"] > 0
    assert "## How far to trust it" in model.card()


@pytest.mark.parametrize("name", ["sentiment", "topics", "translator"])
def test_what_a_shipped_model_learned_is_not_warned_of_and_what_it_did_not_is(name):
    corpus = ZOO_CORPORA[ZOO[name].corpus]
    [example] = corpus.examples("training", 1, 0)
    own = TASKS[corpus.task].as_typed(example)
    trust = load_trust(open_model(name).trust_path)
    assert trust.judge(own, 1.0).sentence == ""
    assert trust.judge(f"{own} glimmerpot", 1.0) == (NEW_WORDS, ("glimmerpot",), 1.0)
    for text in ("Der Zug nach Bremen kommt heute leider an", "sdfkj qwoeiru zxmcnv alskdj"):
        assert trust.judge(text, 1.0).sentence == UNLIKE
