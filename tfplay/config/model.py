"""What a model is made of."""

from dataclasses import dataclass, fields
from typing import Any

from tfplay.config.base import (
    JsonConfig,
    require_between,
    require_choice,
    require_integer,
    require_switch,
)
from tfplay.config.parameters import count_parameters
from tfplay.errors import InputError

ARCHITECTURES = ("encoder-only", "decoder-only", "encoder-decoder")
POSITIONS = ("sinusoidal", "learned", "rotary", "relative", "none")
SINUSOIDAL_LAYOUTS = ("interleaved", "halves")
NORMALIZATIONS = ("layer_norm", "rms_norm", "none")
ACTIVATIONS = ("relu", "gelu", "gelu_tanh", "silu", "swiglu", "geglu_tanh")
POOLINGS = ("first", "last", "mean", "max", "flatten")
HEADS = ("none", "masked_lm", "classification", "token_classification", "span")
HEAD_ACTIVATIONS = ("tanh", "relu", "gelu")

# A larger model is refused at once, with a sentence, rather than by the machine's memory.
MAX_PARAMETERS = 10_000_000_000
_MODEL_RANGES = {
    "vocabulary_size": (0, 1_000_000),
    "max_sequence_length": (1, 131_072),
    "num_layers": (1, 256),
    "hidden_dim": (1, 65_536),
    "num_heads": (1, 1024),
    "intermediate_dim": (1, 262_144),
    "num_kv_heads": (1, 1024),
    "head_dim": (1, 65_536),
    "num_segments": (0, 1024),
    "num_classes": (0, 1_000_000),
    "head_layer_dim": (0, 65_536),
    "second_head_layer_dim": (0, 65_536),
    "image_size": (0, 4096),
    "patch_size": (0, 4096),
    "image_channels": (1, 16),
    "attention_window": (0, 131_072),
    "rotary_original_length": (0, 131_072),
    "unrotated_every": (0, 256),
    "relative_buckets": (2, 1024),
    "relative_max_distance": (2, 131_072),
}


class _Following(int):
    """A width that follows from the others.

    `dataclasses.replace` hands it to the new configuration, which can tell it from a width that
    was given and lets it follow anew.
    """


_LEFT_OUT = _Following()


