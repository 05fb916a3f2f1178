"""Two people chat at once; what they said is theirs, and there after a reload and a restart."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.app.trained_runs import begin_run
from tests.browser.app_server import running_app
from tfplay.store import Run, create_run, default_recipe

pytestmark = pytest.mark.browser

SLOW = {"num_layers": 2, "hidden_dim": 768, "num_heads": 12, "max_sequence_length": 1024}


def make_slow_writer(folder: Path) -> Run:
    """A language model that has learned nothing and writes on until it is stopped."""
    path = folder / "text.txt"
    path.write_text("the cat sat on the mat and the dog sat on the cat\n" * 60)
    recipe = default_recipe("language-model", path.name, "tiny").with_changes(SLOW)
    run = create_run(recipe, path)
    begin_run(run)
    model = run.load_model()
    weights = model.get_weights()
    weights[0][run.load_tokenizer().end_id] = (
        0  # an embedding of zeros is never among the likeliest
    )
    model.set_weights(weights)
    run.save_model(model)
    return run


def open_chat(page: Page, address: str, query: str = "") -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{address}/chat{query}")
    expect(page.get_by_placeholder("Say something")).to_be_editable()


def say(page: Page, text: str) -> None:
    box = page.get_by_placeholder("Say something")
    expect(box).to_be_editable()
    box.fill(text)
    box.press("Enter")


def last_reply(page: Page, turns: int) -> Locator:
    """The reply, as soon as it is the last of so many turns."""
    expect(page.locator(".turn")).to_have_count(turns)
    expect(page.locator(".turn.assistant .facts").last).to_be_visible()
    return page.locator(".turn.assistant").last


def test_what_two_visitors_say_is_branched_stopped_and_found_again(
    chromium: Browser, tfplay_home: Path, tmp_path: Path
):
    slow = make_slow_writer(tmp_path)
    contexts = [chromium.new_context() for _ in range(2)]
    page, other = (context.new_page() for context in contexts)
    with running_app(tfplay_home) as address:
        for each in (page, other):
            open_chat(each, address, "?run=chat")
        say(page, "My name is <b>Zorimel</b>.")
        say(other, "My name is Ada.")
        expect(last_reply(page, 2)).to_contain_text("tokens")
        last_reply(other, 2)
        expect(page.locator(".turn.user .text")).to_have_text("My name is <b>Zorimel</b>.")
        expect(page.locator(".turn b")).to_have_count(0)
        expect(page.get_by_text("Ada")).to_have_count(0)
        expect(other.get_by_text("Zorimel")).to_have_count(0)

        question = page.locator(".turn.user").first
        question.hover()
        question.get_by_role("button", name="Edit").click()
        question.get_by_label("Edit your message").fill("What is 27 plus 45?")
        question.get_by_label("Edit your message").press("Enter")
        expect(question).to_contain_text("2/2")
        expect(last_reply(page, 2)).to_contain_text("72")
        question.get_by_role("button", name="Previous version").click()
        expect(question).to_contain_text("Zorimel")
        question.get_by_role("button", name="Next version").click()
        expect(last_reply(page, 2)).to_contain_text("72")

        other.goto(f"{address}/chat{page.url[page.url.index('?') :]}")
        expect(other.get_by_text("only they can open it")).to_be_visible()
        expect(other.locator(".turn")).to_have_count(0)

        open_chat(other, address, f"?run={slow.id}")
        other.get_by_role("button", name="How it answers").click()
        for name, key, value in (("Temperature", "Home", "0"), ("Longest answer", "End", "512")):
            slider = other.get_by_role("slider", name=name)
            slider.press(key)
            expect(slider).to_have_value(value)
        other.keyboard.press("Escape")
        say(other, "the cat")
        expect(other.locator(".st-key-growing").get_by_test_id("stText")).to_contain_text("▌")
        other.get_by_test_id("stChatInputStopButton").click()
        expect(last_reply(other, 2)).to_contain_text("stopped")
        said = other.locator(".turn.assistant .text").inner_text()
        other.reload()
        expect(other.locator(".turn.assistant .text")).to_have_text(said)

    with running_app(tfplay_home) as address:
        open_chat(page, address)
        conversations = page.locator(".st-key-found-conversations").get_by_role("button")
        expect(conversations).to_have_count(1)
        conversations.click()
        expect(page).to_have_url(re.compile("conversation="))
        expect(page.locator(".turn.assistant .text")).to_contain_text("72")
    for context in contexts:
        context.close()
