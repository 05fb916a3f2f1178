"""How long each shipped model takes to load once Keras is imported, and to give its first answer.

    python -m tests.benchmarks.zoo

Seconds, medians of `--rounds` fresh loads. They depend on the machine, so nothing tests them.
"""

import argparse
import json
import time
from collections.abc import Callable
from statistics import median

from tfplay.store import open_model
from tfplay.tasks import TASKS
from tfplay.zoo import ZOO
from tfplay.zoo.corpora import ZOO_CORPORA


def main() -> None:
    """Prints the seconds as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    open_model("digits").load()  # Keras' own first time
    print(json.dumps({name: _measure(name, rounds) for name in ZOO}, indent=1))


def _measure(name: str, rounds: int) -> dict[str, float]:
    loads = [_seconds(lambda: open_model(name).load()) for _ in range(rounds)]
    corpus = ZOO_CORPORA[ZOO[name].corpus]
    trained, task = open_model(name).load(), TASKS[corpus.task]
    [example] = corpus.examples("held-out" if "held-out" in corpus.parts else "grammar", 1, 0)
    data = "\n".join([example]) if task.about.name == "language-model" else [example]
    first = _seconds(lambda: task.evaluate(trained, data))
    return {"load": round(median(loads), 3), "first_answer": round(first, 3)}


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
