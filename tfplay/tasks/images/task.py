"""Image classification: learn what a small square picture shows."""

from collections.abc import Sequence

import numpy as np

from tfplay import explain
from tfplay.config import ModelConfig, TrainingConfig
from tfplay.decoding.filters import probabilities
from tfplay.errors import InputError
from tfplay.tasks.base import Task, class_index
from tfplay.tasks.batches import Encoded
from tfplay.tasks.data import DataSettings, ExampleData
from tfplay.tasks.description import GZIP, TaskDescription
from tfplay.tasks.prediction import predict
from tfplay.tasks.reading import Reading
from tfplay.tasks.samples import Sample
from tfplay.tasks.scores import class_scores
from tfplay.tasks.trained_model import InputFormat, TrainedModel
from tfplay.text import LabelledImage, read_images, write_images


class ImageData(ExampleData):
    """Pictures of one size."""

    @property
    def model_changes(self) -> dict[str, int]:
        size, _, channels = self.training[0].pixels.shape
        return super().model_changes | {"image_size": size, "image_channels": channels}


class ImagesTask(Task[Sequence[LabelledImage]]):
    """Tell what a picture shows: which digit, for example.

    A vision transformer (Dosovitskiy et al., 2020, arXiv:2010.11929) reads a picture as a sequence
    of patches. The data determines the pictures' size in pixels, which `patch_size` must divide.

    Example:
        >>> examples = ImagesTask.read("digits.csv")
        >>> data = ImagesTask.prepare(examples, architecture="encoder-only", **settings)
    """

    about = TaskDescription(
        name="images",
        title="Digits",
        asked="the class of the picture",
        architectures=("encoder-only",),
        heads={"encoder-only": "classification"},
        reads="labels and pixels",
        file_help="A square grey picture a row in a **.csv**: the label first, then a number for "
        f"each pixel, as MNIST is spread. {GZIP}",
        formats=(".csv",),
        text_label="",
        model_fields={"image_size": 8, "patch_size": 2},
        preset="tiny",
        model_changes={"dropout": 0.1},
        tokenizer="character",  # pictures need none
        vocabulary_size=0,
        training=TrainingConfig(steps=1000, batch_size=64, learning_rate=2e-3, label_smoothing=0.1),
    )
    reader = staticmethod(read_images)
    writer = staticmethod(write_images)

    @classmethod
    def _prepare(cls, examples: Sequence[LabelledImage], settings: DataSettings) -> ImageData:
        """The settings without a tokenizer, which pictures do not need."""
        training, validation = settings.split(examples, lambda example: example.pixels.tobytes())
        labels = sorted({example.label for example in training})
        if len(labels) < 2:
            raise InputError(f"All pictures show {labels[0]!r}; there must be two classes.")
        validation = [example for example in validation if example.label in labels]
        return ImageData(cls, None, labels, training, validation, settings)

    @classmethod
    def encode_all(cls, examples: Sequence[LabelledImage], form: InputFormat) -> list[Encoded]:
        return [
            Encoded({"images": example.pixels}, class_index(form.labels, example.label))
            for example in examples
        ]

    @classmethod
    def text_read(cls, example: LabelledImage) -> str:
        return ""

    @classmethod
    def evaluate(
        cls, trained: TrainedModel, examples: Sequence[LabelledImage], limit: int | None = None
    ) -> dict[str, float]:
        """Accuracy, and F1 as the mean over the classes, each from 0 to 1."""
        encoded = cls.encode_all(examples[:limit], trained.input_format)
        if not encoded:
            return {}
        answers = np.array([logits.argmax() for logits in _predict(trained, encoded)])
        return class_scores(answers, np.array([example.labels for example in encoded]))

    @classmethod
    def sample(cls, trained: TrainedModel, examples: Sequence[LabelledImage]) -> list[Sample]:
        answers = classify_images(trained, [example.pixels for example in examples])
        return [
            Sample(f"picture {number}", max(likely, key=likely.__getitem__), example.label)
            for number, (example, likely) in enumerate(zip(examples, answers, strict=True), 1)
        ]


def classify_images(trained: TrainedModel, images: Sequence[np.ndarray]) -> list[dict[str, float]]:
    """The probability of each class, for each picture.

    Args:
        trained: A model that learned to classify pictures.
        images: Each (height, width, channels), from 0 (black) to 1.

    Raises:
        InputError: A picture is not of the size that the model reads.

    Example:
        >>> classify_images(trained, [image.pixels])
        [{'0': ..., '1': ..., '2': ..., ...}]
    """
    encoded = [Encoded({"images": np.asarray(image, dtype="float32")}, 0) for image in images]
    return [
        dict(zip(trained.labels, _probabilities(trained, logits).tolist(), strict=True))
        for logits in _predict(trained, encoded)
    ]


def patch_effects(trained: TrainedModel, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How each patch of a picture influences the probability of every class.

    Args:
        trained: A model that learned to classify pictures.
        image: (height, width, channels), from 0 (black) to 1.

    Returns:
        The probabilities (classes,), and what they are with each patch black: (rows, columns,
        classes).
    """
    patch_size = trained.model.config.patch_size
    covered = explain.without_patches(image, patch_size)
    images = np.concatenate([image[None], covered]).astype("float32")
    logits = explain.eager_logits(trained.model, {"images": images})
    whole, *without = (_probabilities(trained, each) for each in logits)
    rows, columns = image.shape[0] // patch_size, image.shape[1] // patch_size
    return whole, np.reshape(without, (rows, columns, -1))


def read_picture(pixels: np.ndarray, config: ModelConfig) -> Reading:
    """A picture's patches, named by row and column, with [CLS] before them if the model has it.

    Args:
        pixels: (height, width) of a grey picture, from 0 to 1; (height, width, channels) of any.
        config: Of the model that reads it.
    """
    pixels = pixels if pixels.ndim == 3 else pixels[..., None]
    images = np.broadcast_to(pixels, (1, *pixels.shape[:2], config.image_channels))
    rows, columns = (side // config.patch_size for side in pixels.shape[:2])
    names = ["[CLS]"] * config.use_class_token
    names += [f"{row + 1},{column + 1}" for row, column in np.ndindex(rows, columns)]
    images = images.astype("float32")
    return Reading({"images": images}, names, names, [])


def _predict(trained: TrainedModel, encoded: Sequence[Encoded]) -> list[np.ndarray]:
    """The logits (classes,) of each picture."""
    config = trained.model.config
    expected = (config.image_size, config.image_size, config.image_channels)
    for example in encoded:
        shape = example.inputs["images"].shape
        if shape != expected:
            raise InputError(f"The picture is {_size(shape)}; this model reads {_size(expected)}.")
    return predict(trained, encoded)


def _probabilities(trained: TrainedModel, logits: np.ndarray) -> np.ndarray:
    return probabilities(logits / trained.temperature())


def _size(shape: Sequence[int]) -> str:
    return " x ".join(map(str, shape))
