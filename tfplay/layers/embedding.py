"""Token and segment embeddings, and patches for images."""

from typing import Any

import keras
import numpy as np
from keras import ops

from tfplay.layers import arguments
from tfplay.layers.attention import Tensor
from tfplay.layers.base import TransformerLayer


def look_up(table: Tensor, indices: Tensor, name: str) -> Tensor:
    """Rows of a table.

    An index outside the table raises an error. Compiled code cannot raise: there it gives a row of
    NaN, on every backend, and never the row of another index.

    Args:
        table: (N, E).
        indices: Whole numbers from 0 to below N, of any shape and type.
        name: What an index is called.

    Returns:
        The shape of the indices, and E.
    """
    num_rows = table.shape[0]
    if keras.backend.standardize_dtype(indices.dtype) not in ("int32", "int64"):
        indices = ops.cast(indices, "int32")
    known = ops.logical_and(indices >= 0, indices < num_rows)
    values = _values(indices)
    if values is not None and not np.all(is_known := (values >= 0) & (values < num_rows)):
        raise ValueError(
            f"There is no {name} {values[~is_known][0]}; they go from 0 to {num_rows - 1}."
        )
    rows = ops.take(table, ops.where(known, indices, 0), axis=0)
    return ops.where(known[..., None], rows, float("nan"))


def _values(tensor: Tensor) -> np.ndarray | None:
    """The values of a tensor; `None` while a function is compiled, when it has none yet."""
    try:
        return ops.convert_to_numpy(tensor)
    except (NotImplementedError, TypeError):  # how TensorFlow and JAX say so
        return None


