"""Static against contextual: one word in two senses, layer by layer."""

import numpy as np
import regex
import streamlit as st

from tfplay import explain, figures
from tfplay.app.embeddings.common import place_of, read_ids
from tfplay.app.frame.layout import controls, plain
from tfplay.app.frame.state import choose_one
from tfplay.app.frame.text_box import linked_text_box, longest_read
from tfplay.app.lesson import Subject, below_picture, exports, source_caption, tries
from tfplay.app.model.loading import BY_VERSION, load_trained, tokenizer_of
from tfplay.app.widgets.chart import show_chart
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.store import Model
from tfplay.tasks import TASKS, TrainedModel
from tfplay.tasks.batches import pad
from tfplay.text import Tokenizer
from tfplay.text.corpora.senses import SENSE_WORDS, minimal_pairs
from tfplay.text.words import normalize

WORD_KEY, FIRST_KEY, SECOND_KEY = "sense word", "sense first", "sense second"
"""Of the widgets in `st.session_state`."""
WORDS = (
    "The row of the embedding matrix is **static**: “bank” has one, whether water or money is "
    "near. What comes out of the blocks is **contextual**: attention has mixed the sentence in. If "
    "the model tells the senses apart, the vectors of one sense stay more alike than those of "
    "different senses, the deeper the more. Whether this one does is measured here."
)
FORMULA = r"\cos(h^{(l)}_{\text{bank}, 1}, \, h^{(l)}_{\text{bank}, 2}), \quad l = 0, \dots, N"


def senses_view(subject: Subject) -> None:
    """A word's vector in two sentences of one's own, and in many of either sense."""
    known = known_words(tokenizer_of(subject.model))
    words = [*known, *(word for word in SENSE_WORDS if word not in known)]
    with controls("senses"):
        word = choose_one(
            *("Word", words, words[0], WORD_KEY, st.selectbox),
            link="word",
            format_func=lambda each: each if each in known else f"{each} (in pieces)",
            on_change=lambda: st.session_state.update(_beginning(st.session_state[WORD_KEY])),
        )
        longest, usual = longest_read(subject.model), _beginning(word)
        sentences = [
            linked_text_box(label, key, longest, usual[key], link, st.text_input)
            for key, label, link in (
                (FIRST_KEY, "Sentence 1", "sentence_1"),
                (SECOND_KEY, "Sentence 2", "sentence_2"),
            )
        ]
    model = subject.model
    own = _vectors(model, word, tuple(sentences))
    pairs = minimal_pairs(word)
    groups = [[_vectors(model, word, sentences) for sentences in pair] for pair in pairs]
    same = [explain.cosines_by_layer(each, each) for pair in groups for each in pair]
    lines = {
        "your two sentences": explain.cosines_by_layer(own[:1], own[1:]),
        "same sense": np.mean(same, axis=0),
        "different senses": np.mean([explain.cosines_by_layer(*pair) for pair in groups], axis=0),
    }
    names = explain.layer_names(model.config.num_layers)
    chart = figures.lines_by_name(names, lines, "cosine")
    show_chart(chart, key="senses", alt="Cosine of a word's two vectors at each layer")
    table = [
        {"layer": name} | {line: float(values[index]) for line, values in lines.items()}
        for index, name in enumerate(names)
    ]
    st.markdown(_finding(word, lines, names))
    with below_picture("senses", WORDS, FORMULA):
        exports("senses", chart, table)
    tries({each.capitalize(): _beginning(each) for each in (known or list(SENSE_WORDS))[:4]})
    if model.config.architecture == "decoder-only":
        st.info(
            "This model reads from left to right: at the word it knows only what stands **before** "
            "it. These sentences tell the sense only afterwards, so it cannot know yet."
        )
    source_caption(
        subject,
        f"the vectors of “{plain(word)}”, the mean over its tokens. Besides the two sentences in "
        f"the boxes it read {sum(len(each) for pair in pairs for each in pair)} that begin alike, "
        "so that the word has the same place and only what follows tells its sense; lines are "
        "means over all pairs with the same beginning. “token” is the row of the matrix, “input” "
        "has the position added.",
        of_input=False,
    )


