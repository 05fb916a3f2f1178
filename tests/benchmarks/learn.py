"""How soon the Learn pages follow a change, in a real browser.

    python -m tests.benchmarks.learn

Prints one JSON object: seconds, each the median of some rounds and the rounds themselves. "Changed
sentence" is from the key that ends the typing to the chart drawn anew, "changed head" from the
click. The shipped models are followed on every view; then a model of 6 layers of 8 heads, whose
first weights do, reads 128 and 512 tokens. The figures depend on the machine and on what else it
does: its cores and its load average are printed beside them.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from tests.app.trained_runs import TEXT, _begin
from tests.browser.app_server import running_app, running_chromium
from tfplay.app.heads import VIEWS as HEAD_VIEWS
from tfplay.app.layers import VIEWS as LAYER_VIEWS
from tfplay.store import create_run, default_recipe, home

SENTENCES = {
    "learning": "moon river bell / fox owl sea snow / moon",
    "sentiment": "The film was not bad at all",
    "chat": "My name is",
}
WORDS = ("river", "old", "cold", "wind", "tree", "moon", "bell")
"""Each round ends with another, so that nothing is remembered."""

WITHOUT_TEXT = ("Early and deep", "Sinks")
LARGE = {"num_layers": 6, "num_heads": 8, "hidden_dim": 128, "max_sequence_length": 512}


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--models", nargs="*", default=list(SENTENCES))
    options = parser.parse_args()
    figures: dict[str, Any] = {"cores": os.cpu_count(), "load_average_before": os.getloadavg()[0]}
    with TemporaryDirectory() as place:
        os.environ["TFPLAY_HOME"] = place
        large = untrained_run(Path(place))
        with running_app(home()) as address, running_chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(120_000)
            for model in options.models:
                for name, views in (("attention", HEAD_VIEWS), ("layers", LAYER_VIEWS)):
                    for view in views:
                        if view not in WITHOUT_TEXT:
                            opened(page, address, name, run=model, view=view)
                            key = f"{model}, {name}, {view}"
                            figures[key] = sentences(page, SENTENCES[model], options.rounds)
            opened(page, address, "attention", run=options.models[0], view="Heads")
            figures["changed head"] = measure(
                options.rounds, lambda n: redrawn(page, lambda: choose_head(page, n))
            )
            for length in (128, 512):
                opened(page, address, "attention", run=large, view="Heads")
                text = (TEXT * 20).replace("\n", " ")[: length - 8]
                figures[f"6 layers, 8 heads, {length} tokens"] = sentences(
                    page, text, options.rounds, length
                )
                figures[f"changed head, {length} tokens"] = measure(
                    options.rounds, lambda n: redrawn(page, lambda: choose_head(page, n))
                )
    figures["load_average_after"] = os.getloadavg()[0]
    print(json.dumps(figures, indent=1))


def untrained_run(folder: Path) -> str:
    """The id of a run with the first weights of a larger model, a character a token."""
    data = folder / "text.txt"
    data.write_text(TEXT * 20, encoding="utf-8")
    recipe = default_recipe("language-model", data.name, "tiny").with_changes(
        LARGE | {"tokenizer_kind": "character", "snapshots": 0}
    )
    run = create_run(recipe, data)
    with run.hold():
        _begin(run)
    return run.id


def measure(rounds: int, work: Callable[[int], float]) -> dict[str, Any]:
    """Seconds of each round after a first that does not count, and their median."""
    work(0)
    seconds = [round(work(number), 3) for number in range(1, rounds + 1)]
    print(seconds, file=sys.stderr, flush=True)
    return {"median": median(seconds), "rounds": seconds}


def sentences(page: Any, text: str, rounds: int, length: int | None = None) -> dict[str, Any]:
    """Seconds from a changed sentence to the chart."""

    def change(number: int) -> float:
        box = page.get_by_label("It reads")
        changed = f"{text} {WORDS[number % len(WORDS)]}"[:length]
        box.fill(changed.ljust(length, "a") if length else changed)
        return redrawn(page, lambda: box.press("Control+Enter"))

    return measure(rounds, change)


def choose_head(page: Any, number: int) -> None:
    page.get_by_role("radio", name=str(1 + number % 2), exact=True).last.click()


def opened(page: Any, address: str, name: str, **query: str) -> None:
    page.goto(f"{address}/{name}?{urlencode(query)}")
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.get_by_text("Export").first.wait_for()


def redrawn(page: Any, act: Callable[[], None]) -> float:
    """Seconds until a chart of the page shows other numbers."""
    page.evaluate("() => { window.drawn = document.querySelector('.js-plotly-plot').calcdata }")
    start = time.perf_counter()
    act()
    page.wait_for_function(
        "() => { const drawn = document.querySelector('.js-plotly-plot')?.calcdata;"
        " return drawn && drawn !== window.drawn }"
    )
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
