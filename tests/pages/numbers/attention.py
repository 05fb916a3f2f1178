"""The numbers of the Attention page."""

import re
from base64 import b64decode

import numpy as np

from tests.pages.numbers.lesson import Lesson, Numbers
from tests.pages.shown import cells, chart, columns, component, lines, metric, table
from tfplay.figures import deepest_score

KINDS = {
    "Cross-attention": ("decoder", "cross_attention"),
    "Encoder self-attention": ("encoder", "self_attention"),
    "Masked self-attention": ("decoder", "self_attention"),
}
"""The stack and the part of each of its blocks."""

RULES = {
    "first token": lambda tokens, t, s: s == 0,
    "previous token": lambda tokens, t, s: s == t - 1,
    "itself": lambda tokens, t, s: s == t,
    "same token": lambda tokens, t, s: s != t and tokens[s] == tokens[t],
    "induction": lambda tokens, t, s: 0 < s != t and s - 1 != t and tokens[s - 1] == tokens[t],
}
"""Of a causal model, whether a rule for token t names token s."""


def kinds_of(lesson: Lesson) -> list[str]:
    return list(KINDS) if lesson.memory is not None else ["Masked self-attention"]


def choose_kind(lesson: Lesson, kind: str) -> None:
    if lesson.memory is not None:
        lesson.choose("kind", kind)


def of_all_layers(lesson: Lesson, kind: str, name: str) -> np.ndarray:
    """(layers, H, ...): a value of one kind of attention."""
    stack, part = KINDS[kind]
    return np.stack([block[part][name] for block in lesson.values[stack]["blocks"]])


def heads(lesson: Lesson) -> Numbers:
    for kind in kinds_of(lesson):
        choose_kind(lesson, kind)
        scores = of_all_layers(lesson, kind, "attention_scores")
        yield f"average, {kind}", cells(lesson.app, f"{kind} heatmap"), scores[-1].mean(axis=0)
        small = component(lesson.app, f"{kind} thumbnails")
        pixels = np.frombuffer(b64decode(small["pixels"]), "uint8").reshape(scores.shape)
        deepest = deepest_score(scores)[..., None, None]
        # Rounded to a whole number: a half may fall to either side.
        colours = 255 * np.minimum(scores / deepest, 1)
        yield f"thumbnails, {kind}", np.abs(pixels - colours).max() < 0.51, True
        notes = [f"at most {most:.0%}" for most in scores.max(axis=(2, 3)).ravel()]
        yield f"largest scores, {kind}", small["notes"], notes
    lesson.choose(f"{kind} head", "maximum")
    yield "maximum", cells(lesson.app, f"{kind} heatmap"), scores[-1].max(axis=0)
    lesson.choose(f"{kind} head", 2)
    lesson.choose(f"{kind} layer", 1)
    yield "a head", cells(lesson.app, f"{kind} heatmap"), scores[0, 1]
    for seen_as, numbers in SEEN_AS.items():
        lesson.choose("seen as", seen_as)
        yield from numbers(lesson, kind, scores[0])


def head_as_lines(lesson: Lesson, kind: str, scores: np.ndarray) -> Numbers:
    shown = np.zeros_like(scores[1])
    for target, links in enumerate(component(lesson.app, f"{kind} lines {len(shown)}")["links"]):
        for source, score in links:
            shown[target, source] = score
    yield "lines", shown, np.where(scores[1] < 0.005, 0, scores[1])


def head_as_text(lesson: Lesson, kind: str, scores: np.ndarray) -> Numbers:
    last = len(scores[1]) - 1
    strip = component(lesson.app, f"{kind} attended {last} 1 2")
    row = scores[1, last]
    yield "shades", strip["shades"], row / row.max()
    mean = scores[1].mean(axis=0)
    notes = zip(strip["notes"], row, mean, strict=True)
    for place, (note, score, received) in enumerate(notes):
        first, second = re.findall(r"[\d.]+%", note)
        yield f"what {place} gets", first, score
        yield f"what {place} gets on average", second, received


