"""A word through a chat: how its context vector moves from turn to turn."""

from typing import NamedTuple

import numpy as np
import regex
import streamlit as st

from tfplay import decoding, explain, figures
from tfplay.app.frame.layout import controls, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.text_box import LONGEST_LINE, linked_text_box, longest_read
from tfplay.app.lesson import Subject, below_picture, exports, source_caption, tries
from tfplay.app.model.choosing import usable_models
from tfplay.app.model.loading import BY_VERSION, load_trained
from tfplay.app.widgets.chart import show_chart
from tfplay.config import DecodingConfig
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.text.words import normalize

WORD_KEY, TURNS_KEY, LAYER_KEY = "chat word", "chat turns", "chat layer"
"""Of the widgets in `st.session_state`."""

TURNS = """\
I have a dog.
My dog is called Rusty.
My friend has a cat, but no dog.
What is the name of my dog?"""
OTHERS = {
    "The same again": "I have a dog.\nI have a dog.\nI have a dog.\nI have a dog.",
    "A dog and its name": TURNS,
    "Only at the end": "My name is Ella.\nI live in Rome.\nI like tea.\nDo you have a dog?",
}
WORDS = (
    "Starting a chat, “dog” has the vector that training left it. Each time the word is said, the "
    "blocks make of it a **context vector** that has the conversation so far mixed in. The notes "
    "say that the embedding is *updated* as the chat goes on; to be precise, the **embedding never "
    "changes** while chatting, nor does the context vector of a word said earlier, since a decoder "
    "cannot look ahead. It is each **new** occurrence that gets another vector."
)
FORMULA = r"h^{(l)}_t = f(x_1, \dots, x_t) \quad \text{does not depend on } x_{t+1}, \dots"


class Occurrences(NamedTuple):
    """A word wherever it stands in a conversation."""

    turns: list[int]
    """The turn of each, from 1."""
    vectors: np.ndarray
    """(N, layers, E)."""
    first_again: float
    """Largest change of the first one's vectors when only the first turn has been read."""


def through_chat_view(subject: Subject) -> None:
    """The word's vector at each turn beside that at the first, and its path on a plane."""
    model = chat_model(subject)
    if model is None:
        st.info("There is no chat model here; train one, or choose one that came with TFPlay.")
        return
    with controls("chat"):
        box = linked_text_box("Word", WORD_KEY, LONGEST_LINE, "dog", "word", st.text_input)
        word = box.strip()
        with st.popover("What the user says", icon=":material/edit_note:"):
            text = linked_text_box(
                *("The user says, line by line", TURNS_KEY, longest_read(model), TURNS, "said"),
                height=160,
            )
    lines = tuple(line for line in text.split("\n") if line.strip())
    found = _occurrences(model, lines, word)
    names = explain.layer_names(model.config.num_layers)
    labels = [f"{number}: turn {turn}" for number, turn in enumerate(found.turns, start=1)]
    cosines = np.stack(
        [
            explain.cosine_matrix(found.vectors[:1, layer], found.vectors[:, layer])[0]
            for layer in range(len(names))
        ]
    )
    chart = figures.lines_by_name(
        labels, dict(zip(names, cosines, strict=True)), "cosine to the first"
    )
    show_chart(chart, key="turns", alt="Cosine of each occurrence to the first, by layer")
    table = [
        {"occurrence": number + 1, "turn": turn}
        | dict(zip(names, map(float, cosines[:, number]), strict=True))
        for number, turn in enumerate(found.turns)
    ]
    with below_picture("turns", WORDS, FORMULA):
        exports("turns", chart, table)
    tries({label: {TURNS_KEY: turns, WORD_KEY: "dog"} for label, turns in OTHERS.items()})
    if len(found.turns) > 2:
        with controls("path"):
            layer = choose_one(
                *("Layer of the path", names, names[-1], LAYER_KEY, st.select_slider),
                link="path",
                width=320,
            )
        _path(found.vectors[:, names.index(layer)], layer, labels, word)
    source_caption(
        subject._replace(model=model),
        f"one pass over the conversation in the box, with its own short replies; {len(labels)} "
        f"times “{plain(word)}”. Read again after the first turn alone, the first one's vectors "
        f"differ from these by {found.first_again:.1e} at most: later turns do not reach back.",
        of_input=False,
    )


def _path(vectors: np.ndarray, layer: str, labels: list[str], word: str) -> None:
    """The word's vectors (N, E) after a layer, from turn to turn, on their two main axes."""
    st.markdown(f"**Its path**, on the two main axes of its vectors at “{layer}”")
    points = explain.main_axes(vectors).project(vectors)
    chart = figures.token_points(points, labels, [word] * len(labels), range(len(labels)), True)
    show_chart(chart, key="path", alt="The word's vectors from turn to turn on a plane")
    exports("path", chart)


def chat_model(subject: Subject) -> Model | None:
    """The chosen model if it chats, or else the first that does."""
    if subject.task == "chat":
        return subject.model
    return next(iter(usable_models(["chat"]).values()), None)


@st.cache_data(max_entries=16, show_spinner="Chatting …", hash_funcs=BY_VERSION)
def _occurrences(model: Model, lines: tuple[str, ...], word: str) -> Occurrences:
    return occurrences(load_trained(model), lines, word)


def occurrences(trained, lines: tuple[str, ...], word: str) -> Occurrences:
    """The word's vectors wherever the user says it, with the model's own replies between.

    Raises:
        InputError: The user never says the word, or the conversation is longer than the context.
    """
    tokenizer, turns, places, ids, first_end = trained.tokenizer, [], [], [], 0
    if tokenizer.user_id is None:
        raise InputError("This model has no tokens of its own for roles, which this view needs.")
    word = normalize(word)  # tokens' places count in the composed form
    for turn, line in enumerate(map(normalize, lines), start=1):
        said = tokenizer.pieces(line)
        for match in regex.finditer(rf"\b{regex.escape(word)}\b", line, regex.IGNORECASE):
            turns.append(turn)
            places.append(
                [
                    len(ids) + 1 + index
                    for index, piece in enumerate(said)
                    if piece.start < match.end() and match.start() < piece.end
                ]
            )
        ids += [tokenizer.user_id, *(piece.token_id for piece in said), tokenizer.end_id]
        if places and not first_end:
            first_end = len(ids)
        ids += _reply(trained, [*ids, tokenizer.assistant_id])
    if not word or not places:
        raise InputError(f"The word {quoted(word)} does not stand in what the user says.")
    matrix = explain.token_vectors(trained.model)

    def vectors(ids: list[int], positions: list[int]) -> np.ndarray:
        stack = explain.trace_arrays(trained.model, {"token_ids": [ids]}).decoder
        return explain.layer_vectors(stack, matrix[ids], positions)

    stack = explain.trace_arrays(trained.model, {"token_ids": [ids]}).decoder
    found = np.stack([explain.layer_vectors(stack, matrix[ids], each) for each in places])
    again = vectors(ids[:first_end], places[0])
    return Occurrences(turns, found, float(np.abs(again - found[0]).max()))


def _reply(trained, prompt_ids: list[int]) -> list[int]:
    """The assistant's turn: its token, what it writes, greedily, and the end token."""
    trained.model.check_length(len(prompt_ids))
    room = trained.context - len(prompt_ids)
    config, end_id = DecodingConfig(max_new_tokens=max(1, room)), trained.tokenizer.end_id
    [written] = decoding.generate(trained.model, np.array([prompt_ids]), config, [end_id])
    return [prompt_ids[-1], *written[: max(0, room - 1)], end_id]
