"""What the steps through a block are called, their formulas, and what they are for."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tfplay import explain

PARTS = {
    "self_attention": "Self-attention",
    "cross_attention": "Cross-attention",
    "feed_forward": "Feed-forward",
}


class Words(NamedTuple):
    """What people are told about a step."""

    label: str
    """A few letters, for a tab."""
    title: str
    formula: str
    """LaTeX."""
    text: str


WORDS = {
    "input": Words(
        "X",
        "What enters the block",
        r"X \in \mathbb{R}^{T \times E}",
        "A row for each token: its vector in the residual stream, the sum of its embedding, its "
        "position and all that the blocks before have added.",
    ),
    "normalized": Words(
        "norm",
        "Normalise",
        r"\mathrm{norm}(x) = \frac{x - \mu}{\sigma} \odot \gamma + \beta",
        "Each row by itself: its mean is taken off and it is divided by its standard deviation; "
        "then every column has a learned gain and shift.",
    ),
    "encoder_output": Words(
        "M",
        "What the encoder has read",
        r"M \in \mathbb{R}^{S \times E}",
        "A row for each token of the source, as the encoder's last block left it. Keys and values "
        "are made from it, queries from the decoder's own stream.",
    ),
    "query": Words(
        "Q",
        "Queries",
        r"Q = X W_Q + b_Q",
        "What each token looks for: its row times a learned matrix.",
    ),
    "key": Words(
        "K",
        "Keys",
        r"K = X W_K + b_K",
        "What each token offers to be found by.",
    ),
    "value": Words(
        "V",
        "Values",
        r"V = X W_V + b_V",
        "What each token passes on to those that attend to it.",
    ),
    "query_heads": Words(
        "Q split",
        "Split the queries into heads",
        r"Q = [\,Q_1 \mid \dots \mid Q_h\,]",
        "Nothing is computed: every head takes its own columns. Choose the head below.",
    ),
    "key_heads": Words(
        "K split",
        "Split the keys into heads",
        r"K = [\,K_1 \mid \dots \mid K_h\,]",
        "The same columns of the keys.",
    ),
    "value_heads": Words(
        "V split",
        "Split the values into heads",
        r"V = [\,V_1 \mid \dots \mid V_h\,]",
        "The same columns of the values.",
    ),
    "query_normalized": Words(
        "Q normed",
        "Normalise each head's queries",
        r"q \mapsto \frac{q}{\sqrt{\overline{q^2} + \varepsilon}} \odot g",
        "All queries get one length before the gain, so that no product with a key grows too "
        "large.",
    ),
    "key_normalized": Words(
        "K normed",
        "Normalise each head's keys",
        r"k \mapsto \frac{k}{\sqrt{\overline{k^2} + \varepsilon}} \odot g",
        "The same for the keys.",
    ),
    "query_rotated": Words(
        "Q turned",
        "Turn the queries by their positions",
        r"(q_i,\, q_{i + D/2}) \mapsto R(t\,\theta_i)\,(q_i,\, q_{i + D/2})",
        "Rotary positions: pairs of columns are turned by an angle that grows with the position.",
    ),
    "key_rotated": Words(
        "K turned",
        "Turn the keys by their positions",
        r"(k_i,\, k_{i + D/2}) \mapsto R(s\,\theta_i)\,(k_i,\, k_{i + D/2})",
        "The same for the keys: a product of both then depends on their distance alone.",
    ),
    "products": Words(
        "QKᵀ",
        "Compare every query with every key",
        r"Q_h K_h^\top",
        "Each cell is the dot product of the query of its row and the key of its column: large if "
        "one offers what the other looks for.",
    ),
    "scaled": Words(
        "÷√d",
        "Scale",
        r"\frac{Q_h K_h^\top}{\sqrt{d_k}}",
        "A sum of d products grows with √d. Divided by it, the numbers stay in a range in which "
        "the softmax does not single out the largest.",
    ),
    "biased": Words(
        "+ distance",
        "Add what the distance is worth",
        r"Z_{ts} + b_{s - t}",
        "Relative positions: each head has learned a number for how far apart two tokens stand.",
    ),
    "masked": Words(
        "mask",
        "Mask the future",
        r"\text{position } s > t \;\mapsto\; -\infty",
        "A token attends to positions up to **and including** its own: were its own forbidden, as "
        "some notes have it, the first token would have nothing to attend to.",
    ),
    "softmax": Words(
        "softmax",
        "Softmax: products become shares",
        r"A_{t,s} = \frac{e^{z_{t,s}}}{\sum_{s'} e^{z_{t,s'}}}",
        "Every row is positive and adds up to 1: the token's attention, shared out.",
    ),
    "head_outputs": Words(
        "A·V",
        "Mix the values",
        r"\mathrm{head}_h = A_h V_h",
        "Each token gets the average of the values, weighted by its attention. The result is a "
        "vector, not a token; two steps later it is added to the stream.",
    ),
    "joined": Words(
        "concat",
        "Heads side by side",
        r"\mathrm{Concat}(\mathrm{head}_1, \dots, \mathrm{head}_h)",
        "Nothing is computed: the columns of all heads stand side by side again.",
    ),
    "mixed": Words(
        "W_O",
        "Mix the heads",
        r"O = \mathrm{Concat}(\mathrm{head}_1, \dots, \mathrm{head}_h)\, W_O + b_O",
        "It follows the concatenation: every column of the answer may take from all heads.",
    ),
    "added": Words(
        "add",
        "Add to the residual stream",
        r"x + \mathrm{sublayer}(x)",
        "What the sublayer answers is added to what was there: nothing is overwritten.",
    ),
    "up": Words(
        "up",
        "Feed forward: up",
        r"U = X W_1 + b_1",
        "Each token by itself, with the same weights for all: every column is a neuron.",
    ),
    "gate": Words("gate", "A gate for each neuron", r"G = X W_g", "It says how much passes."),
    "activated": Words(
        "activate",
        "Activation",
        r"a(u), \quad \mathrm{GELU}(u) = u\,\Phi(u), \quad \mathrm{ReLU}(u) = \max(0, u)",
        "Neurons with negative sums fall (nearly) silent. Without it two linear layers would be "
        "one.",
    ),
    "gated": Words("⊙", "Gate times neurons", r"a(G) \odot U", "Cell by cell."),
    "down": Words(
        "down",
        "Feed forward: down",
        r"F = a(U)\, W_2 + b_2",
        "Back to the width of the stream: each active neuron adds its row of the matrix.",
    ),
    "output_activated": Words(
        "activate",
        "Activation of the output",
        r"a(F)",
        "The same function as for the neurons, cell by cell.",
    ),
}
"""What people are told about each step, by its name."""


def step_formula(step: "explain.BlockStep", head_dim: int) -> str:
    """The step's formula as LaTeX, without a bias where the model has none."""
    formula = WORDS[step.name].formula
    if getattr(step.operation, "bias", None) is None:
        formula = re.sub(r" \+ b_\w", "", formula)
    return formula.replace("d_k", str(head_dim))


