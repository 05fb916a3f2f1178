"""The three configurations: what a model is, how it is trained, how it decodes.

Each is a frozen dataclass that checks itself once, says what is wrong in one sentence, and goes to
and from plain JSON types.
"""

from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any, Self

from tfplay.errors import InputError

ARCHITECTURES = ("encoder-only", "decoder-only", "encoder-decoder")
POSITIONS = ("sinusoidal", "learned", "rotary", "none")
NORMALIZATIONS = ("layer_norm", "rms_norm", "none")
ACTIVATIONS = ("relu", "gelu", "gelu_tanh", "swiglu")
HEADS = ("none", "masked_lm", "classification", "token_classification")
SCHEDULES = ("constant", "cosine", "inverse_sqrt")
PRECISIONS = ("auto", "float32", "mixed_bfloat16")
STRATEGIES = ("greedy", "sampling", "beam")

# A larger model is refused at once, with a sentence, rather than by the machine's memory.
MAX_PARAMETERS = 10_000_000_000
_MODEL_RANGES = {
    "vocabulary_size": (1, 1_000_000),
    "max_sequence_length": (1, 131_072),
    "num_layers": (1, 256),
    "hidden_dim": (1, 65_536),
    "num_heads": (1, 1024),
    "intermediate_dim": (1, 262_144),
    "num_kv_heads": (1, 1024),
    "head_dim": (1, 65_536),
    "num_segments": (0, 1024),
    "num_classes": (0, 1_000_000),
}
_MAX_STEPS = 1_000_000_000
_MAX_SEED = 2**32 - 1


class JsonConfig:
    """To and from a dictionary of plain JSON types; an unknown or missing name is an error."""

    def to_json(self) -> dict[str, Any]:
        """Returns the fields as a dictionary that `json.dumps` takes."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Builds the configuration back from `to_json`'s dictionary.

        Raises:
            InputError: A name is unknown, a needed one is missing, or a value is impossible.
        """
        if not isinstance(data, dict):
            raise InputError(f"A {cls.__name__} must be a JSON object, not {data!r:.80}.")
        unknown = data.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise InputError(f"{cls.__name__} has no field {min(unknown)!r:.80}.")
        for field in fields(cls):
            if field.default is MISSING and field.name not in data:
                raise InputError(f"{cls.__name__} needs the field {field.name!r}.")
        return cls(**data)


