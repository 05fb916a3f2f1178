"""Takes the README's picture: `python -m tests.browser.screenshots`.

It trains a small model on the sample of dates, translates one, and shows where the model looked.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.app_server import ROOT, running_app, running_chromium
from tfplay.jobs.training import train_run
from tfplay.store import Run, create_run, default_recipe
from tfplay.text import write_pairs
from tfplay.text.corpora import CORPORA

PICTURE = ROOT / "tfplay/app/static/screenshot.png"
SIZE = {"width": 1280, "height": 1080}
CHANGES = {"steps": 1500}


def main() -> None:
    """Trains in a place of its own and writes the picture."""
    with TemporaryDirectory() as folder:
        os.environ["TFPLAY_HOME"] = folder
        run = train_on_dates(Path(folder, "dates.tsv"))
        with running_app(Path(folder)) as address, running_chromium() as browser:
            page = browser.new_page(viewport=SIZE, device_scale_factor=1.5)
            page.goto(address)
            page.get_by_role("heading", level=1).wait_for()  # now the server knows its pages
            page.goto(f"{address}/translate?run={run.id}")
            page.locator(".js-plotly-plot .ytick").first.wait_for()
            page.wait_for_timeout(1000)  # until the figure has faded in
            page.screenshot(path=PICTURE)
    print(PICTURE, file=sys.stderr)


def train_on_dates(data_path: Path) -> Run:
    """A translator of dates."""
    write_pairs(data_path, CORPORA["dates"].examples("training", 4000, seed=0))
    recipe = default_recipe("translation", data_path.name, "tiny").with_changes(CHANGES)
    run = create_run(recipe, data_path)
    with run.hold():
        train_run(run)
    return run


if __name__ == "__main__":
    main()
