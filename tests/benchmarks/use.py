"""How soon the shipped models answer, how fast they write, and what a long conversation costs.

    python -m tests.benchmarks.use

Prints one JSON object. Chatting is measured as people do it: through the server route with the
common client library, and on the page in a real browser; everything is asked for once before it
counts, for that compiles. The figures depend on the machine and on what else it does: its cores and
its load average before and after are printed beside them.
"""

import argparse
import json
import os
import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

import openai
import requests
from playwright.sync_api import Locator, Page, expect

from tests.browser.app_server import running_app, running_chromium
from tfplay.config import DecodingConfig
from tfplay.store import open_model
from tfplay.text import Message

expect.set_options(timeout=60_000)  # milliseconds; the first page with a model loads TensorFlow

SAYINGS = ("My name is Zorimel.", "I like to read.", "What is my name?", "Tell me a story.")
SENTENCE = "The old woman gave the small boy a red book in the garden."

CANDIDATES = "The likeliest tokens"
CHANGED = "What is changed without each word"
PANELS = {
    "translate?run=translator": ("English", f"{CANDIDATES} of this step"),
    "understand?run=sentiment": ("Text", CHANGED),
    "understand?run=entities": ("Text", CHANGED),
    "understand?run=masked-words": ("Text", CHANGED),
    "understand?run=answers": ("Question", CHANGED),
    "understand?run=digits": (None, "What is changed when each patch is black"),
}
"""Pages with an X-ray: the field of what is asked, and the name of what is drawn last."""

OPENS = """name => {
    const isThere = () => [...document.querySelectorAll("*")].some(
        each => each.shadowRoot?.querySelector(`[aria-label="${name}"] > *`));
    window.opened = null;
    document.addEventListener("click", () => {
        const start = performance.now();
        const look = () => {
            if (isThere()) window.opened = performance.now() - start;
            else requestAnimationFrame(look);
        };
        look();
    }, {capture: true, once: true});
}"""
"""Measures from the next click until something of that name has content."""

