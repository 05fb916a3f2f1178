"""Where a training starts from, if not from scratch: a model that exists, and what of it learns."""

from dataclasses import dataclass
from typing import Any, Self

from tfplay.config import JsonConfig, ModelConfig, TrainingConfig
from tfplay.config.base import require_choice, require_integer
from tfplay.config.parameters import (
    count_head,
    count_last_blocks,
    count_low_rank,
    count_parameters,
)
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.tasks import TaskDescription

LEARNS = ("all", "last_blocks", "head", "lora")
PROJECTIONS = ("query", "key", "value", "output", "gate", "up", "down")
"""Matrices of a block that may get a low-rank change: of attention, then of feed-forward."""

CHANGEABLE = ("max_sequence_length", "dropout", "token_dropout", "pooling")
"""Fields of `ModelConfig` that no weight of the model depends on, or only by being cut shorter."""

_USUAL_CONTEXT = 128  # tokens; a step on a published model's whole context would take minutes


@dataclass(frozen=True)
class Start(JsonConfig):
    """A model to start from.

    Args:
        model: Its name, as `tfplay.store.open_model` takes it.
        shape: What it is made of: its `ModelConfig` in JSON.
        learns: `"all"` weights; those of the `"last_blocks"` and what follows them; the `"head"`
            alone; or `"lora"`: a low-rank change of some matrices, and the head (Hu et al., 2021,
            arXiv:2106.09685).
        blocks: How many last blocks learn.
        rank: Of the low-rank change.
        projections: The matrices of each block that get it, of `PROJECTIONS`.

    Raises:
        InputError: A value is impossible.

    Example::

        start = start_from_model("bert-tiny", learns="lora", rank=4)  # of tfplay.store
        recipe = default_recipe("classification", "reviews.csv", start=start)
    """

    model: str
    shape: dict[str, Any]
    learns: str = "all"
    blocks: int = 1
    rank: int = 8
    projections: tuple[str, ...] = ("query", "value")

    def __post_init__(self) -> None:
        if not isinstance(self.model, str) or not self.model:
            raise InputError(f"A training cannot start from {quoted(self.model)}: it is no name.")
        require_choice("learns", self.learns, LEARNS)
        require_integer("blocks", self.blocks, 1, 256)
        require_integer("rank", self.rank, 1, 1024)
        if not isinstance(self.projections, tuple) or not self.projections:
            raise InputError(f"projections is {quoted(self.projections)}, not a list of names.")
        for name in self.projections:
            require_choice("projections", name, PROJECTIONS)
        base = self.base
        if base.image_size:
            raise InputError(f"{self.model} reads images; a training can only start from text.")
        if self.learns == "last_blocks" and self.blocks > base.num_layers:
            raise InputError(
                f"{self.model} has {base.num_layers} blocks; its last {self.blocks} cannot learn."
            )
        if self.learns == "lora" and self.rank > base.hidden_dim:
            raise InputError(
                f"A rank of {self.rank} is no low one: {self.model} is {base.hidden_dim} wide."
            )

    @classmethod
    def from_json(cls, data: object) -> Self:
        if isinstance(data, dict) and isinstance(data.get("projections"), list):
            data = data | {"projections": tuple(data["projections"])}
        return super().from_json(data)

    @property
    def base(self) -> ModelConfig:
        """What the model is made of."""
        return ModelConfig.from_json(self.shape)

    def settings(self) -> dict[str, Any]:
        """What was chosen of how it learns, by name, without what does not matter for it."""
        chosen: dict[str, Any] = {"learns": self.learns}
        if self.learns == "last_blocks":
            chosen["blocks"] = self.blocks
        if self.learns == "lora":
            chosen |= {"rank": self.rank, "projections": ",".join(self.projections)}
        return chosen

    def text(self) -> str:
        """The model's name and what of it learns, in a line.

        Example:
            >>> Start("bert", preset("bert-base").to_json(), "lora").text()
            'bert, a change of rank 8'
        """
        blocks = "block" if self.blocks == 1 else f"{self.blocks} blocks"
        learns = {
            "all": "all weights",
            "last_blocks": f"the last {blocks}",
            "head": "the head alone",
            "lora": f"a change of rank {self.rank}",
        }
        return f"{self.model}, {learns[self.learns]}"

    def model_config(
        self, task: TaskDescription, head: str, changes: dict[str, Any], **known: int
    ) -> ModelConfig:
        """The model to train: the base's, with a head for the task.

        Args:
            task: What is to be learned.
            head: What the model shall end with.
            changes: Some of `CHANGEABLE`.
            **known: Fields that the data tells.

        Raises:
            InputError: The base is not for this task, or a change is impossible.
        """
        base = self.base
        if base.architecture not in task.architectures:
            raise InputError(
                f"{self.model} is {base.architecture}; the task {task.name} is for "
                f"{' and '.join(task.architectures)}."
            )
        for name in changes.keys() - CHANGEABLE:
            raise InputError(
                f"The model is made as {self.model}, from which it starts: {name} stays "
                f"{quoted(self.shape.get(name))}."
            )
        context = changes.get("max_sequence_length", 0)
        if isinstance(context, int) and context > base.max_sequence_length:
            raise InputError(
                f"{self.model} reads {base.max_sequence_length:,} tokens; "
                f"a context of {context:,} is too long for it."
            )
        if self.learns == "head" and head == "none":
            raise InputError(
                f"A model for the task {task.name} has no head that could learn alone; "
                "let the last blocks learn, or a low-rank change."
            )
        num_classes = 2 if "classification" in head else 0
        fields = {"head": head, "num_classes": num_classes, **changes, **known}
        return ModelConfig.from_json(self.shape | fields)

    def count_learning(self, config: ModelConfig) -> int:
        """How many numbers of the model learn."""
        match self.learns:
            case "last_blocks":
                return count_last_blocks(config, self.blocks) + count_head(config)
            case "head":
                return count_head(config)
            case "lora":
                changes = count_low_rank(config, self.rank, self.projections)
                return changes + count_head(config)
        return count_parameters(config)

    def proposed_changes(self, task: TaskDescription) -> dict[str, Any]:
        """Context and dropout that are proposed: the task's, as far as the model reads."""
        usual = max(_USUAL_CONTEXT, task.model_changes.get("max_sequence_length", 0))
        changes = {"max_sequence_length": min(usual, self.base.max_sequence_length)}
        if "dropout" in task.model_changes:
            changes["dropout"] = task.model_changes["dropout"]
        return changes

    def proposed_training(self, task: TaskDescription) -> TrainingConfig:
        """How to train: fewer, smaller steps, as most is known already.

        For all weights the rate is BERT's for fine-tuning at its width, 5e-5 at 768, and the higher
        the narrower the model: with Adam the best rate falls with the width (Yang et al., 2022,
        arXiv:2203.03466). A low-rank change bears four times as much, and a head that begins at
        random, 1e-3.
        """
        rate = min(3e-4, 5e-5 * 768 / self.base.hidden_dim)
        rates = {"head": 1e-3, "lora": 4 * rate}
        return TrainingConfig(
            steps=600,
            batch_size=16,
            learning_rate=float(f"{rates.get(self.learns, rate):.1g}"),
            warmup_steps=60,
            weight_decay=0.01,
            label_smoothing=task.training.label_smoothing,
            evaluate_every=100,
        )
