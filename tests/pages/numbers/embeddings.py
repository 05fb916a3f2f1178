"""The numbers of the page "Embeddings and position"."""

import re
from collections.abc import Sequence
from copy import copy
from html import unescape

import numpy as np

from tests.explain.plain_forward import PlainForward, sinusoids
from tests.pages.numbers.lesson import Lesson, Numbers, cosines, levels_of, shares
from tests.pages.shown import bars, cells, chart, component, lines, table, told
from tfplay.app.embeddings.positions import KIND_KEY
from tfplay.app.embeddings.senses import FIRST_KEY, SECOND_KEY, WORD_KEY
from tfplay.app.embeddings.through_chat import TURNS_KEY
from tfplay.config import DecodingConfig
from tfplay.decoding import generate
from tfplay.store import open_model
from tfplay.text.corpora.senses import minimal_pairs

TABLE = "embeddings/token_embedding/embeddings"
PLACES = "embeddings/position/position_embeddings"


def the_rows(lesson: Lesson) -> Numbers:
    matrix, first = lesson.plain.weights[TABLE], lesson.ids[0]
    yield "rows", cells(lesson.app, "rows"), matrix[lesson.ids]
    stride = -(-len(matrix) // 150)
    yield "matrix", cells(lesson.app, "matrix"), matrix[::stride]
    likeness = cosines(matrix[[first]], matrix)[0]
    frame = table(lesson.app, "cosine")
    yield "nearest", frame["cosine"], np.sort(np.delete(likeness, first))[:-11:-1]
    yield "whose", frame["cosine"], likeness[frame["id"]]


def a_map(lesson: Lesson) -> Numbers:
    """Along the eigenvectors of the covariance; their signs are free."""
    names, points = [], []
    for kind in chart(lesson.app, "map"):
        names += map(unescape, kind["customdata"])
        points += zip(kind["x"], kind["y"], strict=True)
    every = lesson.tokenizer.labels(range(lesson.tokenizer.vocabulary_size))
    vectors = lesson.plain.weights[TABLE][[every.index(name) for name in names]]
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    yield "points", np.abs(points), np.abs(centred @ axes[:, :-3:-1])


def token_and_position(lesson: Lesson) -> Numbers:
    token = lesson.plain.weights[TABLE][lesson.ids]
    position = lesson.plain.weights[PLACES][: len(token)]
    total = lesson.values["decoder"]["embeddings"]
    expected = {"token": token, "position": position, "their sum": total}
    for strip, (name, values) in zip(chart(lesson.app, "parts"), expected.items(), strict=True):
        yield name, strip["z"], values[:14]
        length = np.sqrt((values**2).sum(axis=-1)).mean()
        yield f"length of {name}", told(lesson.app, rf"vector.* {name} (\d+\.\d\d)"), length


def positions(lesson: Lesson) -> Numbers:
    config, learned = lesson.plain.config, lesson.plain.weights[PLACES]
    length = min(len(learned), 64)
    learned, waves = learned[:length], sinusoids(length, config.hidden_dim)
    speeds = 10_000.0 ** (-2 * np.arange(config.head_dim // 2) / config.head_dim)
    angles = np.arange(length)[:, None] * speeds
    turns = np.concatenate([np.cos(angles), np.sin(angles)], axis=1)
    for kind, values in {"learned": learned, "sinusoidal": waves, "rotary": turns}.items():
        lesson.choose(KIND_KEY, kind)
        yield kind, cells(lesson.app, "positions"), values
    alike = lines(lesson.app, "by distance")
    yield "learned by distance", alike["Learned"], by_distance(learned)
    yield "sinusoidal by distance", alike["Sinusoidal"], by_distance(waves)
    yield "rotary by distance", alike["Rotary"], np.cos(angles).mean(axis=1)


def by_distance(vectors: np.ndarray) -> list[float]:
    found = cosines(vectors, vectors)
    places = range(len(vectors))
    return [np.mean([found[t, t - d] for t in places[d:]]) for d in places]


def words_shuffled(lesson: Lesson) -> Numbers:
    blind = copy(lesson.plain)
    blind.weights = blind.weights | {PLACES: np.zeros_like(blind.weights[PLACES])}
    labels = lesson.tokenizer.labels(range(lesson.tokenizer.vocabulary_size))
    tokens = component(lesson.app, "shuffled")["tokens"]
    orders = {"in order": lesson.ids, "shuffled": np.array([labels.index(each) for each in tokens])}
    moved = [each.value for each in lesson.app.markdown if each.value.startswith("Shuffling moved")]
    models = {"With its positions": lesson.plain, "Without positions": blind}
    for (title, plain), sentence in zip(models.items(), moved, strict=True):
        pair = []
        for how, ids in orders.items():
            pair.append(shares(plain.trace({"token_ids": ids})["logits"][-1]))
            shown = bars(lesson.app, f"{title} {how}")
            yield f"{title} {how}", list(shown.values()), np.sort(pair[-1])[:-6:-1]
        share = np.abs(pair[0] - pair[1]).sum() / 2
        yield f"moved, {title}", re.search(r"[\d.]+%", sentence)[0], share


def static_or_contextual(lesson: Lesson) -> Numbers:
    app = lesson.app
    word = app.selectbox(key=WORD_KEY).value
    boxes = [app.text_input(key=key).value for key in (FIRST_KEY, SECOND_KEY)]
    found = lines(app, "senses")
    own = [word_vectors(lesson, word, sentence) for sentence in boxes]
    yield "two sentences", found["your two sentences"], mean_cosines(own[:1], own[1:])
    pairs = [
        [[word_vectors(lesson, word, each) for each in sense] for sense in pair]
        for pair in minimal_pairs(word)
    ]
    within = [mean_cosines(sense, sense) for pair in pairs for sense in pair]
    yield "same sense", found["same sense"], np.mean(within, axis=0)
    between = [mean_cosines(*pair) for pair in pairs]
    yield "different senses", found["different senses"], np.mean(between, axis=0)


def word_vectors(lesson: Lesson, word: str, sentence: str) -> np.ndarray:
    """(layers + 2, E): the mean over the word's tokens, of the row of the matrix at first."""
    pieces, start = lesson.tokenizer.pieces(sentence), sentence.lower().index(word)
    end = start + len(word)
    own = [i for i, each in enumerate(pieces) if start < each.end and each.start < end]
    return vectors_at(lesson.plain, [each.token_id for each in pieces], own)


def vectors_at(plain: PlainForward, ids: Sequence[int], places: Sequence[int]) -> np.ndarray:
    """(layers + 2, E): means over places, of the rows of the matrix and then of the stream."""
    static = plain.weights[TABLE][list(ids)]
    stack = plain.trace({"token_ids": np.array(ids)})["decoder"]
    return np.stack([static, *levels_of(stack)])[:, list(places)].mean(axis=1)


def mean_cosines(first: list[np.ndarray], second: list[np.ndarray]) -> np.ndarray:
    """(layers + 2,): of all pairs of two groups, but a vector with itself."""
    pairs = [(a, b) for a in first for b in second if a is not b]
    return np.mean([np.diagonal(cosines(a, b)) for a, b in pairs], axis=0)


def through_a_chat(lesson: Lesson) -> Numbers:
    """The replies are the chat model's own; their vectors are computed here."""
    trained = open_model("chat").load()
    tokenizer, plain = trained.tokenizer, PlainForward(trained.model)
    ids, places = [], []
    for line in lesson.app.session_state[TURNS_KEY].split("\n"):
        said = tokenizer.pieces(line)
        if "dog" in line:
            start = line.index("dog")
            own = [i for i, each in enumerate(said) if start < each.end and each.start < start + 3]
            places.append([len(ids) + 1 + i for i in own])
        ids += [tokenizer.user_id, *(piece.token_id for piece in said), tokenizer.end_id]
        ids.append(tokenizer.assistant_id)
        config = DecodingConfig(max_new_tokens=trained.context - len(ids))
        [reply] = generate(trained.model, np.array([ids]), config, [tokenizer.end_id])
        ids += [*reply, tokenizer.end_id]
    vectors = [vectors_at(plain, ids, each) for each in places]
    found = lines(lesson.app, "turns")
    for layer, (name, shown) in enumerate(found.items()):
        here = np.stack([each[layer] for each in vectors])
        yield f"cosines, {name}", shown, cosines(here[:1], here)[0]


NUMBERS = {
    "The rows": the_rows,
    "A map": a_map,
    "Token and position": token_and_position,
    "Positions": positions,
    "Words shuffled": words_shuffled,
    "Static or contextual": static_or_contextual,
    "Through a chat": through_a_chat,
}
