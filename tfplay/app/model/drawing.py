"""A model drawn from its configuration: its stacks of blocks, and what each part has learned."""

from tfplay.app.widgets.diagram import Shape, box, line, words
from tfplay.config import (
    ModelConfig,
    count_attention,
    count_embeddings,
    count_feed_forward,
    count_head,
)
from tfplay.store import Model

WIDTH, PART, GAP = 230, 40, 8
MOST_BLOCKS = 6
"""Of a stack with more, one block stands for all."""


def architecture_label(model: Model) -> str:
    """The model's title, and how large what is drawn of it is."""
    config = model.config
    stacks = "two stacks" if config.architecture == "encoder-decoder" else "a stack"
    return (
        f"{model.title}: {stacks} of {config.num_layers} blocks, {config.hidden_dim} wide, with "
        f"{config.num_heads} heads each"
    )


def architecture_shapes(config: ModelConfig) -> tuple[list[Shape], float, float]:
    """A model drawn from its configuration: shapes, width and height.

    Read from the bottom up, as the text goes.
    """
    if config.architecture != "encoder-decoder":
        shapes, height = _tower(config, 0, 0, _end(config))
        return shapes, WIDTH, height
    decoder, height = _tower(config, WIDTH + 50, 0, _end(config), reads_encoder=True)
    _, encoder_height = _tower(config, 0, 0, "")
    top = height - encoder_height  # both stand on the same ground
    encoder, _ = _tower(config, 0, top, "")
    return [*encoder, *decoder, *_bridges(config, top)], 2 * WIDTH + 50, height


def _tower(
    config: ModelConfig, x: float, y: float, end: str, reads_encoder: bool = False
) -> tuple[list[Shape], float]:
    """One stack from the top down: what it ends with, its blocks, its embeddings."""
    middle = x + WIDTH / 2
    shapes: list[Shape] = []
    if end:
        shapes += _part(x, y, end, f"{count_head(config):,}", "end")
    else:
        shapes.append(words(middle, y + PART / 2, "what was read", "soft"))
    y += PART + GAP
    parts = _parts(config, reads_encoder)
    for label in _block_labels(config):
        height = len(parts) * (PART + 4) + 12
        shapes.append(box(x + 0.5, y, WIDTH - 1, height, "frame"))
        shapes.append(line(f"M {middle} {y} v {-GAP}"))
        for index, (name, count, kind) in enumerate(parts):
            place = y + 8 + index * (PART + 4)
            shapes += _part(x + 26, place, name, f"{count:,}", kind, WIDTH - 34)
        shapes.append(words(x + 13, y + height / 2, label, "strong"))
        y += height + GAP
    shapes.append(line(f"M {middle} {y} v {-GAP}"))
    rows = config.vocabulary_size or (config.max_sequence_length - 1)
    shared = "the same " if config.architecture == "encoder-decoder" and not end else ""
    embedding = f"{shared}embedding: {rows:,} × {config.hidden_dim}"
    shapes += _part(x, y, embedding, f"{count_embeddings(config):,}", "")
    return shapes, y + PART + 2


def _parts(config: ModelConfig, reads_encoder: bool) -> list[tuple[str, int, str]]:
    """Name, parameters and kind of each part of a block, the last first."""
    heads = f"attention: {config.num_heads} heads of {config.head_dim}"
    feed_forward = (f"feed-forward: {config.intermediate_dim}", count_feed_forward(config), "feed")
    parts = [feed_forward] if config.use_feed_forward else []
    if reads_encoder:
        parts.append(("cross-" + heads, count_attention(config), "cross"))
    is_decoder = config.architecture == "decoder-only" or reads_encoder
    masked = "masked " if is_decoder and config.use_causal_mask else ""
    return [*parts, (masked + heads, count_attention(config), "attention")]


def _block_labels(config: ModelConfig) -> list[str]:
    """The numbers of the blocks, the last first; or how many one stands for."""
    count = config.num_layers
    return [f"×{count}"] if count > MOST_BLOCKS else [str(count - place) for place in range(count)]


def _part(
    x: float, y: float, name: str, count: str, kind: str, width: float = WIDTH - 1
) -> list[Shape]:
    middle = x + width / 2
    return [
        box(x + 0.5, y, width - 1, PART, kind),
        words(middle, y + PART / 2 - 8, name),
        words(middle, y + PART / 2 + 9, f"{count} parameters", "soft"),
    ]


def _bridges(config: ModelConfig, encoder_top: float) -> list[Shape]:
    """From what the encoder read to each decoder block's cross-attention."""
    parts = _parts(config, reads_encoder=True)
    height = len(parts) * (PART + 4) + 12 + GAP
    above = len(parts) - 2  # what stands over the cross-attention in a block
    places = [
        PART + GAP + number * height + 8 + above * (PART + 4) + PART / 2
        for number in range(len(_block_labels(config)))
    ]
    trunk = WIDTH + 20
    start = encoder_top + PART / 2
    reach = f"M {WIDTH / 2 + 50} {start} H {trunk} V"
    return [line(f"{reach} {place} H {WIDTH + 50 + 26}") for place in places]


def _end(config: ModelConfig) -> str:
    """What a model ends with, in a few words."""
    if config.num_classes:
        return f"head: {config.num_classes} classes"
    if config.head == "span":
        return "head: where an answer starts, ends"
    tied = " (the embedding again)" if config.tie_embeddings else ""
    if config.head == "masked_lm":
        return f"word of {config.vocabulary_size:,}" + tied
    if config.architecture == "encoder-only":
        return f"vectors of {config.hidden_dim} numbers"
    return f"next of {config.vocabulary_size:,}{tied}"