def one_pair(lesson: Lesson, kind: str, scores: np.ndarray) -> Numbers:
    stack, part = KINDS[kind]
    block = lesson.values[stack]["blocks"][0][part]
    others = np.where(np.eye(len(scores[1])), -1, scores[1])
    target, source = np.unravel_index(others.argmax(), others.shape)
    query, key = block["query"][1, target], block["key"][1, source]
    products = query * key / np.sqrt(len(query))
    [bars] = chart(lesson.app, f"{kind} pair")
    yield "products", bars["y"], products
    logits = block["attention_logits"][1, target]
    for label, expected in {
        "Sum of the products": products.sum(),
        "Logit": logits[source],
        "Score": scores[1, target, source],
        "Largest logit of the row": logits[: target + 1].max(),
    }.items():
        yield label, metric(lesson.app, label), expected


def over_distance(lesson: Lesson, kind: str, scores: np.ndarray) -> Numbers:
    length = len(scores[1])
    by_head = [
        [np.mean([head[t, t - d] for t in range(d, length)]) for d in range(length)]
        for head in scores
    ]
    found = lines(lesson.app, f"{kind} distance")
    yield "head 2 over distance", found["head 2"], by_head[1]
    yield "average over distance", found["average"], np.mean(by_head, axis=0)


SEEN_AS = {
    "Lines": head_as_lines,
    "Text": head_as_text,
    "One pair": one_pair,
    "Distance": over_distance,
}


def what_heads_do(lesson: Lesson) -> Numbers:
    kind, tokens = kinds_of(lesson)[-1], lesson.tokens
    choose_kind(lesson, kind)
    scores = of_all_layers(lesson, kind, "attention_scores")
    expected = []
    for name in columns(lesson.app, "roles"):
        named = {
            t: [s for s in range(t + 1) if RULES[name](tokens, t, s)] for t in range(1, len(tokens))
        }
        rows = [t for t in named if named[t]]
        given = [scores[..., t, named[t]].sum(axis=-1) for t in rows]
        even = np.mean([len(named[t]) / (t + 1) for t in rows])
        expected.append([even, *np.mean(given, axis=0).ravel()])
    assert len(expected) > 2
    yield "roles", cells(lesson.app, "roles"), np.transpose(expected)


def sinks(lesson: Lesson) -> Numbers:
    for kind in kinds_of(lesson):
        choose_kind(lesson, kind)
        scores = of_all_layers(lesson, kind, "attention_scores")
        lengths = np.sqrt((of_all_layers(lesson, kind, "value") ** 2).sum(axis=-1))
        found = []
        for layer, head, s in np.ndindex(lengths.shape):
            own = range(scores.shape[2])
            askers = [t for t in own if t >= s or KINDS[kind] != ("decoder", "self_attention")]
            if scores.shape[2] == scores.shape[3]:
                askers = [t for t in askers if t != s]
            if len(askers) < max(2, len(own) // 4):
                continue
            received = scores[layer, head, askers, s].mean()
            if received >= 0.3:
                length = lengths[layer, head, s] / lengths[layer, head].mean()
                found.append((layer + 1, head + 1, s + 1, received, length))
        if not found:
            yield f"sinks, {kind}", len(lesson.app.dataframe), 0
            continue
        frame = table(lesson.app, "received")
        shown = frame[["layer", "head", "position", "received", "value length"]].to_numpy()
        yield f"sinks, {kind}", sorted(shown.tolist()), sorted(found)


def two_heads(lesson: Lesson) -> Numbers:
    kind = kinds_of(lesson)[0]
    choose_kind(lesson, kind)
    left, right, *_ = of_all_layers(lesson, kind, "attention_scores")[-1]
    yield "left", cells(lesson.app, "left comparison"), left
    yield "right", cells(lesson.app, "right comparison"), right
    yield "difference", cells(lesson.app, "difference"), left - right
    distance = np.abs(left - right).sum(axis=-1) / 2
    mean, largest = (each.value for each in lesson.app.metric)
    yield "distance", mean, distance.mean()
    yield "largest distance", largest, distance.max()


NUMBERS = {
    "Heads": heads,
    "What heads do": what_heads_do,
    "Sinks": sinks,
    "Compare": two_heads,
}