@dataclass(frozen=True)
class ModelConfig(JsonConfig):
    """What a model is made of; its defaults are a small modern pre-norm transformer.

    Args:
        architecture: `"encoder-only"` (BERT), `"decoder-only"` (GPT) or `"encoder-decoder"`
            (the original Transformer).
        vocabulary_size: Number of tokens (V); 0 for images.
        max_sequence_length: The context: the longest sequence, in tokens. For images it follows
            from their patches, whatever is given.
        num_layers: Blocks in each stack (N).
        hidden_dim: Width of the residual stream (E, d_model).
        num_heads: Attention heads in each block (H, h).
        intermediate_dim: Inner width of the feed-forward network (F, d_ff); left out, it is 4 E.
        num_kv_heads: Key and value heads for grouped-query attention; left out, one a query head.
        head_dim: Width of one head (D, d_k); left out, it is E / H.
        activation: In the feed-forward network: `"relu"`, `"gelu"`, `"gelu_tanh"`, `"silu"`, or
            with a gate `"swiglu"` or `"geglu_tanh"`.
        normalization: `"layer_norm"`, `"rms_norm"` or, to break it, `"none"`.
        normalize_first: Pre-norm (GPT-2) if true, post-norm (the original) if false.
        norm_epsilon: Added to the variance before its square root is taken.
        position: `"sinusoidal"`, `"learned"`, `"rotary"`, `"relative"` or, to break it, `"none"`.
        num_segments: Segment embeddings (BERT has 2); 0 is none.
        scale_embeddings: Multiply token embeddings by sqrt(E), as the original does.
        normalize_embeddings: Normalise the sum of the embeddings, as BERT does.
        tie_embeddings: Use the token embedding matrix as the output projection too.
        use_bias: Biases in the attention and feed-forward projections.
        dropout: Share of values dropped in training after each sublayer and the embeddings.
        token_dropout: Share of tokens whose whole vector is dropped in training, so that the model
            does not lean on single words.
        initializer_range: Standard deviation of the initial weights; `None` is Glorot's.
        head: What a model ends with. Encoder-only: `"none"` (the contextual vectors),
            `"masked_lm"`, `"classification"`, `"token_classification"` or `"span"` (where an
            answer starts and ends). Decoder-only: `"none"` (the next token) or
            `"classification"`.
        num_classes: Classes of the two classification heads.
        pooling: What the classification head reads of a text: the vector of its `"first"` or
            `"last"` token, the `"mean"` or `"max"` of all, or, of images, all after one another
            (`"flatten"`); `None` is the first, or the last where only that has read all
            (decoder-only).
        image_size: Side of the square images that an encoder-only model reads instead of tokens,
            in pixels; 0 is tokens (Dosovitskiy et al., 2020, arXiv:2010.11929).
        patch_size: Side of the square patches they are cut into, in pixels.
        image_channels: 1 for grey images, 3 for coloured ones.
        use_class_token: Put a trained [CLS] vector before the patches.
        scale_attention: Divide attention logits by sqrt(D); false breaks it.
        use_residual: Add each sublayer's input to its output; false breaks it.
        use_causal_mask: Keep decoders from looking ahead; false breaks it.
        use_feed_forward: Have a feed-forward network in each block; false breaks it.
        activate_output: Put the outputs of that network through its activation too.
        identical_heads: Begin with the same weights in all heads of a layer, so that they stay
            equal unless dropout tells them apart; true breaks it.
        qkv_bias: Biases in the query, key and value projections, also without `use_bias` (Qwen2).
        use_qk_norm: Normalise each head's queries and keys by their root mean square (Qwen3).
        attention_window: A decoder's token attends to this many tokens, itself the last of them
            (Mistral); 0 is all.
        rotary_wavelength: Of the slowest pair of rotary positions; 10000 in the paper.
        rotary_factor: Rotary positions are stretched by it, to read longer texts than were learned.
        rotary_original_length: The context before the stretch, in tokens: waves that fit into it
            several times are not stretched (Llama 3.1); 0 stretches all.
        unrotated_every: Every so many blocks, one has no rotary positions (SmolLM3: 4); 0 is none.
        relative_buckets: Distances that relative positions tell apart.
        relative_max_distance: From this distance on all are one, in tokens.
        sinusoidal_layout: Sine and cosine take turns, `"interleaved"`, as in the paper, or all
            cosines come after all sines, `"halves"` (Marian).
        share_positions: Encoder and decoder have the same positions; if false, the decoder has its
            own, and its own norm of the embeddings (BART).
        scale_logits: Divide the vectors by sqrt(E) before the tied output projection (T5).
        output_bias: Add a bias to the logits of the next token (Marian).
        use_pooler: A layer before the logits of the `"classification"` head, as BERT has it.
        head_layer_dim: Width of the layer before the logits of the two classification heads; 0 is
            E for the pooler, and no layer for tokens.
        second_head_layer_dim: Width of a second such layer after it, in the `"classification"`
            head; 0 is none.
        head_layer_activation: Of these layers: `"tanh"` (BERT), `"relu"` or `"gelu"`.
        use_final_norm: A norm after the last block of a pre-norm stack.
        use_prediction_layer: A dense layer and a norm before the projection of the `"masked_lm"`
            head, as BERT has it; without them the projection has a matrix of its own.
        prediction_activation: Of that layer: `"tanh"`, `"relu"` or `"gelu"` (BERT).
        prediction_epsilon: That norm's, added to the variance; `None` is `norm_epsilon`.
        tie_prediction: Project by the token embedding matrix after that layer; if false, by a
            matrix of its own.
        share_embeddings: Encoder and decoder have the same token embeddings; if false, each has its
            own, of as many tokens.

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
    intermediate_dim: int = _LEFT_OUT
    num_kv_heads: int = _LEFT_OUT
    head_dim: int = _LEFT_OUT
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
    token_dropout: float = 0.0
    initializer_range: float | None = None
    head: str = "none"
    num_classes: int = 0
    pooling: str | None = None
    image_size: int = 0
    patch_size: int = 0
    image_channels: int = 1
    use_class_token: bool = True
    scale_attention: bool = True
    use_residual: bool = True
    use_causal_mask: bool = True
    use_feed_forward: bool = True
    activate_output: bool = False
    identical_heads: bool = False
    qkv_bias: bool = False
    use_qk_norm: bool = False
    attention_window: int = 0
    rotary_wavelength: float = 10_000.0
    rotary_factor: float = 1.0
    rotary_original_length: int = 0
    unrotated_every: int = 0
    relative_buckets: int = 32
    relative_max_distance: int = 128
    sinusoidal_layout: str = "interleaved"
    share_positions: bool = True
    scale_logits: bool = False
    output_bias: bool = False
    use_pooler: bool = True
    head_layer_dim: int = 0
    second_head_layer_dim: int = 0
    head_layer_activation: str = "tanh"
    use_final_norm: bool = True
    use_prediction_layer: bool = True
    prediction_activation: str = "gelu"
    prediction_epsilon: float | None = None
    tie_prediction: bool = True
    share_embeddings: bool = True

    def to_json(self) -> dict[str, Any]:
        """Returns the fields for `json.dumps`; widths that follow from the others are `None`."""
        return {
            name: None if isinstance(value, _Following) else value
            for name, value in super().to_json().items()
        }

    def __post_init__(self) -> None:
        require_choice("architecture", self.architecture, ARCHITECTURES)
        require_choice("activation", self.activation, ACTIVATIONS)
        require_choice("normalization", self.normalization, NORMALIZATIONS)
        require_choice("position", self.position, POSITIONS)
        require_choice("sinusoidal_layout", self.sinusoidal_layout, SINUSOIDAL_LAYOUTS)
        require_choice("head", self.head, HEADS)
        require_choice("head_layer_activation", self.head_layer_activation, HEAD_ACTIVATIONS)
        require_choice("prediction_activation", self.prediction_activation, HEAD_ACTIVATIONS)
        if self.pooling is not None:
            require_choice("pooling", self.pooling, POOLINGS)
        for field in fields(self):
            if field.type is bool:
                require_switch(field.name, getattr(self, field.name))
        for name in (
            "vocabulary_size",
            "max_sequence_length",
            "num_layers",
            "hidden_dim",
            "num_heads",
            "num_segments",
            "num_classes",
            "head_layer_dim",
            "second_head_layer_dim",
            "image_size",
            "patch_size",
            "image_channels",
            "attention_window",
            "rotary_original_length",
            "unrotated_every",
            "relative_buckets",
            "relative_max_distance",
        ):
            require_integer(name, getattr(self, name), *_MODEL_RANGES[name])
        require_between("norm_epsilon", self.norm_epsilon, 1e-12, 1.0)
        if self.prediction_epsilon is not None:
            require_between("prediction_epsilon", self.prediction_epsilon, 1e-12, 1.0)
        require_between("dropout", self.dropout, 0.0, 0.95)
        require_between("token_dropout", self.token_dropout, 0.0, 0.95)
        require_between("rotary_wavelength", self.rotary_wavelength, 1.0, 1e12)
        require_between("rotary_factor", self.rotary_factor, 1.0, 1e6)
        if self.initializer_range is not None:
            require_between("initializer_range", self.initializer_range, 0.0, 10.0)
        self._check_images()
        self._fill_derived_dims()
        self._check_heads()
        self._check_size()

    def _check_images(self) -> None:
        """An image is a sequence of patches, perhaps after [CLS], and has no vocabulary."""
        if self.pooling == "flatten" and not self.image_size:
            raise InputError(
                "pooling 'flatten' is for images, which have one length; texts do not."
            )
        if not self.image_size:
            require_integer("vocabulary_size", self.vocabulary_size, 1, 1_000_000)
            return
        if self.architecture != "encoder-only":
            raise InputError(
                f"Images are for an encoder-only model; this one is {self.architecture}."
            )
        if not self.patch_size or self.image_size % self.patch_size:
            raise InputError(
                f"Images {self.image_size} pixels wide cannot be cut into patches "
                f"{self.patch_size} wide; the first must be a multiple of the second."
            )
        object.__setattr__(self, "vocabulary_size", 0)
        num_patches = (self.image_size // self.patch_size) ** 2
        object.__setattr__(self, "max_sequence_length", num_patches + self.use_class_token)

    def _fill_derived_dims(self) -> None:
        """Gives each width that was left out the number that follows from the others."""
        left_out = [name for name in _FOLLOWING if _is_left_out(getattr(self, name))]
        if "head_dim" in left_out and self.hidden_dim % self.num_heads:
            raise InputError(
                f"hidden_dim {self.hidden_dim} is not divisible by num_heads {self.num_heads}; "
                f"the nearest width that is: {self._nearest_divisible_width()}."
            )
        for name, follow in _FOLLOWING.items():
            if name in left_out:
                object.__setattr__(self, name, _Following(follow(self)))
            require_integer(name, getattr(self, name), *_MODEL_RANGES[name])

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
        fits = {"encoder-only": HEADS, "decoder-only": ("none", "classification")}
        if self.head not in fits.get(self.architecture, ("none",)):
            raise InputError(
                f"head {self.head!r} belongs to an encoder-only model, not to {self.architecture}."
            )
        if "classification" in self.head:
            require_integer("num_classes", self.num_classes, 2, _MODEL_RANGES["num_classes"][1])

    def _check_size(self) -> None:
        parameters = count_parameters(self)
        if parameters > MAX_PARAMETERS:
            raise InputError(
                f"This model would have {parameters / 1e9:,.0f} billion parameters; the most is "
                f"{MAX_PARAMETERS / 1e9:g} billion, so make it narrower or shallower."
            )

    def _nearest_divisible_width(self) -> int:
        return max(1, round(self.hidden_dim / self.num_heads)) * self.num_heads


_FOLLOWING = {
    "intermediate_dim": lambda config: 4 * config.hidden_dim,
    "num_kv_heads": lambda config: config.num_heads,
    "head_dim": lambda config: config.hidden_dim // config.num_heads,
}


def _is_left_out(width: int | None) -> bool:
    return width is None or isinstance(width, _Following)
