"""What `tfplay.show` returns: a page for a notebook, and its numbers."""

import os
from functools import cached_property
from html import escape
from pathlib import Path

import numpy as np
import plotly.graph_objects as go

from tfplay import figures
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.showing.document import frame_height, write_document
from tfplay.showing.findings import Findings, Lens
from tfplay.text.files import draft


class Shown:
    """A model's attention on one input. A notebook shows it; the numbers can be had.

    Args:
        findings: What was found in the model.
        view: What is open at first, one of `document.VIEWS`.

    Example:
        >>> shown = show("sentiment", "Not bad.")
        >>> shown.figures(layer=2, head=1)["Self-attention"].show()
    """

    def __init__(self, findings: Findings, view: str = "attention"):
        self._findings = findings
        self._view = view

    @cached_property
    def html(self) -> str:
        """The whole page, which needs nothing from anywhere and asks nobody for anything."""
        return write_document(self._findings, self._view)

    def save_html(self, path: str | os.PathLike) -> None:
        """Writes the page to a file: the whole file, or none.

        Raises:
            InputError: The path is a folder, does not end in `.html`, or cannot be written.
        """
        path = Path(path)
        if path.suffix.lower() not in (".html", ".htm"):
            raise InputError(f"{quoted(str(path))} does not end in .html.")
        if path.is_dir():
            raise InputError(f"{quoted(str(path))} is a folder; name a file in it.")
        with draft(path) as place:
            place.write_text(self.html, encoding="utf-8")

    def to_arrays(self) -> dict[str, np.ndarray]:
        """All numbers by name, each of one example without a batch axis.

        `..._scores` are the scores of one kind of attention, (layers, H, T, S), `..._targets` and
        `..._sources` the positions that look and are looked at, `..._layers` the layers' names. Of
        a model of ours also its inputs, `..._query`, `..._key` and `..._value` (layers, H, T or S,
        D), `residual_stream` (layers + 1, T, E) and `logits`; of others what they answered,
        `output`.
        """
        return dict(self._findings.arrays)

    def figures(self, layer: int = 1, head: int = 1) -> dict[str, go.Figure]:
        """One head as Plotly figures: a heat map and lines of each kind of attention.

        Of a model of ours also the answer of each layer.

        Args:
            layer: Counted from 1.
            head: Counted from 1.

        Raises:
            InputError: No kind of attention has such a head.
        """
        found = {}
        for each in self._findings.attention:
            layers, heads = each.scores.shape[:2]
            if layer in range(1, layers + 1) and head in range(1, heads + 1):
                scores = each.scores[layer - 1, head - 1]
                positions = each.targets, each.sources
                found[each.title] = figures.attention_heatmap(scores, *positions)
                found[f"{each.title}, lines"] = figures.attention_lines(scores, *positions)
        if not found:
            raise InputError(f"There is no layer {layer} with a head {head}; both count from 1.")
        if lens := self._findings.lens:
            found["Answer of each layer"] = _lens_figure(lens)
        return found

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that the notebook's style and this one do not mix."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts allow-downloads" '
            f'title="{escape(f"Attention of {self._findings.title}")}" '
            f'style="width: 100%; height: {frame_height(self._findings)}px; border: 0; '
            'border-radius: 8px;"></iframe>'
        )

    def __repr__(self) -> str:
        kinds = ", ".join(
            "{} of {} layers of {} heads".format(each.title, *each.scores.shape)
            for each in self._findings.attention
        )
        return f"<Attention of {self._findings.title}: {kinds}; .save_html(path) writes it>"


def _lens_figure(lens: Lens) -> go.Figure:
    texts = [[lens.names[choice] for choice in row] for row in lens.choices[..., 0]]
    return figures.grid(
        lens.probabilities[..., 0],
        lens.levels,
        lens.places,
        "",
        texts,
        number_format=".0%",
        limits=(0, 1),
    )
