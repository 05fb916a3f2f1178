"""Published models trained further on sentences of film reviews: accuracy and minutes, as JSON.

`python -m tests.benchmarks.fine_tuning FOLDER [MODEL ...]`: the folder holds rt-polarity's two
files, one of sentences that are negative and one of positive ones. 80 % are trained on, 10 % are
there to validate, 10 % are held out and answered once, in the end.
"""

import json
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tfplay.jobs.training import train_run
from tfplay.recipes import default_recipe
from tfplay.store import create_run, fetch_model, start_from_model
from tfplay.tasks import TASKS
from tfplay.text import LabelledText, write_labelled

SHARE = 0.1  # of the examples, held out; and as many of all to validate


def read_reviews(folder: Path) -> list[LabelledText]:
    """All sentences with their classes, in an order drawn by seed 0."""
    examples = [
        LabelledText(line.strip(), label)
        for label, pattern in (("negative", "*neg*"), ("positive", "*pos*"))
        for path in sorted(folder.glob(pattern))
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if line.strip()
    ]
    random.Random(0).shuffle(examples)
    return examples


def measure(name: str, reviews: list[LabelledText], folder: Path) -> dict[str, object]:
    """Trains one model further and answers what was held out."""
    held_out = round(SHARE * len(reviews))
    path = folder / "reviews.csv"
    write_labelled(path, reviews[held_out:])
    fetch_model(name)
    recipe = default_recipe("classification", path.name, start=start_from_model(name))
    recipe = recipe.with_changes({"validation_fraction": SHARE / (1 - SHARE), "snapshots": 0})
    run = create_run(recipe, path)
    begin = time.monotonic()
    with run.hold():
        result = train_run(run)
    minutes = (time.monotonic() - begin) / 60
    scores = TASKS["classification"].evaluate(run.model.load(), reviews[:held_out])
    return {
        "model": name,
        "parameters": result["parameters"],
        "steps": result["steps"],
        "minutes": round(minutes, 1),
        "held_out": held_out,
        **scores,
    }


def main() -> None:
    """Prints a JSON object a model."""
    folder, *names = sys.argv[1:]
    reviews = read_reviews(Path(folder))
    for name in names or ("bert-tiny", "minilm"):
        with TemporaryDirectory() as place:
            print(json.dumps(measure(name, reviews, Path(place))), flush=True)


if __name__ == "__main__":
    main()
