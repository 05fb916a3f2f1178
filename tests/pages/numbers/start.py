"""The numbers of a sentence's way on the Start page."""

import numpy as np

from tests.pages.numbers.lesson import Lesson, Numbers, levels_of, shares
from tests.pages.shown import component


def way(lesson: Lesson) -> Numbers:
    """Of each stack the vectors and the attention scores, and how likely the answers are."""
    flow = component(lesson.app, "flow")["flow"]
    for lane, ids in zip(flow["lanes"], lesson.inputs.values(), strict=True):
        values = lesson.values[lane["stack"]]
        drawn = slice(lane["first"], lane["first"] + len(lane["tokens"]))
        yield "token ids", lane["token_ids"], ids[drawn]
        shown = np.array(lane["values"])
        yield f"{lane['stack']} values", shown, levels_of(values)[:, drawn, : shown.shape[2]]
        for kind in ("self_attention", "cross_attention"):
            if lane[kind]:
                scores = np.stack([block[kind]["attention_scores"] for block in values["blocks"]])
                sources = drawn if kind == "self_attention" else slice(len(lane[kind][0][0][0]))
                yield f"{lane['stack']} {kind}", lane[kind], scores[:, :, drawn, sources]
    likely = shares(lesson.values["logits"])
    if lesson.memory is None:
        expected = np.sort(likely[lesson.row])[::-1][: len(flow["choices"])]
    else:
        expected = likely.max(axis=-1)
    yield "answers", flow["probabilities"], expected
