"""What the order of words is to a model, with its positions and without."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import streamlit as st

from tfplay import explain
from tfplay.app.embeddings.common import place_of, read_ids
from tfplay.app.frame.state import begin_with
from tfplay.app.lesson import Subject, exports, source_caption, traced, tries
from tfplay.app.model.loading import BY_VERSION, load_trained
from tfplay.app.widgets.bars import bars
from tfplay.app.widgets.token_strip import token_strip
from tfplay.decoding.filters import probabilities
from tfplay.store import Model
from tfplay.tasks import TASKS, TrainedModel
from tfplay.text import Tokenizer

SHOWN = 5  # answers
SEED_KEY = "shuffle"
"""Of the widget in `st.session_state`."""

ASKED = {
    "classification": "the class of the text",
    "masked_lm": "what stands behind the first mask",
    "token_classification": "the class of each token",
    "span": "where the answer begins",
    "none": "the next token",
}
"""What a model is asked, by its head."""


class OrderAnswer(NamedTuple):
    """What a model answers, in an order that does not depend on how its tokens were shuffled."""

    probabilities: np.ndarray
    """(answers, options); each row sums to 1."""
    best: list[tuple[str, float]]
    """The likeliest options, or the likeliest of each answer."""


def order_view(subject: Subject) -> None:
    """Answers to a sentence and to its words shuffled, with positions and without."""
    st.markdown(
        "Shuffle the words: does the answer change? And if the positions are taken away? An "
        "**encoder** without positions cannot tell the two apart: attention then asks only what "
        "the tokens are. A **decoder** still can, a little: its mask lets each token see only "
        "those before, so how much it sees tells where it stands."
    )
    st.latex(r"P = 0: \quad f(x_{\pi(1)}, \dots, x_{\pi(T)}) = \pi(f(x_1, \dots, x_T))")
    tries({f"Shuffle {number}": {SEED_KEY: number} for number in (1, 2, 3)})
    seed = st.slider("Shuffle", 1, 20, key=begin_with(SEED_KEY, 1))
    found, trained = traced(subject), subject.load()
    inputs = TASKS[trained.task].prompt(trained, found.reading)
    order = shuffled_order(trained.tokenizer, inputs, subject.text, seed)
    if order == sorted(order):
        st.info("There are too few words to shuffle; write a longer text above.")
        return
    other = reordered(inputs, order)
    tokens = trained.tokenizer.labels(read_ids(other))
    token_strip(tokens, "shuffled", label="The words shuffled")
    bare = _bare(subject.model)
    straight = list(range(len(order)))
    answers = {}
    for column, (title, model) in zip(
        st.columns(2),
        {"With its positions": trained, "Without positions": bare}.items(),
        strict=True,
    ):
        with column:
            st.markdown(f"**{title}**")
            asked = ask(model, [inputs, other], [straight, order])
            pair = dict(zip(("in order", "shuffled"), asked, strict=True))
            for how, asked in pair.items():
                st.caption(f"{how}: {ASKED[trained.model.config.head]}")
                bars(asked.best, f"{title} {how}", f"Answers {title}, {how}")
            moved = moved_share(*(asked.probabilities for asked in pair.values()))
            st.markdown(f"Shuffling moved **{moved:.2%}** of the probability.")
            answers[title] = pair
    exports("order", table=lambda: _table(answers))
    source_caption(
        subject,
        "its answers, and those of a copy with the same weights whose positions are taken away: "
        "learned and sinusoidal ones are not added, rotary ones do not turn. The copy was never "
        "trained so: what it loses is what the model does with positions.",
    )


@st.cache_resource(max_entries=4, show_spinner="Taking the positions away …", hash_funcs=BY_VERSION)
def _bare(model: Model) -> TrainedModel:
    trained = load_trained(model)
    return replace(trained, model=explain.without_positions(trained.model))


def reordered(inputs: dict[str, np.ndarray], order: list[int]) -> dict[str, np.ndarray]:
    """The same tokens in another order; what marks a token goes with it."""
    return {
        name: values if name == "decoder_token_ids" else values[:, order]
        for name, values in inputs.items()
    }


def shuffled_order(
    tokenizer: Tokenizer, inputs: dict[str, np.ndarray], text: str, seed: int
) -> list[int]:
    """Where each token of the shuffled text stood: the words of the text change their places."""
    ids = read_ids(inputs).tolist()
    special = {tokenizer.vocabulary.index(token) for token in tokenizer.special_tokens.spellings}
    fixed = special - {tokenizer.mask_id}
    part = tokenizer.tokenize(text)
    found = place_of(part, ids)
    start, stop = (0, len(ids)) if found is None else (found, found + len(part))
    words: list[list[int]] = []
    places = [place for place in range(start, stop) if ids[place] not in fixed]
    for place in places:
        [label] = tokenizer.labels([ids[place]])
        begins = label.startswith("␣") if tokenizer.kind == "byte-pair" else label[:2] != "##"
        if not words or begins or ids[place] == tokenizer.mask_id:
            words.append([])
        words[-1].append(place)
    drawn = np.random.default_rng(seed).permutation(len(words))
    if (drawn == np.arange(len(words))).all():
        drawn = np.roll(drawn, 1)
    order = list(range(len(ids)))
    moved = [place for word in drawn for place in words[word]]
    for place, source in zip(places, moved, strict=True):
        order[place] = source
    return order


def ask(
    trained: TrainedModel, sequences: list[dict[str, np.ndarray]], orders: list[list[int]]
) -> list[OrderAnswer]:
    """What a model answers to equally long sequences, all in one forward pass.

    Args:
        trained: The model.
        sequences: Each as it takes them, (1, T).
        orders: Where each token of a sequence stood at first; answers about tokens come so.
    """
    batch = {name: np.concatenate([each[name] for each in sequences]) for name in sequences[0]}
    logits = explain.eager_logits(trained.model, batch)
    answers = zip(logits, map(read_ids, sequences), orders, strict=True)
    return [_asked(trained, *each) for each in answers]


def _asked(
    trained: TrainedModel, logits: np.ndarray, ids: np.ndarray, order: list[int]
) -> OrderAnswer:
    """The answer that is read from one sequence's logits."""
    back, tokenizer = np.argsort(order), trained.tokenizer
    tokens = tokenizer.labels(ids[back])
    head = trained.model.config.head
    if head == "token_classification":
        found = probabilities(logits)[back]
        best = found.argmax(axis=-1)
        names = [
            f"{token} {trained.labels[each]}" for token, each in zip(tokens, best, strict=True)
        ]
        return OrderAnswer(found, [*zip(names, found.max(axis=-1).tolist(), strict=True)][1:-1])
    if head == "classification":
        found, options = probabilities(logits), list(trained.labels)
    elif head == "span":
        found, options = probabilities(logits[0])[back], tokens
    elif head == "masked_lm":
        places = np.flatnonzero(ids[back] == tokenizer.mask_id)
        place = back[places[0] if places.size else len(ids) - 2]
        found, options = probabilities(logits[place]), None
    else:
        found, options = probabilities(logits[-1]), None
    top = np.argsort(-found, kind="stable")[:SHOWN]
    names = tokenizer.labels(top) if options is None else [options[each] for each in top]
    return OrderAnswer(found[None], [*zip(names, found[top].tolist(), strict=True)])


def moved_share(first: np.ndarray, second: np.ndarray) -> float:
    """Total variation distance of each answer, on average: 0 for equal answers, 1 at most."""
    return float(np.abs(first - second).sum(axis=-1).mean() / 2)


def _table(answers: dict[str, dict[str, OrderAnswer]]) -> list[dict]:
    return [
        {"model": title, "words": how, "answer": name, "probability": probability}
        for title, pair in answers.items()
        for how, asked in pair.items()
        for name, probability in asked.best
    ]
