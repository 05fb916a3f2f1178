"""A sentence's whole way through a model, in as few numbers as one picture can show."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfplay.decoding.filters import probabilities
from tfplay.tasks import TASKS, Reading, TrainedModel

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models import Trace

FLOWS = Path(__file__).parent / "flows"
"""What is shown before Keras is there: of each of these models a sentence's flow, made by
`python -m tfplay flow --model NAME --out tfplay/showing/flows/NAME.json TEXT`."""

MOST_TOKENS = 12
MOST_VALUES = 8
MOST_CHOICES = 6
DIGITS = 4
"""Of a number that is kept."""


@dataclass(frozen=True)
class Lane:
    """A sentence's way through one stack of blocks.

    Attributes:
        stack: "encoder" or "decoder".
        tokens: The T tokens that are drawn, at most `MOST_TOKENS`.
        token_ids: Their numbers in the vocabulary.
        first: How many tokens come before them.
        length: How many there are in all.
        values: (layers + 1, T, `MOST_VALUES`): the residual stream before the first block and after
            each, of each token its first numbers.
        self_attention: (layers, H, T, T): attention scores. Rows sum to 1 where all tokens are
            drawn.
        cross_attention: (layers, H, T, S), if the stack looks at another, which has S tokens.
    """

    stack: str
    tokens: list[str]
    token_ids: list[int]
    first: int
    length: int
    values: list
    self_attention: list
    cross_attention: list | None


@dataclass(frozen=True)
class Flow:
    """A sentence's way through a model, from its tokens to the answer.

    Attributes:
        text: The sentence.
        task: What the model has learned.
        hidden_dim: E, the numbers of a token.
        vocabulary_size: V.
        lanes: The stacks, in the order in which the sentence passes them.
        choices: What the model may answer, the likeliest first; or, token after token, what an
            encoder-decoder wrote.
        probabilities: How likely each of them is.
        rows: The drawn tokens of the last lane that each of them is read from.
        answer: The answer as people read it.
    """

    text: str
    task: str
    hidden_dim: int
    vocabulary_size: int
    lanes: list[Lane]
    choices: list[str]
    probabilities: list[float]
    rows: list[list[int]]
    answer: str

    def to_json(self) -> dict[str, Any]:
        """The flow as plain dictionaries and lists."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Flow":
        """The flow that `to_json` wrote."""
        return cls(**data | {"lanes": [Lane(**lane) for lane in data["lanes"]]})


def flow_of(trained: TrainedModel, text: str, reading: Reading, trace: "Trace") -> Flow:
    """Chooses what is drawn of a forward pass.

    Args:
        trained: A model that reads text.
        text: The sentence.
        reading: What the model read of it.
        trace: The forward pass on it.
    """
    lanes = [_lane(trained, name, reading, trace) for name in trace.stacks]
    answer = _written if len(lanes) == 2 else _likeliest
    config = trained.model.config
    return Flow(
        text,
        trained.task,
        config.hidden_dim,
        config.vocabulary_size,
        lanes,
        *answer(trained, text, reading, trace.logits[0], lanes[-1]),
    )


def save_flow(flow: Flow, path: Path) -> None:
    """Writes the flow as JSON."""
    path.write_text(json.dumps(flow.to_json(), ensure_ascii=False) + "\n", encoding="utf-8")


def example_flow(name: str) -> Flow:
    """The flow that comes with TFPlay of a sentence through a shipped model."""
    return Flow.from_json(json.loads((FLOWS / f"{name}.json").read_text(encoding="utf-8")))


def _lane(trained: TrainedModel, name: str, reading: Reading, trace: "Trace") -> Lane:
    stack = trace.stacks[name]
    is_target = len(trace.stacks) == 2 and name == "decoder"
    tokens = reading.target_tokens if is_target else reading.tokens
    token_ids = reading.inputs[f"{name}_token_ids" if len(trace.stacks) == 2 else "token_ids"][0]
    start = _first_drawn(trained, reading, trace)
    drawn = slice(start, start + MOST_TOKENS)
    cross = stack.attention_scores("cross_attention")[:, 0] if is_target else None
    return Lane(
        stack=name,
        tokens=tokens[drawn],
        token_ids=token_ids[drawn].tolist(),
        first=start,
        length=len(tokens),
        values=_rounded(stack.residual_levels()[:, 0, drawn, :MOST_VALUES]),
        self_attention=_rounded(stack.attention_scores()[:, 0, :, drawn, drawn]),
        cross_attention=None if cross is None else _rounded(cross[:, :, drawn, :MOST_TOKENS]),
    )


def _first_drawn(trained: TrainedModel, reading: Reading, trace: "Trace") -> int:
    """Where the drawn tokens begin: the one that the answer is read from is among them."""
    if len(trace.stacks) == 2:
        return 0
    row = TASKS[trained.task].usual_row(trained, reading, trace.logits[0])
    return max(0, (row or 0) + 1 - MOST_TOKENS)


def _likeliest(
    trained: TrainedModel, text: str, reading: Reading, logits: np.ndarray, lane: Lane
) -> tuple[list[str], list[float], list[list[int]], str]:
    """The likeliest classes or tokens at the place where people look first."""
    task = TASKS[trained.task]
    if logits.ndim > 1:
        row = task.usual_row(trained, reading, logits)
        logits, rows = logits[row], [row - lane.first]
    else:
        is_first = trained.model.config.pooling in (None, "first")
        rows = [0] if is_first else list(range(len(lane.tokens)))
    # Calibrated where the other pages' answers are: of classes.
    likely = probabilities(logits / (trained.temperature(text) if trained.labels else 1))
    best = np.argsort(-likely, kind="stable")[:MOST_CHOICES]
    names = task.choice_names(trained, reading, best.tolist())
    return names, _rounded(likely[best]), [rows] * len(names), names[0]


def _written(
    trained: TrainedModel, text: str, reading: Reading, logits: np.ndarray, lane: Lane
) -> tuple[list[str], list[float], list[list[int]], str]:
    """Each token that was written, and how likely it was in its place."""
    given = reading.inputs["decoder_token_ids"][0].tolist()
    written = [*given[1:], *trained.tokenizer.end_ids]
    likely = [
        float(probabilities(row)[token_id])
        for row, token_id in zip(logits[: len(lane.tokens)], written, strict=False)
    ]
    rows = [[place] for place in range(len(likely))]
    answer = trained.tokenizer.detokenize(written)
    return reading.written_tokens[: len(likely)], _rounded(np.array(likely)), rows, answer


def _rounded(values: np.ndarray) -> list:
    """Digits enough to be drawn and read."""
    return np.round(values.astype("float64"), DIGITS).tolist()
