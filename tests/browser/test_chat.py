"""Two people chat at once; what they said is theirs, and there after a reload and a restart."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.app.trained_runs import begin_run
from tests.browser.app_server import running_app
from tfplay.recipes import default_recipe
from tfplay.store import Run, create_run, home

pytestmark = pytest.mark.browser

SLOW = {
    "num_layers": 2,
    "hidden_dim": 1024,
    "num_heads": 16,
    "max_sequence_length": 1024,
    "tie_embeddings": False,
}


def make_slow_writer(folder: Path) -> Run:
    """A language model that has learned nothing and never comes to an end by itself."""
    path = folder / "text.txt"
    path.write_text("the cat sat on the mat and the dog sat on the cat\n" * 60)
    recipe = default_recipe("language-model", path.name, "tiny").with_changes(SLOW)
    run = create_run(recipe, path)
    begin_run(run)
    model = run.model.load().model
    *weights, shift, projection = model.get_weights()
    shift[:] = 1  # of the last normalisation, so that the end token's logit is always -1024
    projection[:, run.model.load_tokenizer().end_id] = -1
    model.set_weights([*weights, shift, projection])
    run.save_model(model)
    return run


def open_chat(page: Page, address: str, query: str = "") -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{address}/chat{query}")
    expect(page.get_by_placeholder("Say something")).to_be_editable()


def say(page: Page, text: str) -> None:
    box = page.get_by_placeholder("Say something")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    box.fill(text)
    box.press("Enter")


def last_reply(page: Page, turns: int) -> Locator:
    """The reply, as soon as it is the last of so many turns."""
    expect(page.locator(".turn")).to_have_count(turns)
    reply = page.locator(".turn.assistant").last
    expect(reply.get_by_role("button", name="X-ray")).to_be_visible()
    return reply


def look_into_the_reply(page: Page) -> None:
    """Moves a slider of its X-ray, goes on from another token, and sees where that one looked."""
    reply = page.locator(".turn.assistant")
    reply.get_by_role("button", name="X-ray").click()
    expect(page.get_by_text(re.compile("^1 of "))).to_be_visible()  # at temperature 0
    chances = page.get_by_role("list", name="The likeliest tokens")
    likeliest = chances.get_by_role("listitem").first
    expect(likeliest).to_contain_text("100.0%")
    page.get_by_role("slider", name="Temperature").last.press("End")
    expect(page.get_by_text(re.compile("^40 of "))).to_be_visible()
    expect(likeliest).not_to_contain_text("100.0%")
    tokens = page.get_by_role("group", name="The reply's tokens").get_by_role("button")
    tokens.first.click()
    expect(page.get_by_text(f"Chance of {tokens.first.inner_text()}")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    other = chances.get_by_role("button").first
    begins_with = other.locator(".name").inner_text().removeprefix("␣")
    other.click()
    expect(reply).to_contain_text("2/2")
    expect(reply.locator(".text")).to_have_text(re.compile(f"^{re.escape(begins_with)}"))
    reply.get_by_role("button", name="X-ray").click()
    page.get_by_role("radio", name="Attention").click()
    looked_at = page.get_by_text(re.compile(r"the model looked most at (You|Assistant) \(\d\)"))
    expect(looked_at).to_be_visible()
    reply.get_by_role("button", name="X-ray").click()
    expect(looked_at).to_be_hidden()


def facts_of(run: Run, replies: int) -> list[dict[str, Any]]:
    """What is kept of this run's replies, as soon as there are so many."""
    deadline = time.monotonic() + 60
    facts = []
    while len(facts) < replies and time.monotonic() < deadline:
        time.sleep(0.1)
        kept = [json.loads(path.read_text()) for path in home().glob("conversations/*/*.json")]
        every = [turn["facts"] for each in kept for turn in each["messages"]]
        facts = [each for each in every if each.get("run") == run.id]
    return facts


def ask_something_else(page: Page, question: Locator) -> None:
    """Edits the question, and walks between what was asked before and now."""
    question.get_by_role("button", name="Edit").click()
    question.get_by_label("Edit your message").fill("What is 27 plus 45?")
    question.get_by_label("Edit your message").press("Enter")
    expect(question).to_contain_text("2/2")
    expect(last_reply(page, 2)).to_contain_text("72")
    question.get_by_role("button", name="Previous version").click()
    expect(question).to_contain_text("Zorimel")
    question.get_by_role("button", name="Next version").click()
    expect(last_reply(page, 2)).to_contain_text("72")


def test_what_two_visitors_say_is_branched_stopped_and_found_again(
    chromium: Browser, tfplay_home: Path, tmp_path: Path
):
    slow, some_text = make_slow_writer(tmp_path), re.compile(r"\w")
    may_copy = ["clipboard-read", "clipboard-write"]
    contexts = [chromium.new_context(permissions=may_copy) for _ in range(2)]
    page, other = (context.new_page() for context in contexts)
    with running_app(tfplay_home) as address:
        for each in (page, other):
            open_chat(each, address, "?run=chat")
        say(page, "My name is <b>Zorimel</b>.")
        say(other, "My name is Ada.")
        last_reply(page, 2)
        last_reply(other, 2)
        expect(page.locator(".turn.user .text")).to_have_text("My name is <b>Zorimel</b>.")
        expect(page.locator(".turn b")).to_have_count(0)
        expect(page.get_by_text("Ada")).to_have_count(0)
        expect(other.get_by_text("Zorimel")).to_have_count(0)

        question = page.locator(".turn.user").first
        question.hover()
        question.get_by_role("button", name="Copy").click()
        expect(question.get_by_text("Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == "My name is <b>Zorimel</b>."
        look_into_the_reply(page)
        ask_something_else(page, question)

        other.goto(f"{address}/chat{page.url[page.url.index('?') :]}")
        expect(other.get_by_text("only they can open it")).to_be_visible()
        expect(other.locator(".turn")).to_have_count(0)

        open_chat(other, address, f"?run={slow.id}")
        say(other, "the cat")
        expect(other.locator(".st-key-growing").get_by_test_id("stText")).to_contain_text(some_text)
        other.get_by_test_id("stChatInputStopButton").click()
        expect(last_reply(other, 2)).to_contain_text("stopped")
        said = other.locator(".turn.assistant .text").inner_text()
        say(other, "the dog")
        expect(other.locator(".st-key-growing").get_by_test_id("stText")).to_contain_text(some_text)
        link = other.url
        other.close()
        cut_short = facts_of(slow, replies=2)[-1]
        assert cut_short["finish_reason"] is None and cut_short["written"] < 120
        other = contexts[1].new_page()
        other.goto(link)
        expect(other.locator(".turn")).to_have_count(4)
        expect(other.locator(".turn.assistant .text").first).to_have_text(said)

    with running_app(tfplay_home) as address:
        open_chat(page, address)
        conversations = page.locator(".st-key-found-conversations").get_by_role("button")
        expect(conversations).to_have_count(1)
        conversations.click()
        expect(page).to_have_url(re.compile("conversation="))
        expect(page.locator(".turn.assistant .text")).to_contain_text("72")
    for context in contexts:
        context.close()