_SYMBOLS = {
    "input": ("X",),
    "encoder_output": ("M",),
    "query": ("Q", "{read}", "W_Q", "b_Q"),
    "key": ("K", "{source}", "W_K", "b_K"),
    "value": ("V", "{source}", "W_V", "b_V"),
    "query_heads": ("Q{h}", "Q"),
    "key_heads": ("K{h}", "K"),
    "value_heads": ("V{h}", "V"),
    "query_normalized": ("Q{h} normed", "Q{h}"),
    "key_normalized": ("K{h} normed", "K{h}"),
    "query_rotated": ("Q{h} turned", "Q{h}"),
    "key_rotated": ("K{h} turned", "K{h}"),
    "products": ("Q{h}K{h}ᵀ", "Q{h}", "K{h}ᵀ"),
    "scaled": ("Z{h}", "Q{h}K{h}ᵀ"),
    "biased": ("Z{h} + b{h}", "Z{h}", "b{h}"),
    "masked": ("Z{h} masked", "Z{h}"),
    "softmax": ("A{h}", "Z{h}"),
    "head_outputs": ("head{h}", "A{h}", "V{h}"),
    "joined": ("Concat", "head{h}"),
    "mixed": ("O", "Concat", "W_O", "b_O"),
    "up": ("U", "{read}", "W₁", "b₁"),
    "gate": ("G", "{read}", "W_g", "b_g"),
    "activated": ("a(U)", "U"),
    "gated": ("a(G)⊙U", "a(G)", "U"),
    "down": ("F", "a(U)", "W₂", "b₂"),
    "output_activated": ("a(F)", "F"),
}
"""The result's name, then those of what it is made from."""


def step_symbols(steps: "Sequence[explain.BlockStep]", head: int) -> list[tuple[str, ...]]:
    """What the matrices of every step are called: the result first, then what it is made from.

    The stream is X, after the first sublayer X′, and so on.

    Args:
        steps: As `tfplay.explain.block_steps` gives them.
        head: The head that is shown, from 0.
    """
    subscript = str(head + 1).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
    parts = list(dict.fromkeys(step.part for step in steps))
    stream = read = source = "X"
    symbols: list[tuple[str, ...]] = []
    for index, step in enumerate(steps):
        ends_part = index + 1 == len(steps) or steps[index + 1].part != step.part
        after = "X" + "′" * (1 + parts.index(step.part))
        answer = symbols[-1][0] if symbols else ""
        match step.name:
            case "normalized":
                names = (after, answer) if ends_part else (f"norm({stream})", stream)
                read = source = names[0]
            case "added":
                names = after if ends_part else f"{stream} + {answer}", stream, answer
            case "encoder_output":
                names, source = ("M",), "M"
            case name:
                texts = {"h": subscript, "read": read, "source": source}
                names = tuple(symbol.format(**texts) for symbol in _SYMBOLS[name])
        if ends_part:
            stream = read = source = names[0]
        symbols.append(names)
    return symbols
