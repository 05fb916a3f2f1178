"""A Keras file as a model of ours."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tfplay.checkpoints.keras_files.graph import as_keras_file
from tfplay.checkpoints.keras_files.process import check_apart
from tfplay.checkpoints.keras_files.reading import Answers, Question, Reading
from tfplay.checkpoints.keras_files.recipes.registry import RECIPES, refusal, require_turned_inside
from tfplay.checkpoints.keras_files.spec import KerasFile
from tfplay.checkpoints.keras_files.words import id_tokenizer, word_tokenizer
from tfplay.config import ModelConfig, count_parameters
from tfplay.cutting import quoted
from tfplay.errors import InputError
from tfplay.text import Tokenizer
from tfplay.untrusted import damage_told

if TYPE_CHECKING:  # Keras takes seconds to import
    from tfplay.models import TransformerModel

MOST_PARAMETERS = 1_000_000_000
_ENDINGS = (".keras", ".weights.h5")


@dataclass(frozen=True)
class KerasModel:
    """A model in a Keras file, recognised but not loaded.

    Attributes:
        file: The checked file.
        reading: What it is, by its recipe.
        questions: What the file cannot tell; at most three.

    Example::

        found = open_keras_file("mini_gpt.keras")
        found.sentence
        model = found.load_model()
    """

    file: KerasFile
    reading: Reading
    questions: tuple[Question, ...]

    @property
    def config(self) -> ModelConfig:
        """What the model is made of."""
        return self.reading.config

    @property
    def evidence(self) -> tuple[str, ...]:
        """Why it is taken for what the sentence says, a sentence each."""
        version = self.file.keras_version
        saved = (f"Keras {version} saved it.",) if version else ()
        return (*self.reading.evidence, *saved)

    @property
    def sentence(self) -> str:
        """What it is, in one sentence, and what of it is assumed."""
        assumed = [each.choices[each.answer] for each in self.questions if each.is_assumed]
        ending = f"; assumed: {'; '.join(assumed)}" if assumed else ""
        return f"{describe(self.config)}: {self.reading.recipe}{ending}."

    @property
    def card(self) -> str:
        """The sentence, the evidence, and the questions with their answers, in Markdown."""
        lines = [f"- {each}" for each in self.evidence]
        for each in self.questions:
            by = "assumed" if each.is_assumed else "answered"
            lines.append(
                f"- {each.text} {each.choices[each.answer]} ({by}: {each.name}={each.answer})"
            )
        return "\n".join([self.sentence[0].upper() + self.sentence[1:], "", *lines, ""])

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of its classes, which the file does not tell."""
        count = self.config.num_classes if "classification" in self.config.head else 0
        return tuple(f"class {index}" for index in range(count))

    @property
    def words(self) -> list[str] | None:
        """The vocabulary in the file, in the order of the ids; `None` if there is none."""
        found = list(self.file.vocabularies.values())
        return found[0] if len(found) == 1 else None

    def tokenizers(
        self, words: Sequence[str] | None = None, source_words: Sequence[str] | None = None
    ) -> tuple[Tokenizer | None, Tokenizer | None]:
        """What turns text into its ids, and of a translation also what does so with a source.

        Args:
            words: Its vocabulary in the order of the ids; `None` is that in the file or, without
                one, the ids themselves.
            source_words: Of a translation, the vocabulary of what it reads; `words` is then that
                of what it writes.

        Returns:
            The tokenizer, `None` if the model reads images; and that of a source, if it is another.

        Raises:
            InputError: The words do not belong to the model.
        """
        size = self.config.vocabulary_size
        if self.config.architecture == "encoder-decoder":
            return self._of_translation(words, source_words)
        if source_words:
            raise InputError("The model is no translation: it has one vocabulary.")
        if self.config.image_size:
            return None, None
        if words := words or self.words:
            return word_tokenizer(words, size), None
        mask_id = size - 1 if self.config.head == "masked_lm" else None
        return id_tokenizer(size, mask_id=mask_id), None

    def _of_translation(
        self, words: Sequence[str] | None, source_words: Sequence[str] | None
    ) -> tuple[Tokenizer, Tokenizer]:
        size = self.config.vocabulary_size
        if not words and not source_words:
            return id_tokenizer(size, start_id=2, end_id=3), id_tokenizer(size)
        if not words or not source_words:
            raise InputError(
                "A translation has two vocabularies, of its source and of its target: give both; "
                "without them ids stand for words."
            )
        source_rows, rows = self.reading.vocabulary_sizes
        tokenizer = word_tokenizer(words, rows, size)
        if not tokenizer.start_ids or not tokenizer.end_ids:
            raise InputError(
                "The target's vocabulary has no words that begin and end a translation, such as "
                "[start] and [end]."
            )
        return tokenizer, word_tokenizer(source_words, source_rows, size)

    def load_model(self) -> "TransformerModel":
        """The model of ours with the weights of the file.

        Raises:
            InputError: A weight has values that are no numbers, or the file has changed.
        """
        from tfplay.checkpoints.assign import copy
        from tfplay.models import build_model

        model = build_model(self.config, empty=True)
        places = self.reading.places
        tensors = {path: self.file.tensors[place.name] for path, place in places.items()}
        copy(model, places, tensors)
        return model


