"""The stages of a sentence's way in words, with the model's own numbers, and their pages."""

from tfplay.app.frame import navigation as pages
from tfplay.app.widgets.flow import OpenedPart, Stage
from tfplay.showing.flow import Flow

WHOLE = "whole"
PAGES = {
    WHOLE: pages.TOKENS,
    "tokens": pages.TOKENS,
    "embeddings": pages.EMBEDDINGS,
    "attention": pages.ATTENTION,
    "blocks": pages.BLOCK,
}
"""By the stage; the answer's page is that of the model's task."""


def stages_of(flow: Flow) -> list[Stage]:
    """The stages in the order of the way, after the whole of it."""
    first, last = flow.lanes[0], flow.lanes[-1]
    layers, heads = len(last.self_attention), len(last.self_attention[0])
    size, values = flow.hidden_dim, len(last.values[0][0])
    is_pair = len(flow.lanes) == 2
    drawn = len(first.tokens)
    cut = f" Drawn are {drawn} of them." if drawn < first.length else ""
    return [
        Stage(
            WHOLE,
            "All",
            f"{first.length} tokens, {size} numbers for each, {layers} blocks"
            f"{' in each of two stacks' if is_pair else ''} of {heads} heads, and the answer: "
            f"{_answer(flow)}. Point at anything for its numbers.",
            "Begin with tokens",
        ),
        Stage(
            "tokens",
            "Tokens",
            f"The text falls into {first.length} pieces, each one of {flow.vocabulary_size:,} that "
            f"the model knows. To the model each is a number.{cut}",
            "More on tokens",
        ),
        Stage(
            "embeddings",
            "Embeddings",
            f"Each number picks its row of {size} values, learned in training; where the token "
            f"stands is added. Drawn are the first {values}: green above 0, orange below.",
            "More on embeddings",
        ),
        Stage("attention", "Attention", _attention_text(flow, layers, heads), "More on attention"),
        Stage(
            "blocks",
            "Blocks",
            "What the heads gathered is added to each token's row, then a small network adds its "
            f"own. After {layers} blocks a row no longer says what its token is, but what the "
            "answer needs.",
            "Inside a block",
        ),
        Stage("answer", "Answer", _answer_text(flow), "Use this model"),
    ]


def opened_page(flow: Flow, opened: OpenedPart) -> tuple[str, dict[str, str]]:
    """The page on which more can be seen of a part, and its choices in the address.

    Args:
        flow: The way that is drawn.
        opened: A part of it.

    Returns:
        A constant of `tfplay.app.frame.navigation`, and the part of the query that tells the layer.
    """
    page = PAGES.get(opened.stage, pages.page_of(flow.task))
    is_encoder = len(flow.lanes) == 2 and opened.lane == 0
    query = {}
    if opened.layer and page == pages.ATTENTION:
        query = {"layer": str(opened.layer), "head": str(opened.head or "average")}
        query |= {"kind": "Encoder self-attention"} if is_encoder else {}
    if opened.layer and page == pages.BLOCK:
        query = {"block": str(opened.layer)}
        query |= {"stack": "encoder"} if is_encoder else {}
    return page, query


def _attention_text(flow: Flow, layers: int, heads: int) -> str:
    if len(flow.lanes) == 2:
        who = "The one that writes looks at itself and, along the long lines, at what was read."
    elif flow.lanes[0].stack == "decoder":
        who = "Nobody looks ahead: what comes next is to be guessed."
    else:
        who = "Everybody may look at everybody, before and after."
    return (
        f"In each of {layers} blocks {heads} heads, a colour each, decide which token listens to "
        f"which: the thicker a line, the more it takes. {who}"
    )


def _answer_text(flow: Flow) -> str:
    if len(flow.lanes) == 2:
        return (
            f"Row by row the likeliest token is written, and read again for the next: "
            f"{_answer(flow)}. The bars tell how sure the model was of each."
        )
    if flow.lanes[0].stack == "decoder":
        shown = sum(flow.probabilities)
        return (
            f"The last row becomes a probability for each of {flow.vocabulary_size:,} tokens. "
            f"These {len(flow.choices)} are the likeliest, {shown:.0%} together."
        )
    return "The first row, which has listened to all, becomes a probability for each class: " + (
        f"{_answer(flow)}."
    )


def _answer(flow: Flow) -> str:
    return f"“{flow.answer.removeprefix('␣')}”"
