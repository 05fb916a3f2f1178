"""A recipe: everything that, together with the data, determines a run."""

from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Self

from tfplay.config import JsonConfig, ModelConfig, TrainingConfig, preset
from tfplay.config.base import require_between, require_integer
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.recipes.start import Start
from tfplay.tasks import TASKS, TaskDescription
from tfplay.text import TOKENIZERS, check_columns

MAX_EXAMPLES = 1_000_000
_LONGEST_FILE_NAME = 255  # bytes; no file system takes more
DATA_FIELDS = ("tokenizer_kind", "vocabulary_size", "validation_fraction")
TRAINING_FIELDS = tuple(field.name for field in fields(TrainingConfig))

# The task decides the head, the data the size of the vocabulary and the classes.
MODEL_FIELDS = tuple(
    field.name
    for field in fields(ModelConfig)
    if field.name not in ("architecture", "head", "num_classes", "vocabulary_size")
)


@dataclass(frozen=True)
class Recipe(JsonConfig):
    """What to train, on what, and how.

    Args:
        task: A name in `tfplay.tasks.TASKS`.
        data_name: Name of the data file.
        preset: A name in `tfplay.config.PRESETS`: the size of the model.
        tokenizer_kind: A name in `tfplay.text.TOKENIZERS`.
        vocabulary_size: The most tokens the vocabulary may have.
        validation_fraction: The validation share of the examples; 0 is no validation.
        training: How to train. Its seed draws the split of the data and the first weights too.
        model_changes: Fields of `ModelConfig` to set otherwise than the preset.
        architecture: One that the task knows; `None` is its usual one.
        corpus: The corpus that the data is, as `python -m tfplay corpora list` names it; `None` is
            a file that the visitor brought.
        examples: How many examples of a corpus without end.
        columns: Which column of the file is what, such as `{"source": 2, "target": 4}`; `None` is
            as the file's reader finds them.
        start: The model to start from, whose shape and tokenizer it takes; `None` is from scratch.

    Raises:
        InputError: A value is impossible.

    Example:
        >>> recipe = default_recipe("translation", "hin.tsv").with_changes({"steps": 500})
    """

    task: str
    data_name: str
    preset: str
    tokenizer_kind: str
    vocabulary_size: int
    validation_fraction: float = 0.1
    training: TrainingConfig = TrainingConfig()
    model_changes: dict[str, Any] = field(default_factory=dict)
    architecture: str | None = None
    corpus: str | None = None
    examples: int | None = None
    columns: dict[str, int | str] | None = None
    start: Start | None = None

    def __post_init__(self) -> None:
        name = self.data_name
        if not isinstance(name, str) or not _is_file_name(name):
            raise InputError(f"The data name {quoted(name)} is not the name of a file.")
        if self.tokenizer_kind not in tuple(TOKENIZERS):
            kinds = ", ".join(TOKENIZERS)
            raise InputError(
                f"There is no tokenizer {quoted(self.tokenizer_kind)}; there are {kinds}."
            )
        require_integer("vocabulary_size", self.vocabulary_size, 0, 1_000_000)
        require_between("validation_fraction", self.validation_fraction, 0.0, 0.99)
        if not isinstance(self.corpus, str | None):
            raise InputError(f"corpus is {quoted(self.corpus)}, not a name.")
        if self.examples is not None:
            require_integer("examples", self.examples, 1, MAX_EXAMPLES)
        if self.columns is not None:
            check_columns(self.columns)
        if not isinstance(self.model_changes, dict):
            raise InputError(f"model_changes is {quoted(self.model_changes)}, not a JSON object.")
        for name in self.model_changes.keys() - MODEL_FIELDS:
            raise InputError(f"A recipe cannot change {quoted(name)} of the model.")

    @classmethod
    def from_json(cls, data: object) -> Self:
        recipe = super().from_json(data)
        start = None if recipe.start is None else Start.from_json(recipe.start)
        return replace(recipe, training=TrainingConfig.from_json(recipe.training), start=start)

    def with_changes(self, changes: dict[str, Any]) -> Self:
        """The recipe with fields set otherwise: its own, its training's or its model's.

        Raises:
            InputError: There is no such field, or the value is impossible.
        """
        own, training, model = {}, {}, {}
        for name, value in changes.items():
            if name in (*DATA_FIELDS, "architecture", "corpus", "examples", "columns"):
                own[name] = value
            elif name in TRAINING_FIELDS:
                training[name] = value
            elif name in MODEL_FIELDS:
                model[name] = value
            else:
                known = (*DATA_FIELDS, *TRAINING_FIELDS, *MODEL_FIELDS)
                alike = ", ".join(get_close_matches(name[:99], known, n=4, cutoff=0))
                raise InputError(
                    f"There is no setting {quoted(name)}; those spelled most like it are {alike}, "
                    "and `train --help` lists all."
                )
        return replace(
            self,
            training=replace(self.training, **training),
            model_changes=self.model_changes | model,
            **own,
        )

    def data_settings(self) -> dict[str, Any]:
        """How the data is prepared: what `Task.prepare` takes in addition to the examples.

        Raises:
            InputError: For the reasons of `model_config`.
        """
        config = self.model_config()
        return {
            "architecture": config.architecture,
            "tokenizer_kind": self.tokenizer_kind,
            "vocabulary_size": self.vocabulary_size,
            "max_sequence_length": config.max_sequence_length,
            "validation_fraction": self.validation_fraction,
            "seed": self.training.seed,
        }

    def model_config(self, **known_from_data: int) -> ModelConfig:
        """What the model is made of.

        Args:
            **known_from_data: Fields that only the data can tell, such as the tokens that the
                vocabulary has; before that is known it is the most it may have.

        Raises:
            InputError: There is no such task or preset, or the two do not go together, or a changed
                value is impossible.
        """
        task = _task(self.task)
        architecture = self.architecture or task.architectures[0]
        if self.start is not None:
            self._require_as_its_start(self.start)
            head = task.heads.get(architecture, "none")
            return self.start.model_config(task, head, self.model_changes, **known_from_data)
        if architecture not in task.architectures:
            raise InputError(
                f"The task {task.name} is for {' and '.join(task.architectures)}, "
                f"not for {architecture}."
            )
        head = task.heads.get(architecture, "none")
        fields_set = {
            "vocabulary_size": self.vocabulary_size,
            "head": head,
            "num_classes": 2 if "classification" in head else 0,
            **self.model_changes,
            **known_from_data,
        }
        return preset(self.preset, architecture, **fields_set)

    def _require_as_its_start(self, start: Start) -> None:
        """Raises an `InputError` if something is set that the model it starts from decides."""
        proposed = default_recipe(self.task, self.data_name, start=start)
        for name in ("preset", "architecture", "tokenizer_kind", "vocabulary_size"):
            if getattr(self, name) != getattr(proposed, name):
                raise InputError(
                    f"{name} cannot be set: the shape of the model and its tokenizer are those of "
                    f"{start.model}, from which it starts."
                )


