"""What a Keras user does: their own model in a notebook, in the app, and taken away again."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Page, expect

from tests.browser.app_server import ROOT
from tests.checkpoints.keras_files import originals

pytestmark = pytest.mark.browser


def executed(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page that `nbconvert` makes of a notebook after running it in a process of its own."""
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "2")
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", str(notebook)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return notebook.with_suffix(".html")


def test_show_works_in_an_executed_notebook_that_is_opened_without_a_network(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    code = 'import tfplay\n\ntfplay.show("sentiment", "Not bad at all.")'
    path = tmp_path / "notebook.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(code)]), path)
    page = chromium.new_page(offline=True)
    page.goto(executed(path, monkeypatch).as_uri())
    frame = page.frame_locator('iframe[title^="Attention of"]')
    frame.get_by_role("combobox", name="Head").select_option("1")
    frame.get_by_role("application").hover(position={"x": 3, "y": 3})
    expect(frame.get_by_role("status")).to_contain_text("%")
    page.close()


def test_a_miniature_gpt_is_dropped_looked_into_and_taken_away_as_a_notebook_that_runs(
    page: Page, own_app: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    originals.miniature_gpt().save(tmp_path / "mini.keras")
    page.goto(f"{own_app}/models")
    page.get_by_role("tab", name="Add your own").click()
    page.locator("input[type=file]").first.set_input_files(tmp_path / "mini.keras")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("a decoder of 2 blocks, 3 heads of 6, 29 words")).to_be_visible()
    page.get_by_text("gelu in the feed-forward networks", exact=True).click()
    expect(page.get_by_text("assumed:")).not_to_contain_text("relu in the feed")
    page.get_by_role("button", name="Add this model").click()

    page.get_by_role("link", name="See its attention").click()
    page.get_by_label("It reads").fill("5 7 9 11")
    expect(page.get_by_text(re.compile("gives \\d+% of its attention to"))).to_be_visible()

    page.goto(f"{own_app}/layers?run=mini&view=Without+a+part&text=5+7+9+11")
    expect(page.get_by_text(re.compile("Without .* it has .*%"))).to_be_visible()

    page.goto(f"{own_app}/models?run=mini")
    page.get_by_test_id("stExpander").get_by_text("Take it away").click()
    page.get_by_role("button", name="Make the file").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(r"Download .*\.zip")).click()
    zipfile.ZipFile(download.value.path()).extractall(tmp_path / "away")
    [notebook] = (tmp_path / "away").rglob("*.ipynb")
    assert executed(notebook, monkeypatch).exists()  # its last cell compares answers
