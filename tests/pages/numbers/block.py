"""The numbers of the page "Inside a block"."""

import re
from base64 import b64decode
from copy import copy
from dataclasses import replace

import numpy as np

from tests.explain.plain_forward import PlainForward, Values, gelu, relu
from tests.pages.numbers.lesson import Lesson, Numbers, shares
from tests.pages.shown import bars, chart, component, lines, metric, table, told
from tfplay.app.block.chosen_block import ChosenBlock
from tfplay.app.block.matrices import step_matrices
from tfplay.app.block.names import step_symbols
from tfplay.app.block.switches import ACTIVATION, HEAD, MASK, OFF, RESIDUAL, SCALE
from tfplay.app.block.walkthrough import STEP
from tfplay.app.lesson import Subject, traced
from tfplay.explain import Switches
from tfplay.store import open_model


def walkthrough(lesson: Lesson) -> Numbers:
    """Every step's result as it would be drawn, and two of them as they are."""
    query = lesson.query
    subject = Subject(open_model(query["run"]), query["text"], query["second"])
    chosen = ChosenBlock(subject, traced(subject), "decoder", 0)
    steps = chosen.steps(Switches())
    expected = steps_of(lesson, lesson.values["decoder"]["blocks"][0])
    assert [(step.part, step.name) for step in steps] == list(expected)
    for step, symbols in zip(steps, step_symbols(steps, 0), strict=True):
        tokens = chosen.tokens, chosen.sources(step.part)
        result = step_matrices(step, symbols, 0, *tokens)[-1].values
        yield f"{step.part}, {step.name}", result, expected[step.part, step.name]
    for place in (("self_attention", "products"), ("feed_forward", "added")):
        lesson.choose(STEP, place)
        result = component(lesson.app, "matrix steps")["matrices"][-1]
        shown = np.frombuffer(b64decode(result["values"]), "<f4").reshape(result["shape"])
        yield f"{place}, drawn", shown, expected[place]


def steps_of(lesson: Lesson, block: Values) -> dict[tuple[str, str], np.ndarray]:
    """Every matrix on the way through the decoder's first block; of the first head."""
    plain, own = lesson.plain, "decoder_block_0"
    x, after = block["residual_before"], block["residual_after_self_attention"]
    parts = {"self_attention": (x, None, after)}
    if lesson.memory is not None:
        parts["cross_attention"] = (after, lesson.memory, block["residual_after_cross_attention"])
        after = block["residual_after_cross_attention"]
    steps = {("self_attention", "input"): x}
    for part, (stream, memory, added) in parts.items():
        normed = plain.norm(f"{own}/{part}_residual/norm", stream)
        source = normed if memory is None else memory
        read = {"query": normed, "key": source, "value": source}
        found = {"normalized": normed} | ({} if memory is None else {"encoder_output": memory})
        found |= {name: plain.dense(f"{own}/{part}/{name}", y) for name, y in read.items()}
        trace = {name: values[0] for name, values in block[part].items() if name != "output"}
        found |= {f"{name}_heads": trace[name] for name in read}
        found["products"] = trace["query"] @ trace["key"].T
        found["scaled"] = trace["attention_logits"]
        if memory is None:
            allowed = np.tri(len(x), dtype=bool)
            found["masked"] = np.where(allowed, trace["attention_logits"], -np.inf)
        found |= {"softmax": trace["attention_scores"], "head_outputs": trace["head_outputs"]}
        found["joined"] = np.concatenate(block[part]["head_outputs"], axis=-1)
        found |= {"mixed": block[part]["output"], "added": added}
        steps |= {(part, name): values for name, values in found.items()}
    normed = plain.norm(f"{own}/feed_forward_residual/norm", after)
    up = plain.dense(f"{own}/feed_forward/up", normed)
    found = {"normalized": normed, "up": up, "activated": gelu(up), "down": block["feed_forward"]}
    found["added"] = block["residual_after"]
    return steps | {("feed_forward", name): values for name, values in found.items()}


def answers(lesson: Lesson) -> Numbers:
    """The model's own, and with the first block changed."""
    plain, x = lesson.plain, lesson.values["decoder"]["embeddings"]
    own = shares(lesson.values["logits"][lesson.row])
    shown = bars(lesson.app, "The model's own answer bars")
    yield "answers", list(shown.values()), np.sort(own)[:-6:-1]
    yield "doubt", told(lesson.app, r"own answer\*\* · ([\d.]+) bits"), bits(own)
    scores = lesson.values["decoder"]["blocks"][0]["self_attention"]["attention_scores"]
    entropy = np.mean([bits(row) for row in scores.reshape(-1, scores.shape[-1])])
    yield "entropy", metric(lesson.app, "as the model is"), entropy
    yield "largest", metric(lesson.app, "Largest share of a row"), scores.max(axis=-1).mean()
    for key, value, changed in [
        (SCALE, True, changed_config(plain, scale_attention=False)),
        (MASK, True, changed_config(plain, use_causal_mask=False)),
        (RESIDUAL, True, changed_config(plain, use_residual=False)),
        (ACTIVATION, "relu", changed_config(plain, activation="relu")),
        (HEAD, 2, only_head(plain, 1)),
    ]:
        lesson.choose(key, value, **OFF)
        block = changed.block("decoder_block_0", x, lesson.memory, True)
        logits = lesson.onward(block["residual_after"], 1)
        shown = bars(lesson.app, "With the block changed bars")
        probabilities = shares(logits[lesson.row])
        yield f"answers, {key}", list(shown.values()), np.sort(probabilities)[:-6:-1]
        others = lesson.values["logits"].argmax(axis=-1) != logits.argmax(axis=-1)
        yield f"changed, {key}", told(lesson.app, r"another one at \*\*(\d+) of"), others.sum()


