"""What a page that computes costs: its size, how long it takes to open, how fast it writes.

    python -m tests.benchmarks.living_page --rounds 5

Printed is JSON: for shipped models and for two of random weights the parameters, the file's bytes
and bytes a parameter, the seconds until the page has loaded with its model, and the tokens a second
of greedy decoding in real Chromium after a prompt, the median of some rounds. `load` is how many
processes wanted a processor meanwhile, beside the processors there are: with more of the former the
figures are too low.
"""

import argparse
import json
import os
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser

from tests.browser.app_server import running_chromium
from tests.exports.test_scripts import random_model
from tfplay.exports import export_model
from tfplay.store import Model, open_model

SHIPPED = ("translator", "chat", "text")
RANDOM = {
    "random, 2 million": {"hidden_dim": 192, "num_layers": 4},
    "random, 20 million": {"hidden_dim": 512, "num_layers": 6},
}
WRITE = """async ([prompt, source, most]) => {
    const begun = performance.now();
    let written = 0;
    for await (const _ of tfplay.generate(prompt, { source, most, stop: -1 })) written++;
    return (1000 * written) / (performance.now() - begun);
}"""
OPENED = "performance.getEntriesByType('navigation')[0].loadEventEnd / 1000"


def measure(browser: Browser, model: Model, folder: Path, rounds: int) -> dict[str, Any]:
    """Writes the page and opens it as often as asked, each time as a new one."""
    path = folder / "page.html"
    export_model(model, "page", path)
    size = path.stat().st_size
    has_encoder = model.config.architecture == "encoder-decoder"
    prompt, source = ([2], list(range(20, 36))) if has_encoder else (list(range(20, 36)), None)
    opened, speeds = [], []
    for _ in range(rounds):
        page = browser.new_page(offline=True)
        page.goto(path.as_uri())
        opened.append(page.evaluate(OPENED))
        page.evaluate(WRITE, [prompt, source, 8])  # the browser compiles what is used often
        speeds.append(page.evaluate(WRITE, [prompt, source, 30]))
        page.close()
    return {
        "parameters": model.parameters,
        "bytes": size,
        "bytes_per_parameter": round(size / model.parameters, 3),
        "opened_seconds": round(median(opened), 2),
        "tokens_per_second": round(median(speeds)),
    }


def main() -> None:
    """Measures all models and prints what was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as folder, running_chromium() as browser:
        models = {name: open_model(name) for name in SHIPPED}
        for name, sizes in RANDOM.items():
            options = {"max_sequence_length": 256, "num_heads": 8, **sizes}
            place = Path(folder, name)
            models[name] = random_model(place, name, "decoder-only", "language-model", options)
        found = {
            name: measure(browser, model, Path(folder), rounds) for name, model in models.items()
        }
    print(json.dumps(found | {"load": os.getloadavg()[0], "processors": os.cpu_count()}, indent=1))


if __name__ == "__main__":
    main()