def is_keras_file(path: Path) -> bool:
    """Whether a file's name is that of a Keras file."""
    return path.name.lower().endswith(_ENDINGS)


def open_keras_file(
    path: str | os.PathLike, answers: Mapping[str, str] | None = None
) -> KerasModel:
    """Recognises the model in a `.keras` or `.weights.h5` file; no class of the file is made.

    Args:
        path: The file.
        answers: To questions that an earlier opening asked, by their names; `None` answers none,
            and what the recipe usually has is assumed.

    Raises:
        InputError: It is damaged, was made by no recipe that is known, or an answer is none.
    """
    return recognise(read_keras_file(Path(path)), answers or {})


def read_keras_file(path: Path) -> KerasFile:
    """Looks at a file in a process of its own, without recognising what it is.

    Raises:
        InputError: It is damaged, or has what no model needs.
    """
    return as_keras_file(path, check_apart(path))


def recognise(file: KerasFile, answers: Mapping[str, str]) -> KerasModel:
    """The model in a checked file; see `open_keras_file`."""
    for recipe in RECIPES:
        given = Answers(answers)
        with damage_told(file.path):
            reading = recipe(file, given)
        if reading is not None:
            require_turned_inside(file, reading.config.position)
            given.require_all_asked()
            _require_fitting(file, reading)
            return KerasModel(file, reading, tuple(given.asked))
    require_turned_inside(file, "")
    raise refusal(file)


def _require_fitting(file: KerasFile, reading: Reading) -> None:
    """Each weight of ours has its array, of its shape, and no array is left over."""
    from tfplay.checkpoints.assign import require_shape
    from tfplay.models import weight_shapes

    if count_parameters(reading.config) > MOST_PARAMETERS:
        raise InputError(
            f"The model has {count_parameters(reading.config):,} parameters; the most that is read "
            f"from a Keras file is {MOST_PARAMETERS:,}."
        )
    places = reading.places
    for path, shape in weight_shapes(reading.config).items():
        if path not in places or places[path].name not in file.tensors:
            name = places[path].name if path in places else path
            raise InputError(f"The file lacks the weight {quoted(name)} of {reading.recipe}.")
        require_shape(path, shape, places[path], file.tensors[places[path].name])
    used = {place.name for place in places.values()} | reading.unused
    if left_over := file.tensors.keys() - used:
        raise InputError(
            f"The file has a weight {quoted(min(left_over))} that nothing in {reading.recipe} is."
        )


def describe(config: ModelConfig) -> str:
    """What a model is made of, in a few words."""
    kinds = {
        "encoder-only": "an encoder",
        "decoder-only": "a decoder",
        "encoder-decoder": "an encoder and a decoder",
    }
    each = " each" if config.architecture == "encoder-decoder" else ""
    blocks = "block" if config.num_layers == 1 else "blocks"
    heads = "head" if config.num_heads == 1 else "heads"
    reads = f"{config.vocabulary_size:,} words"
    if config.image_size:
        reads = f"images of {config.image_size} x {config.image_size} pixels"
    parts = [
        f"{kinds[config.architecture]} of {config.num_layers} {blocks}{each}",
        f"{config.num_heads} {heads} of {config.head_dim}",
        reads,
    ]
    if config.num_classes:
        parts.append(f"{config.num_classes:,} classes")
    if config.architecture == "decoder-only" and config.use_causal_mask:
        parts.append("causal")
    return ", ".join(parts)
