"""The Python that a recipe is copied as: run in another process, it is the same training."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tfplay.jobs.training import train_run
from tfplay.recipes import default_recipe
from tfplay.recipes.text import recipe_to_python, with_corpus
from tfplay.store import create_run, home, list_runs, write_corpus

ROOT = Path(__file__).resolve().parents[2]
SMALL = {"steps": 4, "evaluate_every": 4, "num_layers": 1, "hidden_dim": 16, "num_heads": 2}
CORPORA = {"translation": "dates", "language-model": "source-code", "images": "digits"}
RUN_ALL = "import runpy, sys\nfor script in sys.argv[1:]: runpy.run_path(script)"


def test_the_script_trains_as_the_recipe_does(tmp_path):
    scripts, losses = [], {}
    for task, corpus in CORPORA.items():
        recipe = with_corpus(default_recipe(task, "data", "tiny"), corpus, 1000).with_changes(SMALL)
        scripts.append(tmp_path / f"{task}.py")
        scripts[-1].write_text(recipe_to_python(recipe), encoding="utf-8")
        run = create_run(recipe, write_corpus(corpus, 1000, home()), tmp_path / task)
        with run.hold():
            train_run(run)
        losses[task] = [line["loss"] for line in run.metrics()]

    told = subprocess.run(
        [sys.executable, "-c", RUN_ALL, *scripts],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    again = {run.recipe.task: run for run in list_runs()}
    assert again.keys() == CORPORA.keys()
    for task, run in again.items():
        assert [line["loss"] for line in run.metrics()] == pytest.approx(losses[task], rel=1e-6)
        assert f"step 4: loss {losses[task][-1]:.4f}" in told.stdout
