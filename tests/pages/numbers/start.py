"""The numbers of a sentence's way on the Start page."""

import numpy as np

from tests.pages.numbers.lesson import Lesson, Numbers, shares
from tests.pages.shown import component


def way(lesson: Lesson) -> Numbers:
    """Pictures are as strong as their numbers are large; the answers' bars as long as likely."""
    first, *_ = lesson.values.values()
    decoder = lesson.values["decoder"]
    block = decoder["blocks"][0]
    attention = block.get("cross_attention", block["self_attention"])
    for title, values in {
        "Embeddings and positions": first["embeddings"],
        "Attention": attention["attention_scores"][0],
        "Inside a block": block["residual_after"],
        "Layer upon layer": decoder["output"],
    }.items():
        drawn = component(lesson.app, f"way {title}")
        shown = [cell["fill-opacity"] for cell in drawn["shapes"]]
        shape = " × ".join(map(str, values.shape))
        yield f"shape, {title}", drawn["label"].endswith(shape), True
        values = np.abs(values[:10, :24])
        yield title, shown, np.minimum(values / np.quantile(values, 0.98), 1).ravel()
    bars = [
        shape["width"]
        for shape in component(lesson.app, "way The answer")["shapes"]
        if shape["tag"] == "rect"
    ]
    likely = np.sort(shares(lesson.values["logits"][lesson.row]))[:-6:-1]
    yield "answers", bars, np.maximum(90 * likely, 1)
