"""The kinds of attention in a model of ours."""

from typing import TYPE_CHECKING, NamedTuple

from tfplay.tasks import Reading

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models import StackTrace, Trace


class Kind(NamedTuple):
    """One kind of attention in all layers."""

    title: str
    stack: "StackTrace"
    sublayer: str
    """`"self_attention"` or `"cross_attention"`."""
    targets: list[str]
    """The tokens that attend."""
    sources: list[str]
    """The tokens that are looked at."""
    is_causal: bool = False


def kinds_of(trace: "Trace", reading: Reading, use_causal_mask: bool = True) -> list[Kind]:
    """Every kind of attention in a forward pass.

    Args:
        trace: The forward pass.
        reading: What the model read.
        use_causal_mask: The model's decoder, if there is one, does not look ahead.
    """
    tokens, target, written = reading[1:]
    if trace.decoder is None:
        return [Kind("Self-attention", trace.encoder, "self_attention", tokens, tokens)]
    masked = Kind(
        "Masked self-attention", trace.decoder, "self_attention", target, target, use_causal_mask
    )
    if trace.encoder is None:
        return [masked]
    return [
        Kind("Cross-attention", trace.decoder, "cross_attention", written, tokens),
        Kind("Encoder self-attention", trace.encoder, "self_attention", tokens, tokens),
        masked,
    ]
