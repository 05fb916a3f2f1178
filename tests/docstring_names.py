"""What the examples in docstrings take for granted: public names, small values, small files."""

import gzip
import json
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from tests.lessons.lessons import a_lesson
from tfplay.text import (
    LabelledImage,
    LabelledText,
    Pair,
    Report,
    TaggedSentence,
    write_conll,
    write_conversations,
    write_images,
    write_labelled,
    write_lines,
    write_pairs,
)

PACKAGES = (
    *("text", "config", "layers", "models", "estimates", "decoding", "explain", "training"),
    *("tasks", "recipes", "store", "figures", "experiments", "showing", "lessons"),
)
LENGTH = 16
TAGS = ("O", "O", "O", "O", "O", "B-ORG")
VOCABULARY = 65


def write_files(folder: Path) -> None:
    """The data files that examples read."""
    paragraphs = [
        {
            "context": f"The Denver Broncos won game {n}.",
            "qas": [
                {
                    "question": f"Who won game {n}?",
                    "answers": [{"text": "Denver Broncos", "answer_start": 4}],
                }
            ],
        }
        for n in range(20)
    ]
    pairs = [Pair("Wow!", "वाह!")] + [Pair(f"number {n}", f"संख्या {n}") for n in range(20)]
    reviews = [
        LabelledText("A quiet, funny film.", "positive"),
        *(LabelledText(f"Boring film number {n}.", "negative") for n in range(20)),
    ]
    sentences = [
        TaggedSentence(("010", "is", "the", f"album-{n}", "from", "Fushitsusha"), TAGS)
        for n in range(20)
    ]
    pictures = [LabelledImage(np.full((8, 8, 1), n / 20, "float32"), str(n % 2)) for n in range(20)]
    chats = [
        [{"role": "user", "content": "Hello!"}, {"role": "assistant", "content": f"Hi {n}."}]
        for n in range(20)
    ]
    write_pairs(folder / "hin.tsv", pairs)
    write_labelled(folder / "reviews.csv", reviews)
    squad_file = json.dumps({"data": [{"paragraphs": paragraphs}]})
    (folder / "dev-v1.1.json").write_text(squad_file)
    write_conll(folder / "wikigold.conll", sentences)
    (folder / "wikigold.conll").rename(folder / "wikigold.conll.txt")
    write_images(folder / "digits.csv", pictures)
    write_conversations(folder / "chats.jsonl", chats)
    (folder / "lesson.json").write_text(json.dumps(a_lesson()))
    write_lines(folder / "names.txt", ["emma", "olivia", *map(str, range(20))])
    (folder / "input.txt.gz").write_bytes(gzip.compress(b"First Citizen: we are friends. " * 99))
    mnist = "\n".join(",".join([digit, *["0"] * 784]) for digit in "70")
    (folder / "mnist_test.csv.gz").write_bytes(gzip.compress(mnist.encode()))
    rows = "".join(
        f"{('ham', 'spam')[n % 2]},Free entry {n}. Call now and win a prize.\n" for n in range(5571)
    )
    (folder / "spam.csv").write_text(f"v1,v2\n{rows},No label\n")


@cache
def public_names() -> dict[str, Any]:
    """What the packages of the core offer, and the libraries that examples use."""
    import keras
    import plotly.graph_objects as go

    from tfplay import figures
    from tfplay.text.corpora import CORPORA

    packages = [import_module(f"tfplay.{package}") for package in PACKAGES]
    public = {name: getattr(package, name) for package in packages for name in package.__all__}
    libraries = {"np": np, "keras": keras, "ops": keras.ops, "go": go, "Path": Path}
    return public | libraries | {"figures": figures, "CORPORA": CORPORA}


@cache
def values() -> dict[str, Any]:
    """The values that examples share; they stand in the folder with the files."""
    return _arrays() | _models() | _data() | _screen()


def _arrays() -> dict[str, Any]:
    random = np.random.default_rng(0)

    def normal(*shape: int) -> np.ndarray:
        return random.normal(size=shape).astype("float32")

    return {
        "x": normal(2, 5, 33),
        "memory": normal(2, 7, 33),
        "embeddings": normal(2, 5, 33),
        "token_embeddings": normal(2, 5, 33),
        "query": normal(2, 3, 5, 12),
        "key": normal(2, 3, 5, 12),
        "images": normal(2, 8, 8, 1),
        "segment_ids": np.zeros((2, 5), "int32"),
        "padding_mask": np.ones((2, 5), bool),
        "scores": np.full((2, 3, 5, 5), 0.2),
        "tokens": ["We", "are", "what", "we", "are"],
    }