def known_words(tokenizer: Tokenizer) -> list[str]:
    """The words of two senses that are one token for a tokenizer."""
    ids = tokenizer.tokenize_batch(f"the {word}" for word in SENSE_WORDS)
    expected = len(tokenizer.tokenize("the")) + 1
    known = []
    for word, each in zip(SENSE_WORDS, ids, strict=True):
        [label] = tokenizer.labels(each[-1:])
        if len(each) == expected and label.strip("␣") == word:
            known.append(word)
    return known


def _beginning(word: str) -> dict[str, str]:
    """The word with a sentence of each sense, by the keys of their widgets."""
    first, second = (sentences[0] for sentences in minimal_pairs(word)[0])
    return {WORD_KEY: word, FIRST_KEY: first, SECOND_KEY: second}


def _finding(word: str, lines: dict[str, np.ndarray], names: list[str]) -> str:
    same, different = lines["same sense"], lines["different senses"]
    gap = float(same[-1] - different[-1])
    told = "tells the senses apart" if gap > 0.02 else "hardly tells the senses apart"
    return (
        f"As a token “{plain(word)}” is the same in all sentences: cosine {same[0]:.2f}. After "
        f"{names[-1]} it is {same[-1]:.3f} within a sense and {different[-1]:.3f} between senses, "
        f"a difference of {gap:.3f}: this model **{told}**."
    )


@st.cache_data(max_entries=64, show_spinner="Reading the sentences …", hash_funcs=BY_VERSION)
def _vectors(model: Model, word: str, sentences: tuple[str, ...]) -> np.ndarray:
    """The word's vector in each sentence at each layer: (sentences, layers, E)."""
    return word_vectors(load_trained(model), word, sentences)


def word_vectors(trained: TrainedModel, word: str, sentences: tuple[str, ...]) -> np.ndarray:
    """The word's vector in each sentence at each layer: (sentences, layers, E).

    Raises:
        InputError: A sentence lacks the word.
    """
    matrix, vectors = explain.token_vectors(trained.model), []
    readings = [TASKS[trained.task].read_typed(trained, sentence, "?") for sentence in sentences]
    places = [
        word_places(trained.source_tokenizer, word, sentence, read_ids(reading.inputs).tolist())
        for sentence, reading in zip(sentences, readings, strict=True)
    ]
    trace = explain.trace_arrays(trained.model, _batch(trained, [each.inputs for each in readings]))
    for index, (reading, positions) in enumerate(zip(readings, places, strict=True)):
        static = matrix[read_ids(reading.inputs).tolist()]
        stack = trace.encoder or trace.decoder
        vectors.append(explain.layer_vectors(stack, static, positions, index))
    return np.stack(vectors)


def word_places(tokenizer: Tokenizer, word: str, sentence: str, ids: list[int]) -> list[int]:
    """Positions of the tokens of a word's first occurrence, in all that a model reads.

    Raises:
        InputError: The sentence lacks the word.
    """
    word, sentence = normalize(word), normalize(sentence)  # in which tokens' places count
    pieces = tokenizer.pieces(sentence)
    match = regex.search(rf"\b{regex.escape(word)}\b", sentence, regex.IGNORECASE)
    start = place_of([piece.token_id for piece in pieces], ids)
    if match is None or start is None:
        raise InputError(
            f"The word {quoted(word)} does not stand in the sentence {quoted(sentence)}."
        )
    return [
        start + index
        for index, piece in enumerate(pieces)
        if piece.start < match.end() and match.start() < piece.end
    ]


def _batch(trained: TrainedModel, inputs: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Single sequences as one batch, filled up to the longest, with masks."""
    batch = {}
    for name in inputs[0]:
        rows = [each[name][0].tolist() for each in inputs]
        length = max(map(len, rows))
        is_ids = name.endswith("token_ids")
        batch[name] = pad(rows, length, trained.tokenizer.pad_id if is_ids else 0)
        if is_ids:
            real = pad([[1] * len(row) for row in rows], length, 0)
            batch[name.replace("token_ids", "padding_mask")] = real.astype(bool)
    return batch
