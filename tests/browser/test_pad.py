"""What is drawn on the pad with a real mouse or the keyboard, on a page that computes by itself."""

from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.test_living_page import PATIENCE, opened
from tfplay.store import open_model
from tfplay.tasks import classify_images
from tfplay.zoo.handwriting.hands import NUM_HANDS, ten_hands
from tfplay.zoo.handwriting.pad import drawn

pytestmark = pytest.mark.browser

SEEN = "document.querySelector('.drawing').shadowRoot.querySelector('.seen').toDataURL()"


def seen_on(page: Page) -> np.ndarray:
    """The picture (8, 8) that stands beside the pad."""
    png = b64decode(page.evaluate(SEEN).split(",")[1])
    pixels = np.asarray(Image.open(BytesIO(png)).convert("L"), dtype="float32") / 255
    side = len(pixels) // 8
    return pixels[side // 2 :: side, side // 2 :: side]


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory):
    with opened(chromium, open_model("digits"), tmp_path_factory.mktemp("pad")) as page:
        yield page


def draw(page: Page, strokes):
    """Moves the mouse along the strokes, which lie between (0, 0) and (1, 1)."""
    page.get_by_role("button", name="Clear").click()
    box = page.locator(".paper").bounding_box()
    for stroke in strokes:
        places = np.clip(stroke, 0.02, 0.98) * (box["width"], box["height"]) + (box["x"], box["y"])
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place)
        page.mouse.up()


def test_what_ten_hands_draw_is_seen_as_in_python_and_told_as_in_keras(page):
    generator = np.random.default_rng(3)
    trained = open_model("digits").load()
    right = 0
    for index, hand in enumerate(ten_hands()):
        digit = str((index * 3) % 10)
        strokes = [np.clip(each, 0.02, 0.98) for each in hand.write(digit, generator)]
        draw(page, strokes)
        expected = drawn(strokes, 8)
        seen = seen_on(page)
        assert np.abs(seen - expected).mean() < 0.02
        [likely] = classify_images(trained, [seen[..., None]])
        told = max(likely, key=likely.get)
        expect(page.locator(".likely .name").first).to_have_text(told, timeout=PATIENCE)
        right += told == digit
    assert right >= 0.9 * NUM_HANDS


def test_a_digit_is_drawn_with_the_keyboard_and_cleared(page):
    page.get_by_role("button", name="Clear").click()
    page.locator(".paper").focus()
    for key in ("ArrowUp",) * 5 + (" ",) + ("ArrowDown",) * 10 + (" ",):
        page.keyboard.press(key)
    expect(page.locator(".likely .name").first).to_have_text("1", timeout=PATIENCE)
    page.keyboard.press("Delete")
    assert not seen_on(page).any()
