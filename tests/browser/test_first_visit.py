"""What a newcomer does before training anything: each page has a model that came with TFPlay."""

import csv
import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(page: Page, app: str) -> Page:
    """The start page of an app in which nothing was trained."""
    page.goto(app)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def go_to(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_translation_and_where_the_model_looked(visit: Page):
    visit.get_by_role("link", name="Translate", exact=True).last.click()
    visit.get_by_label("It reads").fill("We are friends.")
    expect(visit.get_by_text("हम दोस्त हैं।", exact=True)).to_be_visible()
    expect(visit.get_by_text("ham dost haiṁ.")).to_be_visible()
    candidates = visit.get_by_role("list", name="The likeliest tokens of this step")
    expect(candidates.get_by_role("listitem")).to_have_count(6)


def test_a_chat_that_remembers_a_made_up_name_also_after_a_reload(visit: Page):
    go_to(visit, "Chat")
    replies = visit.locator(".turn")
    for number, message in enumerate(["My name is Zorimel.", "What is my name?"], start=1):
        visit.get_by_placeholder("Say something").fill(message)
        visit.get_by_placeholder("Say something").press("Enter")
        expect(replies).to_have_count(2 * number)
    expect(replies.last).to_contain_text("Zorimel")
    visit.reload()
    expect(replies.last).to_contain_text("Zorimel")


def test_a_sentiment_entities_a_masked_word_an_answer_and_a_digit(visit: Page):
    go_to(visit, "Understand")
    expect(visit.get_by_role("heading", level=4)).to_contain_text("negative")
    visit.goto(re.sub(r"/understand.*", "/understand?run=sentiment", visit.url))
    visit.get_by_label("It reads").fill("The film was not bad at all.")
    visit.get_by_label("It reads").press("Control+Enter")
    expect(visit.get_by_role("heading", level=4)).to_contain_text("positive")

    changes = visit.get_by_role("list", name="What is changed without each word")
    not_or_bad = re.compile(r"^(not|bad)-\d{2,3}\.\d$")
    expect(changes.get_by_role("listitem").first).to_have_text(not_or_bad)
    changes.hover()
    with visit.expect_download() as download:
        visit.get_by_role("link", name="CSV").last.click()
    rows = list(csv.DictReader(download.value.path().open(encoding="utf-8-sig")))
    assert {"not", "bad"} == {row["name"] for row in rows if float(row["value"]) < -0.1}
    visit.get_by_text("X-ray").click()
    expect(changes).to_be_hidden()

    visit.get_by_role("radio", name="Entities").click()
    expect(visit.locator("mark.span small").first).to_be_visible()

    visit.get_by_role("radio", name="Fill in words").click()
    filled = visit.locator("p.spans mark.span")
    expect(filled).to_have_count(1)
    visit.get_by_role("group", name="Words").get_by_role("button", name="cat").click()
    expect(filled).to_have_count(2)  # the mask of the example, and the word that was clicked

    visit.get_by_role("radio", name="Answer from a passage").click()
    expect(visit.get_by_text("Answer ·", exact=False)).to_be_visible()
    answer = visit.locator(".st-key-answer").get_by_test_id("stText")
    expect(visit.locator("p.spans mark.span")).to_have_text(answer.inner_text())

    visit.get_by_role("radio", name="Digits").click()
    visit.get_by_role("radio", name="A picture of the data set").click()
    visit.get_by_role("radio", name="7", exact=True).click()
    expect(visit.get_by_role("heading", level=4)).to_contain_text("7")


def test_a_digit_drawn_with_the_mouse_is_told_apart(visit: Page):
    go_to(visit, "Understand")
    visit.get_by_role("radio", name="Digits").click()
    expect(visit.get_by_text("Draw a digit")).to_be_visible()
    box = visit.locator(".paper").bounding_box()
    middle = box["x"] + box["width"] / 2
    visit.mouse.move(middle, box["y"] + 10)
    visit.mouse.down()
    visit.mouse.move(middle, box["y"] + box["height"] - 10, steps=10)
    visit.mouse.up()
    expect(visit.get_by_role("heading", level=4)).to_contain_text("1")
    expect(visit.get_by_text("How much of its attention [CLS] gives")).to_be_visible()
    patches = visit.get_by_role("group", name="The attention to each patch").get_by_role("button")
    patches.first.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "Enter"):
        visit.keyboard.press(key)
    expect(visit.get_by_text("How much of its attention row 2, column 3")).to_be_visible()
    expect(patches.nth(6)).to_have_attribute("aria-pressed", "true")
