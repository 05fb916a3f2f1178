"""The experiments: each changes one thing in a recipe, to see what it was there for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tfplay.errors import InputError
from tfplay.recipes import Recipe

Settings = dict[str, Any]


@dataclass(frozen=True)
class Experiment:
    """An experiment: one part of a transformer is taken away or exchanged.

    Attributes:
        name: The name in addresses.
        title: The title that people read; it describes the changed model: "Without residual
            connections".
        broken: What the changed run is called beside the "intact" one.
        description: What is different, in a sentence that does not give the effect away.
        change: Returns the settings to change, given all settings of the intact model and training.
        settings: Settings of both recipes with which an effect, if any, shows within a minute.
        facts: What a finding mentions before the loss: names in `tfplay.experiments.findings`.
        architectures: Architectures that have the part; empty means all.
    """

    name: str
    title: str
    broken: str
    description: str
    change: Callable[[Settings], Settings]
    settings: Settings = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    architectures: tuple[str, ...] = ()

    def pair(self, recipe: Recipe) -> tuple[Recipe, Recipe]:
        """The intact recipe and the broken one; they differ in one thing.

        Raises:
            InputError: The recipe lacks what would be changed.

        Example:
            >>> intact, broken = EXPERIMENTS["no-residual"].pair(recipe)
        """
        settings = dict(self.settings)
        if recipe.architecture == "encoder-decoder" and "num_layers" in settings:
            settings["num_layers"] //= 2  # each of the two stacks has this many
        intact = recipe.with_changes(settings)
        config = intact.model_config()
        changes = self.change(config.to_json() | intact.training.to_json())
        broken = intact.with_changes(changes)
        if self.architectures and config.architecture not in self.architectures:
            raise InputError(f"{self.title}: {config.architecture} has no such part.")
        if (broken.model_config(), broken.training) == (config, intact.training):
            raise InputError(f"{self.title}: it is so already.")
        return intact, broken

    def fits(self, recipe: Recipe) -> bool:
        """Whether the recipe has what would be changed."""
        try:
            self.pair(recipe)
        except InputError:
            return False
        return True


def _move_norm(settings: Settings) -> Settings:
    if settings["normalization"] == "none":
        return {}  # there is no norm to move
    return {"normalize_first": not settings["normalize_first"]}


DEEP = {"num_layers": 8}
DECODERS = ("decoder-only", "encoder-decoder")

_EXPERIMENTS = (
    Experiment(
        "no-residual",
        "Without residual connections",
        "without residual",
        "What a sublayer answers replaces the stream of vectors instead of being added to it.",
        lambda settings: {"use_residual": False},
        DEEP,
        ("gradients",),
    ),
    Experiment(
        "no-scale",
        "Without 1/√d_k",
        "without scale",
        "The products of queries and keys go into the softmax as they are, not divided by √d_k.",
        lambda settings: {"scale_attention": False},
        {"num_heads": 1},  # the wider a head, the larger its products
        ("entropy",),
    ),
    Experiment(
        "no-normalisation",
        "Without normalisation",
        "without norm",
        "No layer norm anywhere: vectors are as long as they become.",
        lambda settings: {"normalization": "none"},
        DEEP,
        ("gradients",),
    ),
    Experiment(
        "other-norm-place",
        "The norm in the other place",
        "norm moved",
        "Pre-norm, where a sublayer reads normalised vectors, against post-norm, where its sum is "
        "normalised.",
        _move_norm,
        DEEP,
        ("gradients",),
    ),
    Experiment(
        "no-position",
        "Without position",
        "without position",
        "No vector tells the model where a token stands. A causal mask, where there is one, still "
        "tells what came before.",
        lambda settings: {"position": "none"},
    ),
    Experiment(
        "no-causal-mask",
        "Without the causal mask",
        "without mask",
        "In training, each token may look at all tokens, those after it too.",
        lambda settings: {"use_causal_mask": False},
        facts=("future",),
        architectures=DECODERS,
    ),
    Experiment(
        "no-warm-up",
        "Without warm-up",
        "without warm-up",
        "The learning rate is at its highest from the first step on.",
        lambda settings: {"warmup_steps": 0},
        {"normalize_first": False, "warmup_steps": 100},
        ("gradients",),
    ),
    Experiment(
        "one-head",
        "One head instead of many",
        "one head",
        "A single head of attention as wide as all heads together, with as many parameters.",
        lambda settings: {"num_heads": 1},
        facts=("entropy",),
    ),
    Experiment(
        "other-activation",
        "ReLU for GELU, or GELU for ReLU",
        "other activation",
        "Inside the feed-forward network, the other of the two most common activations.",
        lambda settings: {"activation": "gelu" if settings["activation"] == "relu" else "relu"},
    ),
    Experiment(
        "no-feed-forward",
        "Without feed-forward network",
        "without FFN",
        "Blocks are attention alone: nothing computes on a single token's vector.",
        lambda settings: {"use_feed_forward": False},
        facts=("parameters",),
    ),
    Experiment(
        "identical-heads",
        "All heads begin alike",
        "heads alike",
        "All heads of a layer begin with the same weights, instead of each with its own.",
        lambda settings: {"identical_heads": settings["num_heads"] > 1},
        facts=("heads",),
    ),
)

EXPERIMENTS: dict[str, Experiment] = {experiment.name: experiment for experiment in _EXPERIMENTS}
"""Every experiment, by its name."""


def fitting_experiments(recipe: Recipe) -> dict[str, Experiment]:
    """The experiments that change something in this recipe, by name."""
    return {name: each for name, each in EXPERIMENTS.items() if each.fits(recipe)}