WATCH = """() => {
    window.seen = [];
    new MutationObserver(() => {
        const growing = document.querySelector('.st-key-growing [data-testid="stText"]');
        if (growing) seen.push([performance.now(), growing.innerText.replace("▌", "").trim()]);
    }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    figures: dict[str, Any] = {
        "cores": os.cpu_count(),
        "load_average_before": os.getloadavg()[0],
        "translation_ms": translation(rounds),
    }
    with TemporaryDirectory() as home, running_app(Path(home)) as address:
        client = openai.OpenAI(base_url=f"{address}/v1", api_key="any")
        figures["chat_by_route"] = chat_by_route(client, rounds)
        figures["messages_before"] = {
            str(count): first_token_after(address, count, rounds) for count in (10, 200)
        }
        with running_chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            figures["chat_on_page"] = chat_on_page(page, address, rounds)
            figures["other_xrays_open_ms"] = panels(page, address, rounds)
    figures["load_average_after"] = os.getloadavg()[0]
    print(json.dumps(figures, indent=1))


def translation(rounds: int) -> dict[str, float]:
    """A sentence of twelve words, greedily."""
    from tfplay.tasks.translation.translate import translate

    trained = open_model("translator").load()
    config = DecodingConfig(max_new_tokens=trained.context)
    seconds = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        translate(trained, SENTENCE, config)
        seconds.append(time.perf_counter() - start)
    return milliseconds(seconds[1:])


def chat_by_route(client: openai.OpenAI, rounds: int) -> dict[str, Any]:
    """Conversations of a few turns, each as long as the sayings are many."""
    first, speeds = [], []
    for number in range(rounds + 1):
        messages: list[Message] = []
        for saying in SAYINGS:
            messages.append({"role": "user", "content": saying})
            seconds, speed, reply = stream(client, messages)
            messages.append({"role": "assistant", "content": reply})
            if number > 0:
                first.append(seconds)
                speeds.append(speed)
    return {"first_token_ms": milliseconds(first), "tokens_per_second": round(median(speeds))}


def stream(client: openai.OpenAI, messages: list[Message]) -> tuple[float, float, str]:
    """Seconds to the first token, tokens a second after it, and the reply."""
    start = time.perf_counter()
    chunks = client.chat.completions.create(
        model="chat",
        messages=messages,
        temperature=0,
        stream=True,
        stream_options={"include_usage": True},
    )
    times, pieces = [], []
    for chunk in chunks:
        if chunk.usage:
            written = chunk.usage.completion_tokens
        elif chunk.choices[0].delta.content:
            times.append(time.perf_counter() - start)
            pieces.append(chunk.choices[0].delta.content)
    return times[0], (written - 1) / max(times[-1] - times[0], 1e-3), "".join(pieces)


def first_token_after(address: str, count: int, rounds: int) -> dict[str, float]:
    """Turns of a conversation that has so many messages before the first of them.

    By plain HTTP: the client library takes longer to write 200 messages than the model to answer.
    """
    messages = [
        {"role": ("user", "assistant")[number % 2], "content": SAYINGS[number % len(SAYINGS)]}
        for number in range(count)
    ]
    seconds = []
    for number in range(rounds + 3):
        messages.append({"role": "user", "content": SAYINGS[number % len(SAYINGS)]})
        first, reply = stream_plainly(address, messages)
        messages.append({"role": "assistant", "content": reply})
        seconds.append(first)
    return milliseconds(seconds[3:])


def stream_plainly(address: str, messages: list[Message]) -> tuple[float, str]:
    """Seconds to the first token, and the reply."""
    start, first, pieces = time.perf_counter(), None, []
    asked = {"model": "chat", "messages": messages, "temperature": 0, "stream": True}
    with requests.post(f"{address}/v1/chat/completions", json=asked, stream=True) as response:
        for line in response.iter_lines(chunk_size=1, decode_unicode=True):
            if not line or line.endswith("[DONE]"):
                continue
            [choice] = json.loads(line.removeprefix("data: "))["choices"]
            if piece := choice["delta"].get("content"):
                first = first or time.perf_counter() - start
                pieces.append(piece)
    return first, "".join(pieces)


def chat_on_page(page: Page, address: str, rounds: int) -> dict[str, Any]:
    """One conversation, from the key that sends a message to what is seen of the reply.

    Then the X-ray of each reply, which the model reads again, and the bars that follow the
    temperature.
    """
    tokenizer = open_model("chat").load_tokenizer()
    page.goto(f"{address}/chat?run=chat")
    box = page.get_by_placeholder("Say something")
    first, speeds = [], []
    for number in range(rounds + 2):
        expect(box).to_be_editable()
        page.evaluate(WATCH)
        box.fill(SAYINGS[number % len(SAYINGS)])
        start = page.evaluate("performance.now()")
        box.press("Enter")
        expect(page.locator(".turn.assistant .facts")).to_have_count(number + 1)
        shown = [(now, text) for now, text in page.evaluate("seen") if text]
        final = shown[-1][1]
        last = next(now for now, text in shown if text == final)
        if number > 1:
            first.append((shown[0][0] - start) / 1000)
            written = len(tokenizer.tokenize(final))
            speeds.append((written - 1) / max((last - shown[0][0]) / 1000, 1e-3))
    opened = []
    for number in range(rounds + 2):
        reply = page.get_by_role("button", name="X-ray").nth(number)
        opened.append(opening(reply, CANDIDATES))
        if number <= rounds:
            close(reply, CANDIDATES)
    move_temperature(page, "End")
    moved = [move_temperature(page) for _ in range(rounds)]
    return {
        "first_token_ms": milliseconds(first),
        "tokens_per_second": round(median(speeds)),
        "xray_opens_ms": milliseconds(opened[1:]),
        "temperature_ms": milliseconds(moved),
    }


def panels(page: Page, address: str, rounds: int) -> dict[str, dict[str, float]]:
    """How long the other X-rays take to open, each of something that was not asked before."""
    figures = {}
    for path, (field, name) in PANELS.items():
        page.goto(f"{address}/{path}")
        switch = page.get_by_text("X-ray").last
        switch.wait_for()
        expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
        page.wait_for_timeout(1000)
        seconds = []
        for number in range(rounds + 1):
            close(switch, name)
            ask_another(page, field, number)
            seconds.append(opening(switch, name))
        figures[path] = milliseconds(seconds[1:])
    return figures


def ask_another(page: Page, field: str | None, number: int) -> None:
    """Changes the text, or takes another picture, and leaves the page time to answer."""
    if field is None:
        page.get_by_role("button", name="Another one").click()
    else:
        box = page.get_by_label(field, exact=True)
        box.fill(f"{box.input_value().rstrip('0123456789 ')} {number}")
        box.press("Tab")
    page.wait_for_timeout(3000)


def close(switch: Locator, name: str) -> None:
    """Closes the X-ray, if it is open."""
    panel = switch.page.get_by_label(name, exact=True)
    if panel.count():
        switch.click()
        expect(panel).to_have_count(0)
        switch.page.wait_for_timeout(500)


def opening(switch: Locator, name: str) -> float:
    """Seconds from the click, as the page sees it, until what has this name is drawn."""
    switch.page.evaluate(OPENS, name)
    switch.click()
    return switch.page.wait_for_function("opened").json_value() / 1000


def the_bars(page: Page) -> Locator:
    """Of the candidates in an open X-ray."""
    return page.get_by_role("list", name=CANDIDATES).locator(".row")


def move_temperature(page: Page, key: str = "ArrowLeft") -> float:
    """From a key on the slider to other bars."""
    bars = the_bars(page).all_inner_texts
    before = bars()
    start = time.perf_counter()
    page.get_by_role("slider", name="Temperature").last.press(key)
    while bars() == before:
        time.sleep(0.001)
    return time.perf_counter() - start


def milliseconds(seconds: list[float]) -> dict[str, float]:
    """Their median and 95th percentile."""
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return {"median": round(1000 * median(seconds), 1), "p95": round(1000 * p95, 1)}


if __name__ == "__main__":
    main()
