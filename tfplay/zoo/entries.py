"""Every shipped model: its corpus, its recipe, and what it must be able to do."""

from tfplay.errors import InputError
from tfplay.zoo.entry import EVERYDAY, TATOEBA, Addition, Figure, SmallEncoder, ZooModel

_FEW_VALIDATIONS = {"validation_fraction": 0.01, "evaluate_every": 500}
"""The validation share of an unlimited corpus: a tenth would be more than it takes."""

_RECALL = tuple(
    Figure(f"recall after {turns} turns", f"recall-{turns}", "exact_match", 0.85, count=100)
    for turns in range(7)
)

_BY_FILL = tuple(
    Figure(f"{what}, window {share}", part, "exact_match", at_least, 100, fill)
    for what, part, at_least in (
        ("names", "long-names", 0.90),
        ("corrections", "long-corrections", 0.90),
        ("sums", "long-sums", 0.92),
    )
    for share, fill in (
        ("a quarter full", 0.25),
        ("half full", 0.5),
        ("three quarters full", 0.75),
        ("full", 1.0),
    )
)

USABLE_WINDOW = Figure("usable window, in tokens", "recall-6", "window", 256)
"""The longest conversation, with its answer, that the model can use: wherever the context is shown
or filled, it counts instead of the number of the model's positions."""

_HAMSTER = (
    "Ella lives with a white hamster whose name is Rusty. Milan has a brown goat called Biscuit. "
    "One day the hamster ran away, and Rosa found it beside the fireplace."
)

