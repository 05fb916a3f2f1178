"""A visitor who presses whatever is there, page after page, meets no error.

`TFPLAY_WALK_SEED=8` and `TFPLAY_WALK_MOVES=200` ask for another walk, or a longer one: before a
release it is 200. A failure prints every move up to it.
"""

import os
import random
import re

import pytest
from playwright.sync_api import ElementHandle, Error, Page, TimeoutError

from tests.browser.app_server import running_app

pytestmark = pytest.mark.browser

SEED = int(os.environ.get("TFPLAY_WALK_SEED", "7"))
MOVES = int(os.environ.get("TFPLAY_WALK_MOVES", "100"))
PAGES = (
    *("", "tokens", "embeddings", "block", "attention", "layers", "concepts", "train", "runs"),
    *("models", "break_it", "learned", "translate", "chat", "write", "understand", "lessons"),
    "classroom",
)
TEXTS = ("We are friends.", "a", "", "the [MASK] sees it", "हम दोस्त हैं", "=1+1", "tea " * 60)
WIDGETS = ", ".join(
    [
        'button[role="radio"]',
        'label[data-baseweb="radio"]',
        'label[data-baseweb="checkbox"]',
        'input[role="combobox"]',
        'div[role="slider"]',
        'input[type="range"]',
        "textarea",
        'input[type="text"]:not([role="combobox"])',
        '[data-testid="stNumberInputStepUp"]',
        "summary",
        'button[role="tab"]',
        '[data-testid="stButton"] button',
        '[data-testid="stPopoverButton"]',
        ".token",
        "button.row",
        "canvas",
    ]
)
"""What can be pressed, moved or written in, components' cells among it."""
DEAR = re.compile("train|fetch|delete|resume|import|download|go on|deploy|probe", re.IGNORECASE)
"""Words on buttons that begin what takes long, or takes something away."""
WRONG = re.compile("KeyError|IndexError|Traceback|NoneType|StreamlitAPIException|Page not found")
PATIENCE = 180_000  # milliseconds; the first page with a model loads TensorFlow
PRESS = 3000  # milliseconds; what cannot be pressed within them is covered by something


def test_random_moves_over_all_pages_meet_no_error(page: Page, tfplay_home):
    with running_app(tfplay_home) as address:
        page.goto(address)
        _settle(page)
        trail = []
        draw = random.Random(SEED)
        unseen = list(PAGES)
        for _ in range(MOVES):
            trail.append(_move(page, address, draw, unseen))
            wrong = _what_is_wrong(page)
            assert not wrong, f"{wrong}\nseed {SEED}, at {page.url}, after\n" + "\n".join(trail)


def _move(page: Page, address: str, draw: random.Random, unseen: list[str]) -> str:
    """Does one thing; says what."""
    chance = draw.random()
    if chance < 0.16:
        name = unseen.pop(draw.randrange(len(unseen))) if unseen else draw.choice(PAGES)
        link = page.locator(f'[data-testid="stSidebarNav"] a[href$="/{name}"]').first
        link.evaluate("link => link.click()")
        return f"menu: {name or 'start'}"
    if chance < 0.20:
        page.go_back()
    elif chance < 0.22:
        page.go_forward()
    elif chance < 0.24:
        page.reload()
    else:
        return _touch(page, draw)
    if not page.url.startswith(address):  # before the first page there is nothing
        page.goto(address)
    return f"back, forward or reload: {page.url}"


def _touch(page: Page, draw: random.Random) -> str:
    """Uses one of the widgets on the screen."""
    main = page.locator('[data-testid="stMain"]')
    shown = [each for each in main.locator(WIDGETS).element_handles() if each.is_visible()]
    cheap = [each for each in shown if not DEAR.search(each.text_content() or "")]
    if not cheap:
        return "nothing to touch"
    chosen = draw.choice(cheap)
    name = chosen.evaluate(
        "e => [e.tagName, e.ariaLabel || '', e.textContent.trim().slice(0, 40)].join(' ')"
    )
    try:
        return f"{name}: {_use(page, chosen, draw)}"
    except Error as error:  # a rerun took it away, or something lies over it
        return f"{name}: could not be used, {error.message.splitlines()[0]}"


def _use(page: Page, widget: ElementHandle, draw: random.Random) -> str:
    kind = widget.evaluate("e => `${e.tagName} ${e.getAttribute('role') || e.type || ''}`")
    if kind == "INPUT combobox":
        widget.click(timeout=PRESS)
        options = page.locator('[role="option"]').element_handles()
        if options:
            option = draw.choice(options)
            text = option.text_content() or ""
            option.click(timeout=PRESS)
            return f"chooses {text}"
        page.keyboard.press("Escape")
        return "opened"
    if kind.startswith("TEXTAREA") or kind == "INPUT text":
        text = draw.choice(TEXTS)
        widget.fill(text, timeout=PRESS)
        widget.press("Control+Enter" if kind.startswith("TEXTAREA") else "Enter", timeout=PRESS)
        return f"writes {text!r}"
    if kind in ("DIV slider", "INPUT range"):
        key = draw.choice(("Home", "End", "ArrowRight", "ArrowLeft"))
        widget.focus()
        page.keyboard.press(key)
        return key
    if kind.startswith("CANVAS"):
        box = widget.bounding_box() or {"width": 1, "height": 1}
        place = {"x": draw.random() * box["width"], "y": draw.random() * box["height"]}
        widget.click(position=place, timeout=PRESS)
        return f"pressed at {place['x']:.0f}, {place['y']:.0f}"
    widget.click(timeout=PRESS)
    return "pressed"


def _settle(page: Page) -> None:
    """Waits until the page has run to its end and stays so for a moment."""
    page.wait_for_timeout(250)
    page.wait_for_function(
        """() => {
            const app = document.querySelector('[data-testid="stApp"]');
            return app?.dataset.testScriptState === "notRunning"
                && app.dataset.testConnectionState === "CONNECTED";
        }""",
        timeout=PATIENCE,
    )


def _what_is_wrong(page: Page) -> str | None:
    """What no visitor should see once the page is at rest; `None` if there is nothing of it."""
    try:
        _settle(page)
    except TimeoutError as error:
        return f"The page does not come to rest: {error.message.splitlines()[0]}"
    boxes = page.locator(".stException")
    if boxes.count():
        return boxes.first.inner_text()
    found = WRONG.search(page.locator("body").inner_text())
    return found and f"The page says {found[0]}."
