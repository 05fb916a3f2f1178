"""What can be set in a recipe: the name, range and meaning of every field of the form."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tfplay.config import ACTIVATIONS, NORMALIZATIONS, POSITIONS, PRECISIONS, SCHEDULES, ModelConfig
from tfplay.text import TOKENIZERS


class Field(NamedTuple):
    """A setting of a recipe: a number if it has limits, a choice if it has some, else a switch."""

    name: str
    label: str
    help: str
    limits: tuple[float, float, float] | None = None
    """Lowest, highest, step."""
    choices: tuple[str, ...] = ()
    unset: str = ""
    """What it is while it is not set; empty if it always is."""
    fits: Callable[[ModelConfig], bool] = lambda config: True
    """Whether it means something for such a model."""


def _reads_text(config: ModelConfig) -> bool:
    return not config.image_size


def _has_decoder(config: ModelConfig) -> bool:
    return config.architecture != "encoder-only"


def _predicts_tokens(config: ModelConfig) -> bool:
    return _has_decoder(config) and config.head == "none"


STEPS = Field(
    "steps",
    "Steps",
    "How often the weights are changed; each step looks at one batch of examples.",
    (1, 1_000_000, 100),
)

DATA = (
    Field(
        "tokenizer_kind",
        "Tokenizer",
        "What a token is: a character, a word, or pieces of words that were often found together.",
        choices=tuple(TOKENIZERS),
        fits=_reads_text,
    ),
    Field(
        "vocabulary_size",
        "Largest vocabulary",
        "The most tokens that the tokenizer may learn from the data.",
        (10, 200_000, 100),
        fits=_reads_text,
    ),
    Field(
        "validation_fraction",
        "Validation share",
        "Share of the examples that is never trained on, to see what the model does with new ones.",
        (0.0, 0.5, 0.05),
    ),
)

MODEL = (
    Field("num_layers", "Layers", "Blocks that stand on each other, in each stack.", (1, 48, 1)),
    Field(
        "hidden_dim",
        "Width",
        "How many numbers stand for one token on its way through the model.",
        (2, 4096, 16),
    ),
    Field(
        "intermediate_dim",
        "Inner width",
        "Width inside the feed-forward network of each block.",
        (1, 16_384, 64),
        unset="4 × width",
    ),
    Field(
        "num_heads",
        "Heads",
        "Attention patterns that each block computes side by side; they share out the width.",
        (1, 64, 1),
    ),
    Field(
        "num_kv_heads",
        "Key and value heads",
        "Fewer than heads is grouped-query attention: several heads share keys and values.",
        (1, 64, 1),
        unset="as heads",
    ),
    Field(
        "head_dim",
        "Width of a head",
        "Numbers in which a query and a key are compared.",
        (1, 512, 8),
        unset="width / heads",
    ),
    Field(
        "max_sequence_length",
        "Context, in tokens",
        "The longest sequence that the model reads at once.",
        (2, 8192, 16),
        fits=_reads_text,
    ),
    Field(
        "patch_size",
        "Side of a patch, in pixels",
        "A picture is cut into square patches, which are its tokens; it must divide the picture.",
        (1, 64, 1),
        fits=lambda config: bool(config.image_size),
    ),
    Field(
        "position",
        "Positions",
        "How the model knows the order of the tokens; without, a sentence is a bag of words.",
        choices=POSITIONS,
    ),
    Field(
        "activation",
        "Activation",
        "The non-linear function inside the feed-forward network; without it, two layers act as "
        "one.",
        choices=ACTIVATIONS,
    ),
    Field(
        "normalization",
        "Normalisation",
        "Keeps the numbers between blocks at one size, so that deep models train.",
        choices=NORMALIZATIONS,
    ),
    Field(
        "dropout",
        "Dropout",
        "Share of values set to 0 at random in training, so that the examples are not learned by "
        "heart.",
        (0.0, 0.9, 0.05),
    ),
    Field(
        "initializer_range",
        "Spread of first weights",
        "Standard deviation of the weights before the first step; GPT-2 and BERT begin with 0.02.",
        (0.001, 1.0, 0.01),
        unset="Glorot's",
    ),
    Field(
        "norm_epsilon",
        "Norm's epsilon",
        "Added to the variance in each normalisation, so that nothing is divided by 0.",
        (1e-12, 0.1, 1e-5),
    ),
)

SWITCHES = (
    Field(
        "normalize_first",
        "Normalise first",
        "Pre-norm (GPT-2): before attention and feed-forward; off is post-norm, the original.",
    ),
    Field(
        "tie_embeddings",
        "Tie embeddings",
        "One matrix both turns tokens into vectors and vectors back into tokens.",
        fits=_predicts_tokens,
    ),
    Field("use_bias", "Biases", "Add a learned number to each output of the linear layers."),
    Field(
        "scale_embeddings",
        "Scale embeddings",
        "Multiply token embeddings by the square root of the width, as the original does.",
        fits=_reads_text,
    ),
    Field(
        "normalize_embeddings",
        "Normalise embeddings",
        "Normalise the sum of token and position embeddings, as BERT does.",
    ),
    Field(
        "scale_attention",
        "Scale attention",
        "Divide attention logits by the square root of a head's width; off breaks it.",
    ),
    Field(
        "use_residual",
        "Residual connections",
        "Add what enters each sublayer to what leaves it; off breaks it.",
    ),
    Field(
        "use_causal_mask",
        "Causal mask",
        "Keep the decoder from looking at the tokens it is to predict; off breaks it.",
        fits=_has_decoder,
    ),
    Field(
        "use_feed_forward",
        "Feed-forward networks",
        "The network after attention in each block; off leaves attention alone.",
    ),
    Field(
        "identical_heads",
        "Identical heads",
        "All heads of a layer begin with the same weights; on breaks what makes them differ.",
    ),
)

TRAINING = (
    Field(
        "batch_size",
        "Batch size",
        "Examples in one step: more give a steadier gradient and take longer.",
        (1, 4096, 1),
    ),
    Field(
        "learning_rate",
        "Learning rate",
        "How far the weights move in a step, at most; too high a rate makes the loss explode.",
        (1e-6, 1.0, 1e-4),
    ),
    Field(
        "schedule",
        "Schedule",
        "How the learning rate goes on after the warm-up.",
        choices=SCHEDULES,
    ),
    Field(
        "warmup_steps",
        "Warm-up steps",
        "First steps, in which the learning rate rises from 0 to its highest.",
        (0, 100_000, 10),
    ),
    Field(
        "weight_decay",
        "Weight decay",
        "Pulls all matrices towards 0 a little in every step (AdamW).",
        (0.0, 10.0, 0.01),
    ),
    Field(
        "beta_2",
        "Adam's beta 2",
        "How long Adam remembers the size of past gradients: the closer to 1, the longer.",
        (0.0, 0.9999, 0.01),
    ),
    Field(
        "gradient_clip",
        "Gradient clip",
        "A gradient longer than this is shortened to it; 0 is no limit.",
        (0.0, 1000.0, 0.5),
    ),
    Field(
        "label_smoothing",
        "Label smoothing",
        "Share of the target probability that is spread over all answers, so that the model does "
        "not become too sure.",
        (0.0, 0.9, 0.05),
    ),
    Field(
        "evaluate_every",
        "Steps between validations",
        "How often the model is measured on the validation examples.",
        (1, 100_000, 10),
    ),
    Field(
        "patience",
        "Patience",
        "Validations without a better loss after which training ends early; 0 is never.",
        (0, 1000, 1),
    ),
    Field(
        "precision",
        "Precision",
        "Of the arithmetic: auto is mixed_bfloat16 where a GPU gains from it, else float32.",
        choices=PRECISIONS,
    ),
    Field(
        "seed",
        "Seed",
        "Draws first weights, split and order of the data: the same seed, the same run.",
        (0, 2**32 - 1, 1),
    ),
)

GROUPS: dict[str, Sequence[Sequence[Field]]] = {
    "Data": (DATA,),
    "Model": (MODEL, SWITCHES),
    "Training": (TRAINING,),
}
"""The fields shown under "More", by the heading of their group, in blocks."""

FIELDS = {field.name: field for field in (STEPS, *DATA, *MODEL, *SWITCHES, *TRAINING)}


def shown(value: Any) -> str:
    """A field's value in a word."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str):
        return value.replace("_", " ")
    return "not set" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:g}"
