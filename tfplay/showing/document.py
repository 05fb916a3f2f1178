"""The page of `tfplay.show`: what was found in a model, as one file of HTML."""

from base64 import b64encode
from typing import Any

import numpy as np

from tfplay.errors import InputError
from tfplay.figures import deepest_score
from tfplay.figures.theme import SEQUENTIAL
from tfplay.showing.findings import Attention, Findings, Lens
from tfplay.showing.self_contained import as_json, read_component, self_contained, visible
from tfplay.showing.thumbnails import thumbnail_data

VIEWS = ("attention", "lines", "text", "lens")
"""What can be open at first."""

MOST_IN_TWO_BYTES = 1_000_000
"""Scores; of more each has one byte, or the page would grow too large for a notebook."""
MOST_SCORES = 20_000_000

EXPLORER_PARTS = ("thumbnails", "heatmap", "token_lines", "token_strip", "picture", "lens", "bars")
"""The components that the explorer mounts."""


def write_document(findings: Findings, view: str) -> str:
    """The page as HTML.

    Args:
        findings: What it shows.
        view: What is open at first, one of `VIEWS`.

    Raises:
        InputError: There are too many scores for a page.
    """
    style = "".join(read_component(name, "css") for name in ("page", "explorer"))
    return self_contained(
        title=f"Attention of {visible(findings.title)}",
        style=style,
        body=read_component("page", "html"),
        components=EXPLORER_PARTS,
        script="\n".join(read_component(name, "js") for name in ("explorer", "page")),
        blocks={"data": as_json(_data(findings, view))},
    )


def frame_height(findings: Findings) -> int:
    """Pixels that the page takes beside other things: as high as its largest table needs."""
    rows = max(each.without_padding.scores.shape[-2] for each in findings.attention)
    layers = max(len(each.layers) for each in findings.attention)
    return int(np.clip(330 + 26 * max(rows, 2 * layers), 520, 780))


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