_MODELS = (
    ZooModel(
        name="translator",
        title="Translator, English to Hindi",
        corpus="english-hindi",
        examples=60_000,
        additions=(
            Addition("phrase-book", 36_000),
            Addition("phrase-book", 2_500, times=6),
            Addition(TATOEBA, times=10),
        ),
        changes={
            **_FEW_VALIDATIONS,
            "preset": "small",
            "num_layers": 3,
            "max_sequence_length": 48,
            "vocabulary_size": 5000,
            "dropout": 0.05,
            "label_smoothing": 0.05,
            "batch_size": 64,
            "steps": 6000,
        },
        figures=(
            Figure("held-out combinations", "held-out", "exact_match", 0.94, count=1000),
            Figure("words that never met", "held-out-words", "exact_match", 0.80, count=1000),
            Figure("BLEU, held-out combinations", "held-out", "bleu", count=1000),
            Figure("everyday sentences right", EVERYDAY, "right", 0.80, count=100),
            Figure("chrF, Tatoeba's held-out sentences", TATOEBA, "chrf", 32),
        ),
        limits="It knows some 3,000 English words, best in short everyday sentences. Names and "
        "words that it has not met stay in Latin letters or are guessed; long sentences go wrong.",
        tries=("We are friends.", "It is raining today.", "I want to buy a new phone."),
    ),
    ZooModel(
        name="chat",
        title="Chat that remembers",
        corpus="conversations",
        examples=50_000,
        changes={
            **_FEW_VALIDATIONS,
            "preset": "llama-like",
            "vocabulary_size": 1500,
            "num_layers": 3,
            "batch_size": 8,
            "steps": 6000,
            "learning_rate": 3e-3,
            "warmup_steps": 300,
        },
        figures=(
            Figure("the notes' own sum, in any spelling", "notes", "exact_match", 1.0, count=90),
            *_RECALL,
            *_BY_FILL,
            USABLE_WINDOW,
            Figure("corrections", "corrections", "exact_match", 0.90, count=200),
            Figure("sums", "sums", "exact_match", 0.88, count=300),
            Figure("system prompts", "system-prompts", "exact_match", 0.78, count=300),
            Figure("unknown things, answered kindly", "unknown", "exact_match", 0.84, count=200),
        ),
        limits="It has a few hundred words and adds and subtracts two numbers up to 99; of what it "
        "was not taught it says so. It remembers what it is told as far as its context of 256 "
        "tokens reaches.",
        tries=("My name is Zorimel.", "What is 27 plus 45?", "What is attention?"),
    ),
    ZooModel(
        name="text",
        title="Story writer",
        corpus="stories",
        examples=30_000,
        changes={
            **_FEW_VALIDATIONS,
            "max_sequence_length": 128,
            "tokenizer_kind": "byte-pair",
            "vocabulary_size": 2000,
            "batch_size": 16,
            "num_layers": 2,
            "steps": 1200,
            "learning_rate": 2e-3,
        },
        figures=(
            Figure("perplexity", "held-out", "perplexity", count=300),
            Figure("next token right", "held-out", "accuracy", count=300),
        ),
        limits="It knows the words and plots of its stories and nothing of the world.",
        tries=("One morning", "Mira"),
    ),
    ZooModel(
        name="reviews",
        title="Sentiment of real sentences",
        corpus="reviews",
        examples=19_200,
        changes={
            "validation_fraction": 0.01,
            "evaluate_every": 200,
            "steps": 600,
            "batch_size": 32,
            "learning_rate": 1e-4,
            "snapshots": 0,
            "pooling": "mean",
        },
        figures=(
            Figure("accuracy, film critics", "rt-polarity", "accuracy", 0.74, count=10_662),
            Figure("accuracy, grammar", "grammar", "accuracy", count=1000),
        ),
        limits="It knows praise and blame alone: what is neither gets one of the two all the same. "
        "Irony, and what only who knows the subject can tell, it often gets wrong.",
        tries=(
            "I wanted to love it, but it was boring.",
            "Not bad at all, I would see it again.",
            "if only the sequel were half as clever as the first one",
        ),
        encoder=SmallEncoder(layers=3, tokens=7000),
        licence="Apache-2.0, as TFPlay and the encoder it started from; what it learned from is as "
        "told above",
    ),
    ZooModel(
        name="names",
        title="Names in real sentences",
        corpus="names",
        examples=16_000,
        changes={
            "validation_fraction": 0.01,
            "evaluate_every": 200,
            "steps": 500,
            "batch_size": 32,
            "learning_rate": 2e-4,
            "token_dropout": 0.1,
            "snapshots": 0,
        },
        figures=(
            Figure("F1, Wikipedia", "wikigold", "f1", 0.55, count=1000),
            Figure("F1 of persons, Wikipedia", "wikigold", "f1_PER", count=1000),
            Figure("F1 of places, Wikipedia", "wikigold", "f1_LOC", count=1000),
            Figure("F1 of organisations, Wikipedia", "wikigold", "f1_ORG", count=1000),
            Figure("F1, grammar", "grammar", "f1", count=1000),
        ),
        limits="It knows where a capital letter stands, but not accents. It often takes one kind "
        "of name for another, above all organisations, and titles of books and films for names. "
        "Dates and nationalities are no names to it.",
        tries=(
            "Priya Sharma flew from Delhi to London to work for the BBC.",
            "just landed in lisbon, sam is picking me up",
            "We played cards until midnight.",
        ),
        encoder=SmallEncoder(layers=3, tokens=6000, capital="^"),
        licence="Apache-2.0, as TFPlay and the encoder it started from; what it learned from is as "
        "told above",
    ),
    ZooModel(
        name="sentiment",
        title="Sentiment",
        corpus="sentiment",
        examples=80_000,
        changes={
            **_FEW_VALIDATIONS,
            "num_layers": 3,
            "dropout": 0.05,
            "steps": 3500,
            "learning_rate": 2e-3,
            "vocabulary_size": 2000,
        },
        figures=(Figure("accuracy", "held-out", "accuracy", 0.95, count=1000),),
        limits="It knows the words of short reviews; irony and other subjects are beyond it.",
        tries=("The film was not bad at all.", "I wanted to love it, but it was boring."),
    ),
    ZooModel(
        name="topics",
        title="Topics",
        corpus="topics",
        examples=30_000,
        changes={**_FEW_VALIDATIONS, "steps": 2000, "vocabulary_size": 2000},
        figures=(Figure("accuracy", "held-out", "accuracy", 0.95, count=1000),),
        limits="It sorts every sentence into one of its few topics, also what belongs to none.",
        tries=("The striker scored in the last minute.", "Whisk the eggs with a little sugar."),
    ),
    ZooModel(
        name="entities",
        title="Entities",
        corpus="entities",
        examples=50_000,
        changes={
            **_FEW_VALIDATIONS,
            "num_layers": 3,
            "dropout": 0.05,
            "steps": 2000,
            "batch_size": 64,
            "learning_rate": 2e-3,
            "vocabulary_size": 2000,
        },
        figures=(
            Figure("F1", "held-out", "f1", 0.95, count=1000),
            Figure("token accuracy", "held-out", "accuracy", count=1000),
        ),
        limits="It tells names by their place in simple sentences; newspaper text is harder.",
        tries=("Maria Lopez moved to Lisbon in March.", "Jordan visited Jordan."),
    ),
    ZooModel(
        name="masked-words",
        title="Masked words",
        corpus="masked-words",
        examples=50_000,
        changes={
            **_FEW_VALIDATIONS,
            "steps": 5000,
            "tokenizer_kind": "word",
        },
        figures=(
            Figure("masked words right", "cloze", "cloze_accuracy", count=500),
            Figure("masked tokens right", "held-out", "accuracy", count=1000),
            Figure("most frequent token", "held-out", "frequency_baseline", count=1000),
        ),
        limits="It knows the words and patterns of its corpus.",
        tries=("The [MASK] barked at the cat.", "She sat on the [MASK] of the river."),
    ),
    ZooModel(
        name="answers",
        title="Answers from a passage",
        corpus="reading",
        examples=80_000,
        changes={
            **_FEW_VALIDATIONS,
            "num_layers": 3,
            "hidden_dim": 96,
            "num_heads": 8,
            "position": "rotary",
            "dropout": 0.0,
            "steps": 6000,
            "batch_size": 16,
            "learning_rate": 1.5e-3,
            "warmup_steps": 300,
            "vocabulary_size": 6000,
        },
        figures=(
            Figure("exact match", "held-out", "exact_match", 0.90, count=1000),
            Figure("F1", "held-out", "f1", count=1000),
        ),
        limits="It reads short stories of a few sentences, whose names and places the question "
        "says again; other texts mislead it, and it points at a span also when the answer is not "
        "there.",
        tries=(
            {"question": "Who found the hamster?", "context": _HAMSTER},
            {"question": "What colour is Ella's hamster?", "context": _HAMSTER},
        ),
    ),
    ZooModel(
        name="digits",
        title="Digits, a vision transformer",
        corpus="handwriting",
        examples=40_000,
        changes={"steps": 8000},
        figures=(
            Figure("accuracy", "held-out", "accuracy", 0.97, count=500),
            Figure("accuracy, as ten hands draw", "drawn", "accuracy", 0.95, count=200),
        ),
        limits="It reads pictures of 8 x 8 pixels that one digit fills, as the pad makes them; "
        "whatever else is drawn is one of ten digits to it, too.",
        licence="Apache-2.0, as TFPlay; scikit-learn's digits are CC BY 4.0 (Alpaydin and Kaynak, "
        "1998)",
    ),
    ZooModel(
        name="learning",
        title="Singer, to watch it learn",
        corpus="songs",
        examples=6000,
        changes={
            **_FEW_VALIDATIONS,
            "preset": "tiny",
            "tokenizer_kind": "word",
            "max_sequence_length": 40,
            "head_dim": 32,
            "intermediate_dim": 128,
            "tie_embeddings": False,
            "batch_size": 64,
            "steps": 3000,
            "learning_rate": 2e-3,
            "weight_decay": 0.01,
            "snapshots": 16,
        },
        figures=(
            Figure("perplexity", "held-out", "perplexity", count=300),
            Figure("next token right", "held-out", "accuracy", count=300),
        ),
        limits="It is made to be looked into: it repeats refrains of a few dozen words, and knows "
        "nothing else.",
        tries=("moon river bell / fox owl sea snow / moon river", "old tree cold wind / old"),
        with_snapshots=True,
    ),
)

ZOO: dict[str, ZooModel] = {model.name: model for model in _MODELS}
"""Every shipped model, by its name."""


def zoo_model(name: str) -> ZooModel:
    """The shipped model of that name.

    Raises:
        InputError: There is none.
    """
    if name not in ZOO:
        raise InputError(f"There is no shipped model {name!r}; there are {', '.join(ZOO)}.")
    return ZOO[name]
