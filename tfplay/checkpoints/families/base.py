"""What a family of published models is: its configuration and its names, both ways."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tfplay.checkpoints.families.names import Names
from tfplay.config import ModelConfig
from tfplay.cutting import quoted
from tfplay.errors import InputError

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Family:
    """A family of published models.

    Attributes:
        name: Its name, as `model_type` in the published `config.json`.
        title: The name that people read.
        architecture: Which of the three it is.
        read_config: Makes their configuration and the names of their tensors ours.
        write_config: Makes our configuration theirs; of one that no model of the family can have,
            the one that comes near.
        names: Our configuration -> where each of our weights stands.
        prefix: What all names of the model below its head may begin with or lack.
        ignored: Regular expressions of tensors that a checkpoint may have and our model does not
            need: buffers, copies of tied weights, heads for other tasks.
    """

    name: str
    title: str
    architecture: str
    read_config: Callable[[Json, frozenset[str]], ModelConfig]
    write_config: Callable[[ModelConfig], dict[str, Any]]
    names: Callable[[ModelConfig], Names]
    prefix: str = ""
    ignored: tuple[str, ...] = ()


class Reader:
    """Reads a published `config.json`: what is missing or not understood is said with its name.

    Args:
        config: The parsed file.
    """

    def __init__(self, config: Json):
        self.config = config

    def __call__(self, *names: str, default: Any = None) -> Any:
        """The value of the first of these names that is there and not null."""
        for name in names:
            if self.config.get(name) is not None:
                return self.config[name]
        if default is None:
            raise InputError(f"The checkpoint's configuration does not say {names[0]!r}.")
        return default

    def one_of(self, name: str, meanings: Mapping[Any, Any], default: Any) -> Any:
        """What the value of this name means here."""
        value = self.config.get(name)
        value = default if value is None else value
        try:
            return meanings[value]
        except (KeyError, TypeError) as error:
            known = ", ".join(map(str, meanings))
            raise InputError(
                f"The checkpoint's {name} is {quoted(value)}; here it can be {known}."
            ) from error

    def require(self, name: str, expected: Any, default: Any) -> None:
        """Raises an `InputError` unless the value of this name is the one that is built here."""
        value = self.config.get(name)
        value = default if value is None else value
        if value != expected:
            raise InputError(
                f"The checkpoint's {name} is {quoted(value)}; here it can only be {expected!r}."
            )


ACTIVATIONS = {
    "relu": "relu",
    "gelu": "gelu",
    "gelu_new": "gelu_tanh",
    "gelu_pytorch_tanh": "gelu_tanh",
    "gelu_fast": "gelu_tanh",
    "silu": "silu",
    "swish": "silu",
}
"""Our name for each of theirs."""


def published_activation(activation: str) -> str:
    """Their name for ours; `"gelu"` for those with a gate, which these families do not have."""
    return {"relu": "relu", "gelu_tanh": "gelu_new", "silu": "silu"}.get(activation, "gelu")


def id2label(num_classes: int) -> dict[str, str]:
    """The names of classes that have none; the configuration tells their number by these."""
    return {str(index): f"LABEL_{index}" for index in range(num_classes)}