def _require_choice(name: str, value: Any, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise InputError(f"{name} is {value!r:.80}; it must be one of {', '.join(choices)}.")


def _require_integer(name: str, value: Any, low: int, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise InputError(
            f"{name} is {value!r:.80}; it must be a whole number from {low:,} to {high:,}."
        )


def _require_between(name: str, value: Any, low: float, high: float) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        raise InputError(f"{name} is {value!r:.80}; it must be a number from {low:g} to {high:g}.")


def _require_switch(name: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise InputError(f"{name} is {value!r:.80}; it must be true or false.")


@dataclass(frozen=True)
class ModelConfig(JsonConfig):
    """What a model is made of; its defaults are a small modern pre-norm transformer.

    Args:
        architecture: `"encoder-only"` (BERT), `"decoder-only"` (GPT) or `"encoder-decoder"`
            (the original Transformer).
        vocabulary_size: Number of tokens (V).
        max_sequence_length: The context: the longest sequence, in tokens.
        num_layers: Blocks in each stack (N).
        hidden_dim: Width of the residual stream (E, d_model).
        num_heads: Attention heads in each block (H, h).
        intermediate_dim: Inner width of the feed-forward network (F, d_ff); `None` is 4 E.
        num_kv_heads: Key and value heads for grouped-query attention; `None` is one a query head.
        head_dim: Width of one head (D, d_k); `None` is E / H.
        activation: Of the feed-forward network: `"relu"`, `"gelu"`, `"gelu_tanh"`, `"swiglu"`.
        normalization: `"layer_norm"`, `"rms_norm"` or, to break it, `"none"`.
        normalize_first: Pre-norm (GPT-2) if true, post-norm (the original) if false.
        norm_epsilon: Added to the variance before its square root is taken.
        position: `"sinusoidal"`, `"learned"`, `"rotary"` or, to break it, `"none"`.
        num_segments: Segment embeddings (BERT has 2); 0 is none.
        scale_embeddings: Multiply token embeddings by sqrt(E), as the original does.
        normalize_embeddings: Normalise the sum of the embeddings, as BERT does.
        tie_embeddings: Use the token embedding matrix as the output projection too.
        use_bias: Biases in the attention and feed-forward projections.
        dropout: Share of values dropped in training after each sublayer and the embeddings.
        initializer_range: Standard deviation of the initial weights; `None` is Glorot's.
        head: What an encoder-only model ends with: `"none"` (the contextual vectors),
            `"masked_lm"`, `"classification"` or `"token_classification"`.
        num_classes: Classes of the two classification heads.
        scale_attention: Divide attention logits by sqrt(D); false breaks it.
        use_residual: Add each sublayer's input to its output; false breaks it.
        use_causal_mask: Keep decoders from looking ahead; false breaks it.

    Raises:
        InputError: A value is impossible, alone or beside another.

    Example:
        >>> ModelConfig("decoder-only", vocabulary_size=65, max_sequence_length=64)
    """

    architecture: str
    vocabulary_size: int
    max_sequence_length: int
    num_layers: int = 2
    hidden_dim: int = 128
    num_heads: int = 4
    intermediate_dim: int | None = None
    num_kv_heads: int | None = None
    head_dim: int | None = None
    activation: str = "gelu"
    normalization: str = "layer_norm"
    normalize_first: bool = True
    norm_epsilon: float = 1e-5
    position: str = "learned"
    num_segments: int = 0
    scale_embeddings: bool = False
    normalize_embeddings: bool = False
    tie_embeddings: bool = True
    use_bias: bool = True
    dropout: float = 0.0
    initializer_range: float | None = 0.02
    head: str = "none"
    num_classes: int = 0
    scale_attention: bool = True
    use_residual: bool = True
    use_causal_mask: bool = True

    def __post_init__(self) -> None:
        _require_choice("architecture", self.architecture, ARCHITECTURES)
        _require_choice("activation", self.activation, ACTIVATIONS)
        _require_choice("normalization", self.normalization, NORMALIZATIONS)
        _require_choice("position", self.position, POSITIONS)
        _require_choice("head", self.head, HEADS)
        for field in fields(self):
            if field.type is bool:
                _require_switch(field.name, getattr(self, field.name))
        for name in (
            "vocabulary_size",
            "max_sequence_length",
            "num_layers",
            "hidden_dim",
            "num_heads",
            "num_segments",
            "num_classes",
        ):
            _require_integer(name, getattr(self, name), *_MODEL_RANGES[name])
        _require_between("norm_epsilon", self.norm_epsilon, 1e-12, 1.0)
        _require_between("dropout", self.dropout, 0.0, 0.95)
        if self.initializer_range is not None:
            _require_between("initializer_range", self.initializer_range, 0.0, 10.0)
        self._fill_derived_dims()
        self._check_heads()
        self._check_size()

    def _fill_derived_dims(self) -> None:
        """Replaces each `None` width by the number it stands for."""
        if self.head_dim is None and self.hidden_dim % self.num_heads:
            raise InputError(
                f"hidden_dim {self.hidden_dim} is not divisible by num_heads {self.num_heads}; "
                f"the nearest width that is: {self._nearest_divisible_width()}."
            )
        derived = {
            "intermediate_dim": 4 * self.hidden_dim,
            "num_kv_heads": self.num_heads,
            "head_dim": self.hidden_dim // self.num_heads,
        }
        for name, value in derived.items():
            if getattr(self, name) is None:
                object.__setattr__(self, name, value)
            _require_integer(name, getattr(self, name), *_MODEL_RANGES[name])

    def _check_heads(self) -> None:
        if self.num_heads % self.num_kv_heads:
            raise InputError(
                f"num_heads {self.num_heads} is not a multiple of num_kv_heads {self.num_kv_heads}."
            )
        if self.position == "rotary" and self.head_dim % 2:
            raise InputError(
                f"head_dim {self.head_dim} is odd; rotary positions turn pairs of values and "
                "need an even one."
            )
        if self.head != "none" and self.architecture != "encoder-only":
            raise InputError(
                f"head {self.head!r} belongs to an encoder-only model, not to {self.architecture}."
            )
        if "classification" in self.head:
            _require_integer("num_classes", self.num_classes, 2, _MODEL_RANGES["num_classes"][1])

    def _check_size(self) -> None:
        """The matrices, which are nearly all of a model, must fit into memory."""
        attention = 2 * self.hidden_dim * self.head_dim * (self.num_heads + self.num_kv_heads)
        feed_forward = 2 * self.hidden_dim * self.intermediate_dim
        embeddings = self.vocabulary_size * self.hidden_dim
        parameters = self.num_layers * (attention + feed_forward) + embeddings
        if parameters > MAX_PARAMETERS:
            raise InputError(
                f"This model would have {parameters / 1e9:,.0f} billion parameters or more; the "
                f"most is {MAX_PARAMETERS / 1e9:g} billion, so make it narrower or shallower."
            )

    def _nearest_divisible_width(self) -> int:
        return max(1, round(self.hidden_dim / self.num_heads)) * self.num_heads


@dataclass(frozen=True)
class TrainingConfig(JsonConfig):
    """How a model is trained.

    Args:
        steps: Optimizer updates.
        batch_size: Sequences in one step.
        learning_rate: The highest rate, reached at the end of the warm-up.
        schedule: After the warm-up: `"constant"`, `"cosine"` (falls to a tenth) or
            `"inverse_sqrt"`.
        warmup_steps: Steps in which the rate rises linearly from 0.
        weight_decay: AdamW's, on matrices only.
        beta_2: AdamW's decay of the second moment.
        gradient_clip: Largest global norm of the gradient; 0 is no limit.
        label_smoothing: Probability spread evenly over all tokens.
        evaluate_every: Steps between two validations.
        patience: Validations without a better loss before training ends early; 0 is never.
        precision: `"float32"`, `"mixed_bfloat16"`, or `"auto"`: the latter where a GPU gains
            from it.
        seed: Repeats a run exactly on one machine.

    Raises:
        InputError: A value is impossible.
    """

    steps: int = 1000
    batch_size: int = 32
    learning_rate: float = 1e-3
    schedule: str = "cosine"
    warmup_steps: int = 100
    weight_decay: float = 0.1
    beta_2: float = 0.99
    gradient_clip: float = 1.0
    label_smoothing: float = 0.0
    evaluate_every: int = 250
    patience: int = 0
    precision: str = "auto"
    seed: int = 0

    def __post_init__(self) -> None:
        _require_choice("schedule", self.schedule, SCHEDULES)
        _require_choice("precision", self.precision, PRECISIONS)
        for name in ("steps", "evaluate_every"):
            _require_integer(name, getattr(self, name), 1, _MAX_STEPS)
        for name in ("warmup_steps", "patience"):
            _require_integer(name, getattr(self, name), 0, _MAX_STEPS)
        _require_integer("batch_size", self.batch_size, 1, 65_536)
        _require_integer("seed", self.seed, 0, _MAX_SEED)
        _require_between("learning_rate", self.learning_rate, 1e-8, 10.0)
        _require_between("weight_decay", self.weight_decay, 0.0, 10.0)
        _require_between("beta_2", self.beta_2, 0.0, 0.9999999)
        _require_between("gradient_clip", self.gradient_clip, 0.0, 1e6)
        _require_between("label_smoothing", self.label_smoothing, 0.0, 0.9)


@dataclass(frozen=True)
class DecodingConfig(JsonConfig):
    """How the next tokens are chosen.

    Args:
        strategy: `"greedy"`, `"sampling"` or `"beam"`.
        max_new_tokens: Decoding stops after so many tokens.
        temperature: Divides the logits; below 1 sharpens, above 1 flattens.
        top_k: Sample from the k likeliest tokens only; 0 is all.
        top_p: Sample from the smallest set whose probabilities reach p; 1 is all.
        repetition_penalty: Divides positive and multiplies negative logits of tokens already
            there; 1 is none (Keskar et al., 2019, arXiv:1909.05858).
        num_beams: Hypotheses kept by beam search.
        length_penalty: Beam scores are divided by length to this power; 0 prefers short answers.
        seed: Repeats a sampled answer.

    Raises:
        InputError: A value is impossible.
    """

    strategy: str = "greedy"
    max_new_tokens: int = 64
    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0
    repetition_penalty: float = 1.0
    num_beams: int = 4
    length_penalty: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        _require_choice("strategy", self.strategy, STRATEGIES)
        _require_integer("max_new_tokens", self.max_new_tokens, 1, 131_072)
        _require_integer("num_beams", self.num_beams, 1, 256)
        _require_integer("top_k", self.top_k, 0, 1_000_000)
        _require_integer("seed", self.seed, 0, _MAX_SEED)
        _require_between("temperature", self.temperature, 0.01, 100.0)
        _require_between("top_p", self.top_p, 1e-6, 1.0)
        _require_between("repetition_penalty", self.repetition_penalty, 0.1, 10.0)
        _require_between("length_penalty", self.length_penalty, 0.0, 10.0)
