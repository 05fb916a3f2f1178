"""The training workshop: stop and resume, slide through snapshots, take a part away."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import STEPS
from tests.jobs.samples import write_pairs
from tfplay.store import list_runs

pytestmark = pytest.mark.browser

MINUTES = 60_000  # milliseconds


def test_a_training_is_stopped_resumed_and_looked_back_on(
    page: Page, own_app: str, tmp_path: Path, tfplay_home: Path
):
    page.goto(own_app)
    page.get_by_test_id("stMain").get_by_role("link", name="Train", exact=True).click()
    page.get_by_role("radio", name="Upload a file").click()
    page.locator("input[type=file]").set_input_files(write_pairs(tmp_path))
    expect(page).to_have_url(re.compile(r"data=numbers\.tsv"))  # the form knows of it
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    page.get_by_label(STEPS).fill("1900")
    page.get_by_label(STEPS).press("Enter")
    expect(page).to_have_url(re.compile("steps=1900"))
    page.get_by_role("button", name="Train", exact=True).click()

    expect(page.get_by_text(re.compile(r"Step \d\d+ of 1,900"))).to_be_visible(timeout=3 * MINUTES)
    page.get_by_role("button", name="Stop and keep what was learned").click()
    expect(page.get_by_text(re.compile("Stopped a"))).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text(re.compile(r"Step \d+ of 1,900"))).to_be_visible(timeout=3 * MINUTES)
    page.get_by_role("button", name="Stop and keep what was learned").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()

    [run] = list_runs()
    assert run.model.steps()[0] == 0
    page.get_by_test_id("stMain").get_by_role("link", name="Attention", exact=True).click()
    page.get_by_role("button", name=re.compile(r"^Step \d")).click()
    slider = page.get_by_role("slider", name="Training step")
    expect(slider).to_be_visible()
    slider.press("Home")
    expect(page).to_have_url(re.compile("step=0"))
    expect(page.locator(".js-plotly-plot .ytick").first).to_be_visible()


def test_without_position_the_finding_is_made_of_both_trainings(page: Page, own_app: str):
    page.goto(own_app)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Break it").click()
    for label, option in (
        ("What to learn", "Reading digits"),
        ("What to break", "Without position"),
    ):
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=option).click()
    page.get_by_role("radio", name="150").click()
    train_both = page.get_by_role("button", name="Train both")
    expect(page.get_by_text(re.compile("Two encoder-only models.* 150 steps each"))).to_be_visible()
    expect(train_both).to_be_disabled()
    page.get_by_text("It learns, but the loss ends higher").click()
    train_both.click()
    expect(page).to_have_url(re.compile("run="))
    page.reload()  # the trial does not mind
    finding = page.locator(".st-key-finding")
    expect(finding).to_contain_text(re.compile(r"The loss ended at \d"), timeout=6 * MINUTES)
    intact, broken = sorted(list_runs(), key=lambda run: run.created)
    assert intact.model.config.position != "none" == broken.model.config.position
