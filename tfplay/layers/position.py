"""Where a token stands: sinusoidal, learned and rotary positions."""

from typing import Any

import keras
from keras import ops

from tfplay.layers.attention import Tensor


def _angles(length: int, width: int, start_index: Tensor, max_wavelength: float) -> Tensor:
    """Angle of each position for each pair of values: (T, width / 2) in radians, float32.

    The angle of position p in pair i is p / max_wavelength^(2i / width).
    """
    positions = ops.cast(ops.arange(length, dtype="int32") + start_index, "float32")
    exponents = ops.arange(0, width, 2, dtype="float32") / width
    frequencies = ops.power(max_wavelength, -exponents)
    return positions[:, None] * frequencies[None, :]


@keras.saving.register_keras_serializable(package="tfplay")
class SinusoidalPosition(keras.layers.Layer):
    """PE(p, 2i) = sin(p / 10000^(2i/E)), PE(p, 2i+1) = cos(...)  (Vaswani et al., 2017).

    It has no weights and no longest length.

    Args:
        max_wavelength: 10000 in the paper.

    Example:
        >>> positions = SinusoidalPosition()(embeddings)
        >>> x = embeddings + positions
    """

    def __init__(self, max_wavelength: float = 10_000.0, **kwargs: Any):
        super().__init__(**kwargs)
        self.max_wavelength = max_wavelength

    def call(self, x: Tensor, start_index: Tensor = 0) -> Tensor:
        """Encodes the positions from `start_index` on.

        Args:
            x: (B, T, E); only its shape matters.
            start_index: Position of the first token.

        Returns:
            (T, E), the same for every sequence of the batch.
        """
        length, hidden_dim = ops.shape(x)[1], x.shape[-1]
        angles = _angles(length, hidden_dim, start_index, self.max_wavelength)
        pairs = ops.stack([ops.sin(angles), ops.cos(angles)], axis=-1)  # (T, E/2, 2)
        interleaved = ops.reshape(pairs, (length, -1))[:, :hidden_dim]
        return ops.cast(interleaved, self.compute_dtype)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"max_wavelength": self.max_wavelength}


@keras.saving.register_keras_serializable(package="tfplay")
class LearnedPosition(keras.layers.Layer):
    """One trained vector a position, as in BERT and GPT-2.

    Args:
        max_sequence_length: Longest sequence, in tokens.
        embeddings_initializer: Of the (max_sequence_length, E) matrix.

    Example:
        >>> positions = LearnedPosition(max_sequence_length=64)(embeddings)
        >>> x = embeddings + positions
    """

    def __init__(
        self,
        max_sequence_length: int,
        embeddings_initializer: Any = "uniform",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.max_sequence_length = max_sequence_length
        self.embeddings_initializer = keras.initializers.get(embeddings_initializer)

    def build(self, input_shape) -> None:
        self.position_embeddings = self.add_weight(
            name="position_embeddings",
            shape=(self.max_sequence_length, input_shape[-1]),
            initializer=self.embeddings_initializer.clone(),
        )

    def call(self, x: Tensor, start_index: Tensor = 0) -> Tensor:
        """Looks the positions from `start_index` on up.

        Args:
            x: (B, T, E); only its shape matters.
            start_index: Position of the first token.

        Returns:
            (T, E), the same for every sequence of the batch.
        """
        positions = ops.arange(ops.shape(x)[1], dtype="int32") + start_index
        return ops.take(self.position_embeddings, positions, axis=0)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "max_sequence_length": self.max_sequence_length,
            "embeddings_initializer": keras.initializers.serialize(self.embeddings_initializer),
        }


@keras.saving.register_keras_serializable(package="tfplay")
class RotaryPosition(keras.layers.Layer):
    """Turns pairs of query and key values by an angle that grows with the position.

    The product of a query and a key then depends on their distance only (Su et al., 2021,
    arXiv:2104.09864). Value i is paired with value i + D/2, as in Llama.

    Args:
        max_wavelength: 10000 in the paper.

    Example:
        >>> query = RotaryPosition()(query)  # (B, H, T, D)
        >>> key = RotaryPosition()(key)
    """

    def __init__(self, max_wavelength: float = 10_000.0, **kwargs: Any):
        super().__init__(**kwargs)
        self.max_wavelength = max_wavelength

    def call(self, x: Tensor, start_index: Tensor = 0) -> Tensor:
        """Rotates queries or keys.

        Args:
            x: (B, H, T, D) with an even D.
            start_index: Position of the first token.

        Returns:
            (B, H, T, D).
        """
        head_dim = x.shape[-1]
        half = head_dim // 2
        angles = _angles(ops.shape(x)[-2], head_dim, start_index, self.max_wavelength)
        cosine, sine = ops.cast(ops.cos(angles), x.dtype), ops.cast(ops.sin(angles), x.dtype)
        first, second = x[..., :half], x[..., half:]
        turned = (first * cosine - second * sine, second * cosine + first * sine)
        return ops.concatenate(turned, axis=-1)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"max_wavelength": self.max_wavelength}