def default_recipe(
    task: str,
    data_name: str,
    preset: str | None = None,
    architecture: str | None = None,
    start: Start | None = None,
) -> Recipe:
    """The recipe that the task proposes.

    Args:
        task: A name in `tfplay.tasks.TASKS`.
        data_name: Name of the data file.
        preset: Size of the model; `None` is the task's own choice, which it also adapts. Any other
            is taken as it is.
        architecture: One that the task knows; `None` is its usual one.
        start: The model to start from, which decides size, architecture and tokenizer.

    Raises:
        InputError: There is no such task.
    """
    about = _task(task)
    preset = preset or about.preset
    if start is not None:
        return Recipe(
            task=task,
            data_name=data_name,
            preset=preset,
            tokenizer_kind=about.tokenizer,
            vocabulary_size=start.base.vocabulary_size,
            validation_fraction=about.validation_fraction,
            training=start.proposed_training(about),
            model_changes=start.proposed_changes(about),
            architecture=architecture or start.base.architecture,
            start=start,
        )
    return Recipe(
        task=task,
        data_name=data_name,
        preset=preset,
        tokenizer_kind=about.tokenizer,
        vocabulary_size=about.vocabulary_size,
        validation_fraction=about.validation_fraction,
        training=about.training,
        model_changes=about.model_fields | (about.model_changes if preset == about.preset else {}),
        architecture=architecture or about.architectures[0],
    )


def _is_file_name(name: str) -> bool:
    encoded = name.encode("utf-8", errors="replace")
    return 0 < len(encoded) <= _LONGEST_FILE_NAME and Path(name).name == name and "\0" not in name


def _task(name: str) -> TaskDescription:
    if name not in TASKS:
        raise InputError(f"There is no task {quoted(name)}; there are {', '.join(TASKS)}.")
    return TASKS[name].about
