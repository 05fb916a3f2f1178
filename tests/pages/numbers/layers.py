"""The numbers of the Layers page."""

from collections import Counter

import numpy as np

from tests.pages.numbers.lesson import Lesson, Numbers, cosines, levels_of, shares
from tests.pages.shown import cells, chart, lines, metric, table
from tfplay.app.layers.probing import probed_batches
from tfplay.store import open_model


def logit_lens(lesson: Lesson) -> Numbers:
    plain = lesson.plain
    norm = plain.norm(lesson.final_norm, lesson.levels())
    probabilities = shares(np.stack([plain.answer(level) for level in norm]))
    yield "likeliest", cells(lesson.app, "lens"), probabilities.max(axis=-1)
    [heatmap] = chart(lesson.app, "lens")
    words = [lesson.tokenizer.labels(level.argmax(axis=-1)) for level in probabilities]
    yield "words", heatmap["text"], words


def residual_stream(lesson: Lesson) -> Numbers:
    levels = lesson.levels()
    yield "lengths", cells(lesson.app, "stream"), np.sqrt((levels**2).sum(axis=-1))
    embeddings = lesson.plain.weights["embeddings/token_embedding/embeddings"]
    nearest = np.sort(cosines(levels[:, lesson.row], embeddings))[:, :-6:-1]
    yield "neighbours", cells(lesson.app, "neighbours"), nearest
    lesson.choose("stream measure", "Cosine to the end")
    places = range(len(lesson.ids))
    to_end = [cosines(levels[:, place], levels[-1:, place])[:, 0] for place in places]
    yield "cosines", cells(lesson.app, "stream"), np.stack(to_end, axis=1)


def who_pushes(lesson: Lesson) -> Numbers:
    """A part's share is what it wrote, through the last norm, along the answer's direction."""
    plain, row, (best, other, *_) = lesson.plain, lesson.row, lesson.best
    kernel = plain.weights.get("token_prediction/dense/kernel")
    if kernel is None:
        kernel = plain.weights["embeddings/token_embedding/embeddings"].T
    direction = kernel[:, best] - kernel[:, other]
    end = lesson.levels()[-1, row]
    gain = plain.weights[f"{lesson.final_norm}/gamma"]
    gain = gain / np.sqrt(end.var() + plain.config.norm_epsilon)

    def share(written: np.ndarray) -> float:
        return (written - written.mean()) * gain @ direction

    found = []
    for number, block in enumerate(lesson.values["decoder"]["blocks"]):
        parts = []
        for name in [part for part in ("self_attention", "cross_attention") if part in block]:
            mixing = plain.weights[f"decoder_block_{number}/{name}/output/kernel"]
            outputs = block[name]["head_outputs"][:, row]
            by_head = np.split(mixing, len(outputs))
            parts += [share(output @ own) for output, own in zip(outputs, by_head, strict=True)]
        found.append([*parts, share(block["feed_forward"][row])])
    yield "shares", cells(lesson.app, "pushes"), found
    embedded = share(lesson.values["decoder"]["embeddings"][row])
    logits = lesson.values["logits"][row]
    difference = logits[best] - logits[other]
    for label, expected in {
        "Difference of logits": difference,
        "Sum of all shares": difference,
        "Embeddings": embedded,
        "Biases and norms": difference - embedded - np.sum(found),
    }.items():
        yield label, metric(lesson.app, label), expected
    lesson.choose("pushes against", False)
    for label in ("Logit", "Sum of all shares"):
        yield label, metric(lesson.app, label), logits[best]


def which_tokens(lesson: Lesson) -> Numbers:
    """The slope of the logit by each token's scale, by differences."""
    for stack in [name for name in ("encoder", "decoder") if name in lesson.values]:
        embeddings = lesson.values[stack]["embeddings"]
        slopes = []
        for token in range(len(embeddings)):
            nudge = 1e-5 * (np.arange(len(embeddings)) == token)[:, None]
            up, down = (_logit(lesson, stack, embeddings * (1 + x)) for x in (nudge, -nudge))
            slopes.append((up - down) / 2e-5)
        [bars] = chart(lesson.app, f"gradient {stack}")
        yield f"gradient x input, {stack}", bars["y"], slopes
    stack = lesson.values.get("encoder", lesson.values["decoder"])
    rolled = even = np.eye(len(stack["embeddings"]))
    for block in stack["blocks"]:
        rolled = (block["self_attention"]["attention_scores"].mean(axis=0) + even) / 2 @ rolled
    yield "rollout", cells(lesson.app, "rollout"), rolled


def _logit(lesson: Lesson, stack: str, embeddings: np.ndarray) -> float:
    """Of the likeliest answer, with other embeddings in one of the stacks."""
    if stack == "decoder":
        return lesson.onward(embeddings, 0)[lesson.row, lesson.best[0]]
    memory = lesson.plain.stack("encoder", embeddings, "encoder_norm")["output"]
    decoder = lesson.values["decoder"]["embeddings"]
    return lesson.onward(decoder, 0, memory)[lesson.row, lesson.best[0]]