@keras.saving.register_keras_serializable(package="tfplay")
class TokenEmbedding(TransformerLayer):
    """Looks token ids up in the embedding matrix; its transpose is the tied output projection.

    Press and Wolf, 2016, arXiv:1608.05859.

    Args:
        vocabulary_size: Rows of the matrix (V).
        hidden_dim: Width of a row (E).
        scale: Multiply the looked-up vectors by sqrt(E), as the original Transformer does.
        embeddings_initializer: Initializer of the (V, E) matrix.

    Example:
        >>> embedding = TokenEmbedding(vocabulary_size=65, hidden_dim=33)
        >>> logits = embedding.project(embedding(token_ids))
    """

    def __init__(
        self,
        vocabulary_size: int,
        hidden_dim: int,
        scale: bool = False,
        embeddings_initializer: Any = "uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.autocast = False  # token ids are no values: bfloat16 ends at 256
        self.vocabulary_size = arguments.whole_number("vocabulary_size", vocabulary_size)
        self.hidden_dim = arguments.whole_number("hidden_dim", hidden_dim)
        self.scale = arguments.switch("scale", scale)
        self.embeddings_initializer = arguments.initializer(
            "embeddings_initializer", embeddings_initializer
        )

    def build(self, token_ids_shape=None) -> None:
        self.embeddings = self.add_weight(
            name="embeddings",
            shape=(self.vocabulary_size, self.hidden_dim),
            initializer=self.embeddings_initializer.clone(),
        )

    def call(self, token_ids: Tensor) -> Tensor:
        """Token ids (B, T) -> vectors (B, T, E).

        A token id outside the vocabulary raises an error, or gives NaN in compiled code.
        """
        rows = look_up(self.embeddings, token_ids, "token id")
        embeddings = ops.cast(rows, self.compute_dtype)
        return embeddings * self.hidden_dim**0.5 if self.scale else embeddings

    def project(self, x: Tensor) -> Tensor:
        """Vectors (B, T, E) -> logits (B, T, V), by the embedding matrix transposed."""
        embeddings = ops.cast(self.embeddings, self.compute_dtype)
        return ops.matmul(ops.cast(x, self.compute_dtype), ops.transpose(embeddings))

    def compute_output_shape(self, token_ids_shape):
        return (*token_ids_shape, self.hidden_dim)


@keras.saving.register_keras_serializable(package="tfplay")
class SegmentEmbedding(TransformerLayer):
    """One vector for each segment, as BERT adds to tell a question from its passage.

    Devlin et al., 2018, arXiv:1810.04805.

    Args:
        num_segments: Rows of the matrix.
        hidden_dim: Width of a row (E).
        embeddings_initializer: Initializer of the (num_segments, E) matrix.

    Example:
        >>> segments = SegmentEmbedding(num_segments=2, hidden_dim=33)
        >>> x = token_embeddings + segments(segment_ids)
    """

    def __init__(
        self,
        num_segments: int,
        hidden_dim: int,
        embeddings_initializer: Any = "uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.autocast = False  # segment ids are no values
        self.num_segments = arguments.whole_number("num_segments", num_segments)
        self.hidden_dim = arguments.whole_number("hidden_dim", hidden_dim)
        self.embeddings_initializer = arguments.initializer(
            "embeddings_initializer", embeddings_initializer
        )

    def build(self, segment_ids_shape=None) -> None:
        self.embeddings = self.add_weight(
            name="embeddings",
            shape=(self.num_segments, self.hidden_dim),
            initializer=self.embeddings_initializer.clone(),
        )

    def call(self, segment_ids: Tensor) -> Tensor:
        """Segment ids (B, T) -> vectors (B, T, E); ids beyond the last segment are the last's."""
        known = ops.minimum(segment_ids, self.num_segments - 1)
        return ops.cast(look_up(self.embeddings, known, "segment id"), self.compute_dtype)

    def compute_output_shape(self, segment_ids_shape):
        return (*segment_ids_shape, self.hidden_dim)


@keras.saving.register_keras_serializable(package="tfplay")
class PatchEmbedding(TransformerLayer):
    """Cuts an image into square patches and projects each to a vector: the tokens of an image.

    A [CLS] vector may stand before them (Dosovitskiy et al., 2020, arXiv:2010.11929).

    Args:
        patch_size: Side of a patch, in pixels; the image's sides must be multiples of it.
        hidden_dim: Width of a vector (E).
        add_class_token: Put a trained [CLS] vector first.
        kernel_initializer: Initializer of the projection.

    Example:
        >>> patches = PatchEmbedding(patch_size=2, hidden_dim=33)
        >>> x = patches(images)  # (B, 8, 8, 1) -> (B, 17, 33)
    """

    def __init__(
        self,
        patch_size: int,
        hidden_dim: int,
        add_class_token: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.patch_size = arguments.whole_number("patch_size", patch_size)
        self.hidden_dim = arguments.whole_number("hidden_dim", hidden_dim)
        self.add_class_token = arguments.switch("add_class_token", add_class_token)
        self.kernel_initializer = arguments.initializer("kernel_initializer", kernel_initializer)
        self.projection = keras.layers.Dense(
            self.hidden_dim,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name="projection",
        )

    def build(self, images_shape) -> None:
        height, width, channels = images_shape[1:]
        if height % self.patch_size or width % self.patch_size:
            raise ValueError(
                f"An image of {height} x {width} pixels does not divide into patches of "
                f"{self.patch_size} x {self.patch_size}."
            )
        self.projection.build((None, None, self.patch_size**2 * channels))
        if self.add_class_token:
            self.class_token = self.add_weight(
                name="class_token", shape=(1, 1, self.hidden_dim), initializer="zeros"
            )

    def call(self, images: Tensor) -> Tensor:
        """Images (B, height, width, channels) -> (B, patches, E), with [CLS] one more."""
        x = self.projection(self.to_patches(images))
        if not self.add_class_token:
            return x
        class_token = ops.cast(self.class_token, x.dtype)
        class_tokens = ops.broadcast_to(class_token, (ops.shape(x)[0], 1, self.hidden_dim))
        return ops.concatenate([class_tokens, x], axis=1)

    def to_patches(self, images: Tensor) -> Tensor:
        """Images (B, height, width, channels) -> (B, patches, patch_size^2 channels), by rows."""
        height, width, channels = images.shape[1:]
        size = self.patch_size
        grid = (-1, height // size, size, width // size, size, channels)
        by_patch = ops.transpose(ops.reshape(images, grid), (0, 1, 3, 2, 4, 5))
        return ops.reshape(by_patch, (-1, height * width // size**2, size**2 * channels))

    def compute_output_shape(self, images_shape):
        height, width = images_shape[1:3]
        num_patches = height * width // self.patch_size**2
        return (images_shape[0], num_patches + self.add_class_token, self.hidden_dim)