def _models() -> dict[str, Any]:
    from tfplay.config import TrainingConfig, preset
    from tfplay.explain import Stream, trace_arrays
    from tfplay.layers import FeedForward, TokenEmbedding
    from tfplay.models import build_model
    from tfplay.tasks import Batch
    from tfplay.text import BytePairTokenizer

    class Data:
        """Batches of the same tokens, over and over."""

        def training_batches(self, batch_size, seed, first=0):
            while True:
                yield Batch({"token_ids": token_ids[:, :-1]}, token_ids[:, 1:])

        def validation_batches(self, batch_size):
            yield Batch({"token_ids": token_ids[:, :-1]}, token_ids[:, 1:])

    sizes = {"max_sequence_length": 64, "hidden_dim": 33, "num_heads": 3}
    config = preset("tiny", "decoder-only", vocabulary_size=VOCABULARY, **sizes)
    model = build_model(config)
    token_ids = np.random.default_rng(0).integers(8, VOCABULARY, (1, LENGTH)).astype("int32")
    token_embedding = TokenEmbedding(VOCABULARY, 33)
    token_embedding(token_ids)
    return {
        "config": config,
        "model": model,
        "token_ids": token_ids,
        "prompt_ids": token_ids,
        "source": token_ids,
        "target": token_ids,
        "cache": model.empty_cache(1, 64),
        "inputs": {"token_ids": token_ids},
        "labels": token_ids,
        "logits": model(token_ids),
        "trace": trace_arrays(model, {"token_ids": token_ids}),
        "tokenizer": BytePairTokenizer.train(["Not bad. I saw a"] * 9, vocabulary_size=300),
        "token_embedding": token_embedding,
        "feed_forward": FeedForward(intermediate_dim=132),
        "stream": Stream(
            np.random.default_rng(0).normal(size=(3, 80, 33)),
            np.tile(np.arange(4), 20),
            np.repeat(np.arange(10), 8),
        ),
        "training": TrainingConfig(steps=2, batch_size=2, warmup_steps=1),
        "data": Data(),
    }


def _data() -> dict[str, Any]:
    from tfplay.recipes import default_recipe
    from tfplay.store import open_run
    from tfplay.text.formats.grid import read_grid

    records = [{"step": 1, "loss": 4.2}, {"step": 2, "loss": 3.9}]
    said = (("system", "Be kind."), ("user", "Hi!"), ("assistant", "Hello!"))
    return {
        "run": open_run("translator"),
        "run_id": "translator",
        "recipe": default_recipe("translation", "hin.tsv"),
        "image": LabelledImage(np.zeros((8, 8, 1), "float32"), "0"),
        "table": read_grid("spam.csv", (".csv",), ("text", "label"), None, Report()),
        "messages": [{"role": role, "content": content} for role, content in said],
        "first": records,
        "second": records,
        "lines": {"model": ([1, 2], [4.2, 3.9])},
        "settings": {
            "tokenizer_kind": "word",
            "vocabulary_size": 100,
            "max_sequence_length": 64,
            "validation_fraction": 0.1,
            "seed": 0,
        },
    }


def _screen() -> dict[str, Any]:
    """What the pages of the app have."""
    import plotly.graph_objects as go

    from tfplay.app.frame import navigation
    from tfplay.app.frame.layout import errors_shown
    from tfplay.app.lesson.subject import Subject
    from tfplay.store import open_model

    return {
        "errors_shown": errors_shown,
        "navigation": navigation,
        "figure": go.Figure(),
        "draw_slider": lambda key: 4,
        "visitor": lambda: "a secret",
        "subject": Subject(open_model("text"), "Once there was", ""),
    }


SHIPPED = {
    "tfplay.tasks.answers": "answers",
    "tfplay.tasks.classification": "sentiment",
    "tfplay.tasks.images": "digits",
    "tfplay.tasks.masked_words": "masked-words",
    "tfplay.tasks.tagging": "entities",
    "tfplay.tasks.translation": "translator",
    "tfplay.chat": "chat",
}


def trained(module: str) -> dict[str, Any]:
    """The shipped model that a module's examples ask, if they ask one."""
    source = Path(import_module(module).__file__).read_text(encoding="utf-8")
    asks = re.search(r"(>>>|\.\.\.) .*\btrained\b", source)
    folder = next((folder for folder in SHIPPED if module.startswith(f"{folder}.")), None)
    return {"trained": _load(SHIPPED[folder])} if asks and folder else {}


@cache
def _load(name: str) -> Any:
    from tfplay.store import open_model

    return open_model(name).load()
