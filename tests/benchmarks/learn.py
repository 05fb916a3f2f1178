"""How soon the Learn pages follow a change, in a real browser.

    python -m tests.benchmarks.learn

Prints one JSON object, in milliseconds. A change is timed from the key or click that makes it until
the page's run has ended and nothing more has been drawn: another sentence for shipped models on
every view, another layer and head of the heat map. Then a model of 6 layers of 8 heads, whose first
weights do, reads 128 and 512 tokens. The figures depend on the machine and on what else it does:
its cores and its load average are printed beside them.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, expect

from tests.app.trained_runs import TEXT, begin_run
from tests.browser.app_server import running_app, running_chromium
from tests.browser.learn_views import LEARN_VIEWS, address_of
from tfplay.recipes import default_recipe
from tfplay.store import create_run

SENTENCES = {
    "chat": ("My name is Ada", "My dog is old", "What is my name", "The sky is blue"),
    "sentiment": ("the film was not bad", "the food was very good", "a dull and slow book"),
    "translator": ("The boy eats bread.", "She reads a book.", "The girl drinks water."),
}
LARGE = {"num_layers": 6, "num_heads": 8, "hidden_dim": 128, "max_sequence_length": 512}
LENGTHS = (128, 512)  # tokens
SLOWEST = 60_000  # milliseconds

WATCH = """(slowest) => {
    const app = document.querySelector('[data-testid="stApp"]');
    window.settled = new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error("Nothing was drawn.")), slowest);
        let start, end, hasRun = false, waiting;
        const begin = (event) => { start ??= event.timeStamp; };
        const look = () => {
            const isRunning = app.dataset.testScriptState === "running";
            hasRun ||= isRunning;
            end = performance.now();
            clearTimeout(waiting);
            if (start && hasRun && !isRunning) waiting = setTimeout(finish, 400);
        };
        const run = new MutationObserver(look), drawing = new MutationObserver(look);
        const finish = () => {
            run.disconnect();
            drawing.disconnect();
            removeEventListener("keydown", begin, true);
            removeEventListener("pointerdown", begin, true);
            resolve(end - start);
        };
        addEventListener("keydown", begin, true);
        addEventListener("pointerdown", begin, true);
        run.observe(app, {attributeFilter: ["data-test-script-state"]});
        const main = document.querySelector('[data-testid="stMain"]');
        drawing.observe(main, {subtree: true, childList: true, characterData: true});
    });
}"""


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--models", nargs="*", default=list(SENTENCES))
    options = parser.parse_args()
    expect.set_options(timeout=SLOWEST)
    figures: dict[str, Any] = {"cores": os.cpu_count(), "load_average_before": os.getloadavg()[0]}
    with TemporaryDirectory() as place:
        os.environ["TFPLAY_HOME"] = place
        large = untrained_run(Path(place))
        with running_app(Path(place)) as address, running_chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(SLOWEST)
            page.goto(address)
            for model in options.models:
                figures[model] = shipped_model(page, address, model, options.rounds)
            for length in LENGTHS:
                name = f"6 layers, 8 heads, {length} tokens"
                figures[name] = large_model(page, address, large, length, options.rounds)
    figures["load_average_after"] = os.getloadavg()[0]
    print(json.dumps(figures, indent=1))


def shipped_model(page: Page, address: str, model: str, rounds: int) -> dict[str, Any]:
    """Another sentence on every view, another layer and head of the heat map."""
    sentences = {}
    for path, view in LEARN_VIEWS:
        open_page(page, address_of(address, path, view, run=model))
        sentences[view or path] = other_sentences(page, SENTENCES[model], rounds)
    open_page(page, address_of(address, "attention", "Heads", run=model))
    return {
        "sentence": sentences,
        "layer": other_choices(page, "Layer", rounds),
        "head": other_choices(page, "Head", rounds),
    }


def large_model(page: Page, address: str, run: str, length: int, rounds: int) -> dict[str, Any]:
    """A text of so many tokens on the page with all heads."""
    open_page(page, address_of(address, "attention", "Heads", run=run))
    text = TEXT.replace("\n", " ")
    texts = [text[start : start + length] for start in range(7)]
    return {
        "sentence": other_sentences(page, texts, rounds),
        "head": other_choices(page, "Head", rounds),
    }


def untrained_run(folder: Path) -> str:
    """The id of a run with the first weights of a larger model, a character a token."""
    data = folder / "text.txt"
    data.write_text(TEXT * 20, encoding="utf-8")
    recipe = default_recipe("language-model", data.name, "tiny").with_changes(
        LARGE | {"tokenizer_kind": "character", "snapshots": 0}
    )
    run = create_run(recipe, data)
    with run.hold():
        begin_run(run)
    return run.id


def other_sentences(page: Page, texts: Sequence[str], rounds: int) -> dict[str, Any]:
    """From the key that ends the typing."""
    box = page.get_by_label("It reads")

    def change(number: int) -> float:
        box.fill(texts[number % len(texts)])
        return settled(page, lambda: box.press("Control+Enter"))

    return rounds_of(rounds, change)


def other_choices(page: Page, what: str, rounds: int) -> dict[str, Any]:
    """From the click, on the first and the second by turns."""
    choices = page.get_by_role("radiogroup", name=what).get_by_role("radio")
    return rounds_of(rounds, lambda number: settled(page, choices.nth(number % 2).click))


def rounds_of(count: int, change: Callable[[int], float]) -> dict[str, Any]:
    """Milliseconds of each round after a first that does not count, and their median."""
    change(0)
    rounds = [round(change(number)) for number in range(1, count + 1)]
    print(rounds, file=sys.stderr, flush=True)
    return {"median": median(rounds), "rounds": rounds}


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_label("It reads").wait_for()
    is_idle = '[data-testid="stApp"][data-test-script-state="notRunning"]'
    page.locator(is_idle).wait_for()
    page.wait_for_timeout(1500)  # what is drawn after the run


def settled(page: Page, act: Callable[[], None]) -> float:
    """Milliseconds from the key or click until all is drawn."""
    page.evaluate(WATCH, SLOWEST)
    act()
    return page.evaluate("settled")


if __name__ == "__main__":
    main()
