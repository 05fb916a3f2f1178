"""A sentence on the Learn pages, and its way through the model in plain NumPy."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.explain.plain_forward import PlainForward, Values
from tests.pages.app import open_app, open_page
from tfplay.app.frame.navigation import START
from tfplay.store import open_model

Numbers = Iterator[tuple[str, Any, Any]]
"""What is compared: its name, as the page shows it, and as it is computed here."""


class Lesson:
    """A shipped model that writes, what it reads, and the page that is open.

    Attributes:
        app: The page.
        plain: The model's forward pass in NumPy.
        values: Every value of that pass.
        tokenizer: The model's.
        inputs: The ids (T,) that the page says it reads, by the name of the model's argument.
    """

    app: AppTest

    def __init__(self, run_id: str, text: str, second: str = ""):
        trained = open_model(run_id).load()
        self.query = {"run": run_id, "text": text, "second": second}
        self.plain = PlainForward(trained.model)
        self.tokenizer = tokenizer = trained.tokenizer
        ids = {"token_ids": tokenizer.tokenize(text)}
        if self.plain.config.architecture == "encoder-decoder":
            source = [*tokenizer.tokenize(text), tokenizer.end_id]
            target = [tokenizer.start_id, *tokenizer.tokenize(second)]
            ids = {"encoder_token_ids": source, "decoder_token_ids": target}
        self.inputs = {name: np.array(each) for name, each in ids.items()}
        self.values = self.plain.trace(self.inputs)

    def open(self, page: str, **query: str) -> None:
        """Opens a page on this model and sentence."""
        query = self.query | query
        self.app = open_app(**query) if page == START else open_page(page, **query)
        assert not self.app.error

    def choose(self, key: str, value: Any, **others: Any) -> None:
        """Sets what is chosen, by its key in the session."""
        for each, choice in {**others, key: value}.items():
            self.app.session_state[each] = choice
        self.app.run()
        assert not self.app.exception and not self.app.error, (key, value)

    @property
    def memory(self) -> np.ndarray | None:
        """(S, E): what an encoder has read."""
        return self.values["encoder"]["output"] if "encoder" in self.values else None

    @property
    def ids(self) -> np.ndarray:
        """(T,): what the decoder is given."""
        return [*self.inputs.values()][-1]

    @property
    def tokens(self) -> list[str]:
        """The same as people read it."""
        return self.tokenizer.labels(self.ids)

    @property
    def row(self) -> int:
        """Where the pages ask at first: where a translation begins, or how a text goes on."""
        return 0 if "encoder" in self.values else len(self.ids) - 1

    @property
    def best(self) -> list[int]:
        """All answers there, the likeliest first."""
        return np.argsort(-self.values["logits"][self.row]).tolist()

    @property
    def final_norm(self) -> str:
        """Of the decoder."""
        return "final_norm" if self.memory is None else "decoder_norm"

    def levels(self, stack: str = "decoder") -> np.ndarray:
        """(layers + 1, T, E): the residual stream before the first block and after each."""
        return levels_of(self.values[stack])

    def onward(self, x: np.ndarray, layer: int, memory: np.ndarray | None = None) -> np.ndarray:
        """The logits (T, V) if x (T, E) enters the decoder's block of that number, from 0."""
        memory = self.memory if memory is None else memory
        stack = self.plain.stack("decoder", x, self.final_norm, memory, layer)
        return self.plain.answer(stack["output"])


def levels_of(stack: Values) -> np.ndarray:
    """(layers + 1, T, E): the residual stream before the first block and after each."""
    return np.stack([stack["embeddings"], *(block["residual_after"] for block in stack["blocks"])])


def shares(logits: np.ndarray) -> np.ndarray:
    """The softmax of each row."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def cosines(vectors: np.ndarray, others: np.ndarray) -> np.ndarray:
    """(N, M): of vectors (N, E) and others (M, E)."""
    lengths = [np.sqrt((x**2).sum(axis=-1)) for x in (vectors, others)]
    return vectors @ others.T / np.outer(*lengths)