def changed_config(plain: PlainForward, **changes) -> PlainForward:
    other = copy(plain)
    other.config = replace(plain.config, **changes)
    return other


def only_head(plain: PlainForward, kept: int) -> PlainForward:
    """The first block's attentions hear one head."""
    for part in ("self_attention", "cross_attention"):
        if f"decoder_block_0/{part}/output/kernel" in plain.weights:
            for head in set(range(plain.config.num_heads)) - {kept}:
                plain = plain.without("decoder", 0, part, head)
    return plain


def bits(probabilities: np.ndarray) -> float:
    some = probabilities[probabilities > 0]
    return -(some * np.log2(some)).sum()


def each_token_alone(lesson: Lesson) -> Numbers:
    plain, x = lesson.plain, lesson.values["decoder"]["embeddings"]
    order = np.random.default_rng(0).permutation(len(x))

    def attention(rows: np.ndarray) -> np.ndarray:
        read = plain.norm("decoder_block_0/self_attention_residual/norm", rows)
        mask = np.tri(len(rows), dtype=bool)
        return plain.attention("decoder_block_0/self_attention", read, read, mask)["output"]

    def network(rows: np.ndarray) -> np.ndarray:
        return plain.feed_forward("decoder_block_0/feed_forward", rows)

    frame = table(lesson.app, "each token alone")
    for place, sublayer in enumerate((attention, network)):
        whole = sublayer(x)
        shuffled = np.abs(sublayer(x[order])[np.argsort(order)] - whole).max()
        alone = np.abs(np.concatenate([sublayer(row[None]) for row in x]) - whole).max()
        expected = [shuffled, alone, np.abs(whole).max()]
        shown = frame.iloc[place][["shuffled", "each token alone", "size of its numbers"]]
        yield f"{sublayer.__name__} alone", shown.to_numpy(dtype=float), expected


def layer_norm(lesson: Lesson) -> Numbers:
    plain, x = lesson.plain, lesson.values["decoder"]["embeddings"]
    deviation = np.sqrt(x.var(axis=-1, keepdims=True) + plain.config.norm_epsilon)
    divided = (x - x.mean(axis=-1, keepdims=True)) / deviation
    after = plain.norm("decoder_block_0/self_attention_residual/norm", x)
    stages = {"before": x, "divided": divided, "after gain and shift": after}
    for trace in chart(lesson.app, "norms"):
        rows = stages.pop(trace["name"])
        yield f"means {trace['name']}", trace["y"], rows.mean(axis=-1)
        yield f"deviations {trace['name']}", trace["error_y"]["array"], rows.std(axis=-1)
    assert not stages


def activation(lesson: Lesson) -> Numbers:
    plain, block = lesson.plain, lesson.values["decoder"]["blocks"][0]
    stream = block["residual_after_cross_attention"]
    normed = plain.norm("decoder_block_0/feed_forward_residual/norm", stream)
    sums = plain.dense("decoder_block_0/feed_forward/up", normed)
    neurons = chart(lesson.app, "activation")[-1]
    yield "sums", neurons["x"], sums[0, :400]
    yield "what neurons answer", neurons["y"], gelu(sums[0, :400])
    grid = chart(lesson.app, "activation")[0]["x"]
    for name, curve in {"relu": relu, "gelu": gelu}.items():
        yield name, lines(lesson.app, "activation")[name], curve(grid)
    yield "below 0", told(lesson.app, r"\*\*(\d+%)\*\* are below 0"), (sums < 0).mean()


def shifted_right(lesson: Lesson) -> Numbers:
    labels = lesson.ids[1:].tolist()
    labels += [] if lesson.memory is None else [lesson.tokenizer.end_id]
    probabilities = shares(lesson.values["logits"][: len(labels)])
    likely = [row[label] for row, label in zip(probabilities, labels, strict=True)]
    loss = -np.log(likely).mean()
    yield "loss", told(lesson.app, r"loss of this sentence: \*\*([\d.]+)\*\*"), loss
    [page] = [
        each.proto.body for each in lesson.app.get("html") if "class='shifted'" in each.proto.body
    ]
    shown = re.findall(r"<td style='[^']*'>([\d.]+%)</td>", page)
    for place, (number, expected) in enumerate(zip(shown, likely, strict=True)):
        yield f"label {place}", number, expected


NUMBERS = (
    walkthrough,
    answers,
    each_token_alone,
    layer_norm,
    activation,
    shifted_right,
)
