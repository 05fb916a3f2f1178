"""A page that needs nothing from anywhere: data, components and style in one file of HTML."""

import json
import unicodedata
from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from tfplay.cutting import cut_text
from tfplay.errors import InputError
from tfplay.figures import deepest_score
from tfplay.figures.theme import SEQUENTIAL
from tfplay.showing.findings import Attention, Findings, Lens
from tfplay.showing.thumbnails import thumbnail_data

COMPONENTS = Path(__file__).parent / "components"
"""A folder for each component in plain JavaScript, which the app's pages draw too."""

VIEWS = ("attention", "lines", "text", "lens")
"""What can be open at first."""

MOST_IN_TWO_BYTES = 1_000_000
"""Scores; of more each has one byte, or the page would grow too large for a notebook."""
MOST_SCORES = 20_000_000

LONGEST_NAME = 60  # characters
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}  # categories of Unicode
_JOINERS = "\u200c\u200d"
"""What is invisible and yet belongs to letters, as those of Hindi."""

_PARTS = ("thumbnails", "heatmap", "token_lines", "token_strip", "picture", "lens", "bars")

# The script alone may run, by its hash; nothing may be fetched, sent or framed.
_POLICY = (
    "default-src 'none'; script-src 'sha256-{hash}'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{body}{templates}<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def write_document(findings: Findings, view: str) -> str:
    """The page as HTML.

    Args:
        findings: What it shows.
        view: What is open at first, one of `VIEWS`.

    Raises:
        InputError: There are too many scores for a page.
    """
    script = _script()
    policy = _POLICY.format(hash=b64encode(sha256(script.encode()).digest()).decode())
    return _PAGE.format(
        policy=policy,
        title=escape(f"Attention of {visible(findings.title)}"),
        style=_read("page", "css"),
        body=_read("page", "html"),
        templates="".join(map(_template, _PARTS)),
        data=_as_json(_data(findings, view)),
        script=script,
    )


def frame_height(findings: Findings) -> int:
    """Pixels that the page takes beside other things: as high as its largest table needs."""
    rows = max(each.without_padding.scores.shape[-2] for each in findings.attention)
    layers = max(len(each.layers) for each in findings.attention)
    return int(np.clip(330 + 26 * max(rows, 2 * layers), 520, 780))


def visible(text: str) -> str:
    """A name as it is drawn: not long, and what is invisible or turns text round by its number."""
    shown = "".join(
        letter
        if unicodedata.category(letter) not in _INVISIBLE or letter in _JOINERS
        else f"\\u{ord(letter):04x}"
        for letter in text[: 4 * LONGEST_NAME]
    )
    return cut_text(shown, LONGEST_NAME) or "∅"


def _data(findings: Findings, view: str) -> dict[str, Any]:
    total = sum(each.without_padding.scores.size for each in findings.attention)
    if total > MOST_SCORES:
        raise InputError(
            f"There are {total:,} scores; a page holds {MOST_SCORES:,}. Give less to read: "
            "to_arrays has all of them."
        )
    size = 2 if total <= MOST_IN_TWO_BYTES else 1
    return {
        "title": visible(findings.title),
        "view": view,
        "attention": [_attention_data(each, size) for each in findings.attention],
        "lens": findings.lens and _lens_data(findings.lens),
        "picture": None if findings.picture is None else np.round(findings.picture, 3).tolist(),
        "colours": SEQUENTIAL,
    }


def _attention_data(attention: Attention, size: int) -> dict[str, Any]:
    """Scores as whole numbers of `size` bytes, from 0 to the largest of their head."""
    shown = attention.without_padding
    scores = shown.scores
    heads_and_mean = np.concatenate([scores, scores.mean(axis=1, keepdims=True)], axis=1)
    largest = np.maximum(scores.max(axis=(-2, -1), keepdims=True), 1e-12)
    steps = 256**size - 1
    numbers = np.round(scores / largest * steps).astype(f"<u{size}")
    return {
        "title": shown.title,
        "layers": [visible(layer) for layer in shown.layers],
        "rows": [visible(name) for name in shown.targets],
        "columns": [visible(name) for name in shown.sources],
        "scores": b64encode(numbers.tobytes()).decode(),
        "bytes": size,
        "largest": largest[..., 0, 0].astype(float).tolist(),
        "deepest": deepest_score(heads_and_mean).astype(float).tolist(),
        "thumbnails": thumbnail_data(scores),
        "rounding": float(largest.max() / steps / 2),
        "padding": [
            len(attention.targets) - len(shown.targets),
            len(attention.sources) - len(shown.sources),
        ],
    }


def _lens_data(lens: Lens) -> dict[str, Any]:
    return {
        "levels": lens.levels,
        "places": [visible(place) for place in lens.places],
        "choices": lens.choices.tolist(),
        "probabilities": np.round(lens.probabilities, 4).tolist(),
        "names": [visible(name) for name in lens.names],
        "usual": lens.usual,
    }


def _as_json(data: dict[str, Any]) -> str:
    """JSON in which nothing ends the script that it stands in, and no letter is invisible."""
    text = json.dumps(data, separators=(",", ":"))
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _script() -> str:
    """The components' modules, each in a function of its own, and the page's."""
    parts = [
        f"components.{name} = (() => {{\nlet module;\n{_read(name, 'js')}\nreturn module;\n}})();"
        for name in _PARTS
    ]
    modules = "\n".join(parts).replace("export default ", "module = ")
    return f'"use strict";\nconst components = {{}};\n{modules}\n{_read("page", "js")}'


def _template(name: str) -> str:
    """A component's style and HTML, to be copied into a place that no other style reaches."""
    style, html = _read(name, "css"), _read(name, "html")
    return f'<template id="{name}"><style>\n{style}</style>\n{html}</template>\n'


def _read(name: str, kind: str) -> str:
    return (COMPONENTS / name / f"component.{kind}").read_text(encoding="utf-8")
