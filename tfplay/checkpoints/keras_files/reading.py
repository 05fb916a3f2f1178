"""What a recipe makes of a Keras file, and what it had to ask."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tfplay.checkpoints.families.names import Place
from tfplay.checkpoints.keras_files.spec import KerasFile
from tfplay.config import ModelConfig
from tfplay.errors import InputError


@dataclass(frozen=True)
class Question:
    """What a file cannot tell.

    Attributes:
        name: By which `answers` answer it.
        text: The question, for people.
        choices: What each answer means, for people, by the answer.
        answer: What was answered, or what the recipe usually has.
        is_assumed: Whether nobody answered it.
    """

    name: str
    text: str
    choices: Mapping[str, str]
    answer: str
    is_assumed: bool


class Answers:
    """Answers to what files cannot tell; what nobody answered is as the recipe usually has it.

    Args:
        given: The answer to each question, by the question's name.
    """

    def __init__(self, given: Mapping[str, str]):
        self._given = given
        self.asked: list[Question] = []

    def ask(self, name: str, text: str, choices: Mapping[str, str], usual: str) -> str:
        """The answer to a question; the usual one if nobody has answered.

        Raises:
            InputError: The answer is none of the choices.
        """
        answer = self._given.get(name, usual)
        if answer not in choices:
            raise InputError(
                f"The answer to {name} is {answer!r}; it must be one of {', '.join(choices)}."
            )
        self.asked.append(Question(name, text, choices, answer, name not in self._given))
        return answer

    def norm_comes_first(self, usual: bool) -> bool:
        """Whether blocks normalise what a sublayer reads, or what it is added to."""
        choices = {
            "after": "norms after each sublayer and its residual (post-norm)",
            "before": "norms before each sublayer (pre-norm)",
        }
        usual_answer = "before" if usual else "after"
        question = "Where do the blocks normalise?"
        return self.ask("norm", question, choices, usual_answer) == "before"

    def activation(self, usual: str = "relu") -> str:
        """The activation in the feed-forward networks."""
        names = {"relu": "relu", "gelu": "gelu", "gelu_tanh": "approximated gelu", "silu": "silu"}
        choices = {name: f"{told} in the feed-forward networks" for name, told in names.items()}
        question = "Which activation do the feed-forward networks have?"
        return self.ask("activation", question, choices, usual)

    def is_causal(self, usual: bool) -> bool:
        """Whether a token attends up to itself only."""
        choices = {
            "yes": "each token attends to itself and those before it (causal)",
            "no": "each token attends to all",
        }
        question = "What does a token attend to?"
        return self.ask("causal", question, choices, "yes" if usual else "no") == "yes"

    def require_all_asked(self) -> None:
        """Raises an `InputError` if something was answered that nobody asks."""
        names = [question.name for question in self.asked]
        for name in self._given:
            if name not in names:
                asked = f"asked is {', '.join(names)}" if names else "nothing is asked"
                raise InputError(f"Nobody asks {name!r} of this file; {asked}.")


@dataclass(frozen=True)
class Reading:
    """What a recipe makes of a file.

    Attributes:
        recipe: What it is called, as in "the miniature GPT recipe".
        config: What the model is made of.
        places: Where each weight of ours stands in the file, by its path.
        evidence: Why, a sentence each.
        mask_zero: Whether id 0 is padding, which is not attended to.
        roles: What each of several inputs is, by its name in the graph: `"encoder_token_ids"`,
            `"decoder_token_ids"`, `"mask_positions"` and so on.
        white: Of images, the value that white has in the file's model; here it is 1.
        unused: Weights in the file of which the answer does not depend.
        vocabulary_sizes: Of a translation's source and target, which may differ.
    """

    recipe: str
    config: ModelConfig
    places: Mapping[str, Place]
    evidence: tuple[str, ...]
    mask_zero: bool = False
    roles: Mapping[str, str] = field(default_factory=dict)
    white: float = 1.0
    unused: frozenset[str] = frozenset()
    vocabulary_sizes: tuple[int, ...] = ()


Recipe = Callable[[KerasFile, Answers], Reading | None]
"""Reads a file, or returns `None` if it was made otherwise; an `InputError` says why it is near."""
