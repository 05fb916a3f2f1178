"""How soon Start shows its picture, how soon it follows a sentence, and how smoothly it moves.

    python -m tests.benchmarks.start

Prints one JSON object. The first paint is timed on a warm server, from the beginning of the
navigation until a token is drawn, with an empty cache and with a filled one; a sentence from the
key that ends the typing until its picture is there; both in milliseconds. Frames are counted over
three seconds of the moving picture. The figures depend on what else the machine does: its load
average is printed beside them.
"""

import argparse
import json
import os
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.app_server import running_app, running_chromium

SENTENCES = {
    "decoder-only": ("One day Tom had a dog", "The old man opened the", "Mira saw a small"),
    "encoder-decoder": ("We are friends.", "The boy drinks water.", "She is reading a new book."),
    "encoder-only": ("The food was good.", "It was a dull film.", "We loved the music."),
}
SIZE = {"width": 1280, "height": 800}
SLOWEST = 60_000  # milliseconds

FIND = """window.inPicture = (selector) => {
    for (const each of document.querySelectorAll(".st-key-flow *")) {
        const found = each.shadowRoot?.querySelector(selector);
        if (found) return found;
    }
};"""
FIRST_PAINT = """(() => {
    const look = () => {
        if (inPicture(".part")) requestAnimationFrame(() => (window.painted = performance.now()));
        else requestAnimationFrame(look);
    };
    look();
})();"""
FOLLOWS = """(text) => new Promise((resolve) => {
    addEventListener("keydown", ({ timeStamp }) => {
        const look = () => {
            const isThere = inPicture("svg[role=group]").ariaLabel.includes(`“${text}”`);
            if (isThere) resolve(performance.now() - timeStamp);
            else requestAnimationFrame(look);
        };
        look();
    }, { capture: true, once: true });
})"""
FRAMES = """() => new Promise((resolve) => {
    let count = 0, start;
    const frame = (now) => {
        start ??= now;
        if (now - start >= 3000) resolve(count / ((now - start) / 1000));
        else {
            count += 1;
            requestAnimationFrame(frame);
        }
    };
    requestAnimationFrame(frame);
})"""


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    figures: dict[str, Any] = {"cores": os.cpu_count(), "load_average_before": os.getloadavg()[0]}
    with (
        TemporaryDirectory() as home,
        running_app(Path(home)) as address,
        running_chromium() as browser,
    ):
        warm_up(browser, address)
        figures["first paint, empty cache"] = rounded(
            first_paint(browser.new_context(viewport=SIZE), address) for _ in range(rounds)
        )
        context = browser.new_context(viewport=SIZE)
        first_paint(context, address)
        figures["first paint, filled cache"] = rounded(
            first_paint(context, address) for _ in range(rounds)
        )
        page = new_page(context)
        for name, texts in SENTENCES.items():
            open_start(page, f"{address}/?architecture={name}")
            figures[name] = {
                "sentence": rounded(
                    follow(page, texts[number % len(texts)]) for number in range(rounds + 3)
                ),
                "frames a second": round(page.evaluate(FRAMES), 1),
            }
            page.get_by_role("button", name="Step by step").click()
            figures[name]["frames a second, step by step"] = round(page.evaluate(FRAMES), 1)
    figures["load_average_after"] = os.getloadavg()[0]
    print(json.dumps(figures, indent=1))


def warm_up(browser: Browser, address: str) -> None:
    """Starts TensorFlow and loads each model."""
    page = new_page(browser.new_context(viewport=SIZE))
    for name, texts in SENTENCES.items():
        open_start(page, f"{address}/?architecture={name}")
        follow(page, texts[-1])
    page.close()


def new_page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(SLOWEST)
    page.add_init_script(FIND)
    return page


def open_start(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".part").first.wait_for()
    page.wait_for_timeout(1500)  # what comes after the picture


def first_paint(context: BrowserContext, address: str) -> float:
    """Milliseconds from the beginning of the navigation until tokens are drawn."""
    page = new_page(context)
    page.add_init_script(FIRST_PAINT)
    page.goto(address)
    page.wait_for_function("window.painted")
    painted = page.evaluate("painted")
    page.close()
    return painted


def follow(page: Page, text: str) -> float:
    """Milliseconds from the key that sends a sentence until its picture is there."""
    page.get_by_label("It reads").fill(text)
    page.evaluate(f"window.followed = ({FOLLOWS})({json.dumps(text)}); 0")
    page.keyboard.press("Control+Enter")
    return page.evaluate("followed")


def rounded(times: Iterable[float]) -> dict[str, Any]:
    """Milliseconds of each round, and their median."""
    rounds = [round(each) for each in times]
    return {"median": median(rounds), "rounds": rounds}


if __name__ == "__main__":
    main()
