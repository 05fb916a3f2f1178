"""What the bars' own CSV writes, in a real browser."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tfplay.text.spreadsheets import to_csv

pytestmark = pytest.mark.browser

SOURCE = Path(__file__).resolve().parents[2] / "tfplay/showing/components/bars/component.js"
NAMES = [
    *("=1+1", "@x", "+1+1", "-1+1", "\t=1", "\rx", " =1", "'=1", "\ufeff=1", "\u200b=1", "＝1"),
    *("−1+1", "-0.5", "+3", "1e-05", "-1E5", ".5", "plain", 'a "b", c', "हम", "", "x\n=1", "-"),
]


def test_bars_mark_the_same_texts_as_every_other_table(page: Page):
    script = SOURCE.read_text(encoding="utf-8").replace("export default", "const draw =")
    lines = page.evaluate(f"rows => {{ {script}\n return csv(rows) }}", [[n, 1] for n in NAMES])
    ours = to_csv([["name", "value"], *([name, 1] for name in NAMES)])
    assert list(csv.reader(io.StringIO("\n".join(lines), newline=""))) == list(
        csv.reader(io.StringIO(ours, newline=""))
    )
