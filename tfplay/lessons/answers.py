"""The answers to a lesson's questions, each computed by a model when it is asked for."""

import inspect
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from tfplay import explain
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.showing.kinds import kinds_of
from tfplay.store import Model, find_model, find_run
from tfplay.tasks import TASKS, TrainedModel

Load = Callable[[Model], TrainedModel]
"""Loads a model, perhaps from a cache."""
_LARGEST = 10_000_000
"""Of a whole number that a computation takes."""
_PROBABILITY = re.compile(r": [\d.]+%$")
"""What follows most answers."""


def next_token(load: Load, model: str, text: str, step: int | None = None) -> str:
    """The likeliest next token, without the mark of the space before it.

    Args:
        load: Loads the model.
        model: The id of one that continues a text.
        text: What it reads.
        step: Of its training; `None` is its end.
    """
    trained = load(_continuing(model, "next_token", step))
    reading = TASKS[trained.task].read_typed(trained, text)
    logits = explain.trace_arrays(trained.model, reading.inputs).logits[0, -1]
    return _word(trained.choice_names([int(np.argmax(logits))])[0])


def answer(load: Load, model: str, text: str, step: int | None = None) -> str:
    """What the model makes of the text: its translation, its class, its next token.

    Args:
        load: Loads the model.
        model: Its id.
        text: What it reads.
        step: Of its training; `None` is its end.
    """
    trained = load(_model(model, step))
    return _PROBABILITY.sub("", TASKS[trained.task].answer_line(trained, text))


def token_count(load: Load, model: str, text: str) -> str:
    """How many tokens the text falls into, without those that stand for no text.

    Args:
        load: Loads the model.
        model: Its id.
        text: What it reads.
    """
    return str(len(load(_model(model)).source_tokenizer.tokenize(text)))


def most_attended(
    load: Load,
    model: str,
    text: str,
    layer: int,
    head: int,
    token: int,
    kind: str = "",
    step: int | None = None,
) -> str:
    """The token that another looks at most, without the mark of the space before it.

    Args:
        load: Loads the model.
        model: Its id.
        text: What it reads.
        layer: From 1.
        head: From 1.
        token: The place of the token that looks, from 1.
        kind: Of attention, as the page Attention names it; empty is the first of the model's.
        step: Of its training; `None` is its end.
    """
    trained = load(_model(model, step))
    reading = TASKS[trained.task].read_typed(trained, text)
    trace = explain.trace_arrays(trained.model, reading.inputs)
    kinds = {each.title: each for each in kinds_of(trace, reading)}
    if kind and kind not in kinds:
        raise InputError(f"kind is {quoted(kind)}; this model has {', '.join(kinds)}.")
    shown = kinds[kind or next(iter(kinds))]
    scores = shown.stack.attention_scores(shown.sublayer)[:, 0]  # (layers, H, T, S)
    places = {"layer": layer, "head": head, "token": token}
    for (name, place), count in zip(places.items(), scores.shape, strict=False):
        if not 1 <= place <= count:
            raise InputError(f"{name} is {place}; it must be from 1 to {count}.")
    return _word(shown.sources[int(scores[layer - 1, head - 1, token - 1].argmax())])


def loss_change(load: Load, model: str) -> str:
    """Whether the loss of the model's training "falls" or "rises" from its beginning to its end.

    Args:
        load: Loads models; none is needed.
        model: The id of one that was trained here, or came with TFPlay.
    """
    run = find_run(model)
    losses = [each["loss"] for each in run.metrics()] if run else []
    if len(losses) < 2:
        raise InputError(f"Of {quoted(model)} it is not known how its loss went in training.")
    return "falls" if losses[-1] < losses[0] else "rises"


def settled_step(load: Load, model: str, text: str) -> str:
    """The first step of training from which on the next token is what it is in the end.

    Args:
        load: Loads the model.
        model: The id of one that kept its weights at several steps.
        text: What it reads.
    """
    steps = _model(model).steps()
    if len(steps) < 2:
        raise InputError(f"{quoted(model)} kept no weights of its training to compare.")
    tokens = [next_token(load, model, text, step) for step in steps]
    changed = [place for place, token in enumerate(tokens) if token != tokens[-1]]
    return f"{steps[changed[-1] + 1 if changed else 0]:,}"


