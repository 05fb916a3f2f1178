"""What is said of a shipped model: where it comes from, and what it must be able to do."""

from dataclasses import dataclass, field
from typing import Any

from tfplay.config import ModelConfig, preset

TATOEBA = "tatoeba-english-hindi"
"""A published corpus of which the translator learns one part and is measured on the other."""

EVERYDAY = "everyday"
"""The sentences in everyday.toml."""


@dataclass(frozen=True)
class Figure:
    """A figure that is measured on examples which the model was not trained on.

    Attributes:
        name: What it measures.
        part: The part of the corpus it is measured on, or `EVERYDAY` or `TATOEBA`.
        metric: The score of the task that is measured.
        at_least: What the model must reach; `None` if the figure is only reported.
        count: How many examples; of `EVERYDAY` and `TATOEBA` it is always all.
        fill: The share of the model's context that long conversations are cut to; `None` leaves
            examples as they are.
    """

    name: str
    part: str
    metric: str
    at_least: float | None = None
    count: int = 500
    fill: float | None = None


@dataclass(frozen=True)
class Addition:
    """What a model learns from besides its corpus.

    Attributes:
        corpus: Name of one of our corpora, or of a published one.
        examples: How many examples; `None` is all that a published corpus has for training.
        times: How often each stands among the examples: a few good ones count for more.
    """

    corpus: str
    examples: int | None = None
    times: int = 1


@dataclass(frozen=True)
class SmallEncoder:
    """What a model starts from: the first layers of MiniLM, with fewer tokens.

    Wang et al., 2020, arXiv:2002.10957: a BERT, 384 wide, that learned to attend as a large one
    does.

    Attributes:
        layers: How many of its six layers stay.
        tokens: How many of its 30,522 tokens stay.
        context: How many of its 512 positions stay.
        capital: The mark behind words that begin with a capital letter, which the encoder does not
            read otherwise; `None` is none.
    """

    layers: int
    tokens: int
    context: int = 128
    capital: str | None = None

    name = "minilm"
    """In `tfplay.checkpoints.catalogue.CATALOGUE`."""

    @property
    def config(self) -> ModelConfig:
        """What it is made of."""
        return preset(
            "bert-base",
            hidden_dim=384,
            intermediate_dim=1536,
            num_layers=self.layers,
            vocabulary_size=self.tokens,
            max_sequence_length=self.context,
        )


@dataclass(frozen=True)
class ZooModel:
    """A shipped model and how it comes to be.

    Attributes:
        name: The name on the command line, and that of its folder.
        title: The title that people read.
        corpus: Name of the corpus it learns from, in `tfplay.zoo.corpora.ZOO_CORPORA`.
        examples: How many examples it learns from.
        changes: Settings in which it differs from its task's proposal.
        figures: The figures that are measured.
        limits: What it cannot do, in a sentence or two.
        tries: Inputs to begin with: texts, or dictionaries of what its page asks for.
        additions: What it learns from besides.
        with_snapshots: Whether the weights at some steps of its training come along.
        encoder: What it starts from; its weights are kept in 8 bits then. `None` is from scratch.
        licence: Under which it and what it learned from may be used.
    """

    name: str
    title: str
    corpus: str
    examples: int
    changes: dict[str, Any]
    figures: tuple[Figure, ...]
    limits: str
    tries: tuple[Any, ...] = field(default=())
    additions: tuple[Addition, ...] = ()
    with_snapshots: bool = False
    encoder: SmallEncoder | None = None
    licence: str = "Apache-2.0, as TFPlay; the corpus was written for it"
