"""What the order of words is to a model, with its positions and without."""

from dataclasses import replace

import numpy as np
import streamlit as st

from tfplay import explain
from tfplay.app.embeddings.common import place_of, read_ids
from tfplay.app.frame.layout import controls
from tfplay.app.frame.state import kept_number
from tfplay.app.lesson import Subject, below_picture, exports, source_caption, traced, tries
from tfplay.app.model.loading import BY_VERSION, load_trained
from tfplay.app.widgets.bars import bars
from tfplay.app.widgets.token_strip import token_strip
from tfplay.store import Model
from tfplay.tasks import TASKS, TrainedModel
from tfplay.tasks.likely import Likely
from tfplay.text import Tokenizer

SEED_KEY = "shuffle"
"""Of the widget in `st.session_state`."""
WORDS = (
    "Shuffle the words: does the answer change? And if the positions are taken away? An "
    "**encoder** without positions cannot tell the two apart: attention then asks only what the "
    "tokens are. A **decoder** still can, a little: its mask lets each token see only those "
    "before, so how much it sees tells where it stands."
)
FORMULA = r"P = 0: \quad f(x_{\pi(1)}, \dots, x_{\pi(T)}) = \pi(f(x_1, \dots, x_T))"


def order_view(subject: Subject) -> None:
    """Answers to a sentence and to its words shuffled, with positions and without."""
    with controls("order"):
        limits = {"low": 1, "high": 20, "usual": 1, "step": 1}
        seed = kept_number("Shuffle", **limits, name="shuffle", key=SEED_KEY, width=260)
    found, trained = traced(subject), subject.load()
    task = TASKS[trained.task]
    inputs = task.prompt(trained, found.reading)
    order = shuffled_order(trained.source_tokenizer, inputs, subject.text, seed)
    if order == sorted(order):
        st.info("There are too few words to shuffle; write a longer text above.")
        return
    other = reordered(inputs, order)
    tokens = trained.source_tokenizer.labels(read_ids(other))
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
                st.caption(f"{how}: {task.about.asked}")
                bars(asked.best, f"{title} {how}", f"Answers {title}, {how}")
            moved = moved_share(*(asked.probabilities for asked in pair.values()))
            st.markdown(f"Shuffling moved **{moved:.2%}** of the probability.")
            answers[title] = pair
    with below_picture("order", WORDS, FORMULA):
        exports("order", table=lambda: _table(answers))
    tries({f"Shuffle {number}": {SEED_KEY: number} for number in (1, 2, 3)})
    source_caption(
        subject,
        "its answers, and those of a copy with the same weights whose positions are taken away: "
        "learned and sinusoidal ones are not added, rotary ones do not turn. The copy was never "
        "trained this way: what it loses shows what the model uses positions for.",
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
        begins = label.startswith("␣") if tokenizer.space_in_word else label[:2] != "##"
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
) -> list[Likely]:
    """What a model answers to equally long sequences, all in one forward pass.

    Args:
        trained: The model.
        sequences: Each as it takes them, (1, T).
        orders: Where each token of a sequence stood at first; answers about tokens come so.
    """
    batch = {name: np.concatenate([each[name] for each in sequences]) for name in sequences[0]}
    logits = explain.eager_logits(trained.model, batch)
    places = map(np.argsort, orders)
    answers = zip(logits, map(read_ids, sequences), places, strict=True)
    return [TASKS[trained.task].likely_answers(trained, *each) for each in answers]


def moved_share(first: np.ndarray, second: np.ndarray) -> float:
    """Total variation distance of each answer, on average: 0 for equal answers, 1 at most."""
    return float(np.abs(first - second).sum(axis=-1).mean() / 2)


def _table(answers: dict[str, dict[str, Likely]]) -> list[dict]:
    return [
        {"model": title, "words": how, "answer": name, "probability": probability}
        for title, pair in answers.items()
        for how, asked in pair.items()
        for name, probability in asked.best
    ]