def settled_block(load: Load, model: str, text: str) -> str:
    """From where on the likeliest next token is the answer's: "embeddings", or "after block n".

    Args:
        load: Loads the model.
        model: The id of one that continues a text.
        text: What it reads.
    """
    trained = load(_continuing(model, "settled_block"))
    reading = TASKS[trained.task].read_typed(trained, text)
    trace = explain.trace_arrays(trained.model, reading.inputs)
    likeliest = explain.logit_lens(trained.model, trace)[:, -1].argmax(axis=-1)
    changed = np.flatnonzero(likeliest != likeliest[-1])
    level = int(changed[-1]) + 1 if changed.size else 0
    return f"after block {level}" if level else "embeddings"


def nearest_token(load: Load, model: str, token: str) -> str:
    """The token whose embedding points most nearly where another's does.

    Args:
        load: Loads the model.
        model: Its id.
        token: As the page Embeddings shows it, perhaps with ␣ for a space before it.
    """
    trained = load(_model(model))
    labels = trained.source_tokenizer.labels(range(trained.source_tokenizer.vocabulary_size))
    if token not in labels:
        raise InputError(f"{quoted(token)} is no token of this model.")
    row = explain.token_vectors(trained.model)[[labels.index(token)]]
    [[_, nearest]] = explain.nearest_tokens(trained.model, row, 2)  # it is the nearest to itself
    return _word(labels[nearest.token_id])


COMPUTATIONS: dict[str, Callable[..., str]] = {
    each.__name__: each
    for each in (
        *(next_token, answer, token_count, nearest_token),
        *(most_attended, settled_block, settled_step, loss_change),
    )
}
"""What a question's answer may be, by name; each takes the question's other arguments."""


def computed_answer(computation: dict[str, Any], load: Load) -> str:
    """What a model answers to a question.

    Args:
        computation: As `Question.answer` has it.
        load: Loads a model, perhaps from a cache.

    Returns:
        The answer, in the words of the question's choices.

    Raises:
        InputError: There is no such model, layer or token.

    Example:
        >>> computation = {"compute": "token_count", "model": "text", "text": "Tom found a key."}
        >>> computed_answer(computation, lambda model: model.load())
        '5'
    """
    arguments = {name: value for name, value in computation.items() if name != "compute"}
    return COMPUTATIONS[computation["compute"]](load, **arguments)


def check_computation(computation: object) -> None:
    """Raises an `InputError` unless it names a computation and has the arguments that it takes."""
    if not isinstance(computation, dict):
        raise InputError(f"answer is {quoted(computation)}; it must be a JSON object.")
    name = computation.get("compute")
    if name not in COMPUTATIONS:
        raise InputError(f"compute is {quoted(name)}; it must be one of {', '.join(COMPUTATIONS)}.")
    taken = dict(list(inspect.signature(COMPUTATIONS[name]).parameters.items())[1:])
    for argument, value in computation.items():
        if argument == "compute":
            continue
        if argument not in taken:
            raise InputError(f"{name} takes {', '.join(taken)}, not {quoted(argument)}.")
        if taken[argument].annotation is str:
            is_right, right = isinstance(value, str), "a text"
        else:
            is_right = isinstance(value, int) and not isinstance(value, bool)
            is_right, right = is_right and 0 <= value <= _LARGEST, "a whole number from 0"
        if not is_right:
            raise InputError(f"{argument} is {quoted(value)}; it must be {right}.")
    for argument, parameter in taken.items():
        if parameter.default is parameter.empty and argument not in computation:
            raise InputError(f"{name} needs {argument}.")


def _model(name: str, step: int | None = None) -> Model:
    model = find_model(name)
    if model is None:
        raise InputError(f"There is no model {quoted(name)}.")
    if step is not None and step not in model.steps():
        raise InputError(f"{model.title} kept no weights after step {step:,}.")
    return model.at(step)


def _continuing(name: str, compute: str, step: int | None = None) -> Model:
    """A model that continues a text, of which alone something can be computed."""
    model = _model(name, step)
    if model.task != "language-model":
        raise InputError(f"{model.title} does not continue texts: {compute} is not for it.")
    return model


def _word(label: str) -> str:
    return label.removeprefix("␣")
