"""A published encoder made small: its first layers, and the tokens that its texts are made of."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tfplay.store import Model, fetch_model
from tfplay.store.opened import Origin, read_model, write_about
from tfplay.store.weights import save_weights
from tfplay.tasks import TASKS
from tfplay.text import Tokenizer
from tfplay.text.tokenizers.published import BERT
from tfplay.text.tokenizers.wordpiece import WordPieceTokenizer
from tfplay.zoo.corpora import ZOO_CORPORA
from tfplay.zoo.entry import ZooModel

_TOKENS = "embeddings/token_embedding/embeddings"
_POSITIONS = "embeddings/position/position_embeddings"
_LETTER = re.compile("(##)?[!-\u024f\u2010-\u2122]")
"""A Latin letter, a digit or a mark: of these every English word can be spelled."""


def small_encoder(entry: ZooModel, seed: int, folder: Path) -> Model:
    """The first layers of a published uncased BERT, with fewer tokens, as a model of its own.

    Args:
        entry: The shipped model that will start from it.
        seed: Of the examples that it will learn from.
        folder: Where it is put; it must not be there.

    Raises:
        InputError: The published model cannot be fetched, or what is learned from is not there.
    """
    from tfplay.models import build_model  # with Keras, which a list of models does not need

    encoder, corpus = entry.encoder, ZOO_CORPORA[entry.corpus]
    assert encoder
    published = fetch_model(encoder.name)
    assert published  # nobody can cancel it
    trained = published.load()
    examples = corpus.examples("training", entry.examples, seed)
    texts = (TASKS[corpus.task].as_typed(example) for example in examples)
    kept = _kept_tokens(trained.tokenizer, encoder.tokens, texts)
    tokenizer = WordPieceTokenizer(
        [trained.tokenizer.token(token_id) for token_id in kept],
        BERT,
        word_pattern="bert",
        uncased=True,
        capital=encoder.capital,
    )
    arrays = {weight.path: weight.numpy() for weight in trained.model.weights}
    arrays[_TOKENS] = arrays[_TOKENS][kept]
    arrays[_POSITIONS] = arrays[_POSITIONS][: encoder.context]
    model = build_model(encoder.config, empty=True)
    for weight in model.weights:
        weight.assign(arrays[weight.path])
    folder.mkdir()
    save_weights(model, folder / "model.npz")
    origin = Origin(published.title, published.licence)
    write_about(folder, origin, "BERT", encoder.config, tokenizer, labels=())
    return read_model(folder)


def _kept_tokens(tokenizer: Tokenizer, count: int, texts: Iterable[str]) -> list[int]:
    """The ids of the tokens that stay, in their old order.

    Special tokens and single letters stay in any case, then the tokens of the texts, the most
    frequent first, and then the rest by their ids: BERT's grow from frequent to rare.
    """
    ids = [
        each
        for each in range(tokenizer.vocabulary_size)
        if not tokenizer.token(each).startswith("[unused")
    ]
    special = [tokenizer.special_id(role) for role in ("pad", "unknown", "start", "end", "mask")]
    letters = [each for each in ids if _LETTER.fullmatch(tokenizer.token(each))]
    used = Counter(each for text in tokenizer.tokenize_batch(texts) for each in text)
    wanted = [*special, *letters, *(each for each, _ in used.most_common()), *ids]
    return sorted(list(dict.fromkeys(wanted))[:count])