def without_a_part(lesson: Lesson) -> Numbers:
    def losses(plain) -> np.ndarray:
        logits = plain.trace(lesson.inputs)["logits"][lesson.row]
        return -np.log(shares(logits)[lesson.best[0]])

    config, own = lesson.plain.config, losses(lesson.plain)
    heads = range(config.num_heads)
    found, rows = [], []
    for stack in [name for name in ("encoder", "decoder") if name in lesson.values]:
        attentions = ["self_attention"] + ["cross_attention"] * (
            stack == "decoder" and lesson.memory is not None
        )
        for layer in range(config.num_layers):
            parts = [(name, head) for name in attentions for head in heads]
            parts += [("feed_forward", None), ("layer", None)]
            without = [losses(lesson.plain.without(stack, layer, *part)) for part in parts]
            found += without
            gap = [np.nan] * (len(cells(lesson.app, "ablation")[0]) - len(without))
            rows.append([*without[: len(heads)], *gap, *without[len(heads) :]])
    yield "changes of loss", cells(lesson.app, "ablation"), np.array(rows) - own
    frame = table(lesson.app, "without")
    yield "losses", frame["loss"], found
    yield "probabilities", frame["probability"], np.exp(-np.array(found))


def patching(lesson: Lesson) -> Numbers:
    """The second text's stream, with one vector of the first's."""
    [key] = [box.key for box in lesson.app.text_input if str(box.key).startswith("patch text")]
    text = lesson.app.text_input(key=key).value
    assert text != lesson.query["text"]
    name, *_ = lesson.inputs
    ids = np.array(lesson.tokenizer.tokenize(text))
    ids = [*ids, *lesson.inputs[name][len(ids) :]]
    second = lesson.plain.trace(lesson.inputs | {name: ids})
    best, other, *_ = lesson.best

    def measured(logits: np.ndarray) -> float:
        return logits[lesson.row, best] - logits[lesson.row, other]

    first, own = measured(lesson.values["logits"]), measured(second["logits"])
    for label, expected in {"First text": first, "Second text": own, "Apart": first - own}.items():
        yield label, metric(lesson.app, label), expected
    for stack in [each for each in ("encoder", "decoder") if each in lesson.values]:
        if lesson.memory is not None:
            lesson.choose("patch stack", stack)
        levels = levels_of(second[stack])
        places = range(levels.shape[1] if stack == "encoder" else lesson.row + 1)
        moved = [
            [measured(_patched(lesson, second, stack, level, t)) - own for t in places]
            for level in range(len(levels))
        ]
        yield f"moved, {stack}", cells(lesson.app, "patching"), moved


def _patched(lesson: Lesson, second, stack: str, level: int, place: int) -> np.ndarray:
    """The logits of the second text with a vector of the first at one level and place."""
    x = levels_of(second[stack])[level].copy()
    x[place] = lesson.levels(stack)[level, place]
    memory = second["encoder"]["output"] if "encoder" in second else None
    if stack == "encoder":
        memory = lesson.plain.stack("encoder", x, "encoder_norm", first=level)["output"]
        x, level = second["decoder"]["embeddings"], 0
    return lesson.onward(x, level, memory)


def early_and_deep(lesson: Lesson) -> Numbers:
    """Ridge regression on every second text; the others are the examination."""
    lesson.choose("run probes", True)
    model = open_model(lesson.query["run"])
    levels, tokens, before, answers, text = [], [], [], [], []
    for inputs, labels in probed_batches(model, model.load()):
        for ids, real, wanted in zip(
            inputs["token_ids"], inputs["padding_mask"], labels, strict=True
        ):
            levels.append(levels_of(lesson.plain.trace({"token_ids": ids[real]})["decoder"]))
            tokens += ids[real].tolist()
            before += [-1, *ids[real][:-1]]
            answers += wanted[real].tolist()
            text += [len(levels)] * real.sum()
    stream, learns = np.concatenate(levels, axis=1), np.array(text) % 2 == 1
    for name, labels in {
        "the token itself": tokens,
        "the token before": before,
        "what it learned to answer": answers,
    }.items():
        asked = Counter(label for label in labels if label >= 0)
        classes = sorted(asked, key=lambda label: (-asked[label], label))[:50]
        places = np.array([classes.index(label) if label in classes else -1 for label in labels])
        accuracies = [accuracy(x, places, learns, len(classes)) for x in stream]
        yield name, lines(lesson.app, "probing")[name], accuracies


def accuracy(x: np.ndarray, places: np.ndarray, learns: np.ndarray, count: int) -> float:
    """Of the least squares with a penalty, as rows of data that want every weight to be 0."""
    learned, judged = learns & (places >= 0), ~learns & (places >= 0)
    x = (x - x[learned].mean(axis=0)) / x[learned].std(axis=0)
    one_hot = np.eye(count)[places[learned]]
    penalty = np.sqrt(0.01 * learned.sum()) * np.eye(x.shape[1])
    rows = np.concatenate([one_hot - one_hot.mean(axis=0), np.zeros((x.shape[1], count))])
    weights, *_ = np.linalg.lstsq(np.concatenate([x[learned], penalty]), rows)
    found = (x[judged] @ weights + one_hot.mean(axis=0)).argmax(axis=1)
    return (found == places[judged]).mean()


NUMBERS = {
    "Logit lens": logit_lens,
    "Residual stream": residual_stream,
    "Who pushes": who_pushes,
    "Which tokens": which_tokens,
    "Without a part": without_a_part,
    "Patching": patching,
    "Early and deep": early_and_deep,
}
