"""The common part of the three architectures: configuration, embeddings, blocks."""

from typing import Any, Self

import keras
from keras import ops

from tfplay.config import ModelConfig
from tfplay.errors import InputError
from tfplay.layers import (
    LearnedPosition,
    PatchEmbedding,
    SegmentEmbedding,
    SinusoidalPosition,
    TokenEmbedding,
)
from tfplay.layers.attention import Tensor
from tfplay.layers.base import TransformerLayer, parts_state, restore_parts
from tfplay.layers.masks import real_tokens, token_positions
from tfplay.layers.residual_norm import make_norm
from tfplay.layers.transformer_block import TransformerBlock
from tfplay.models.stack import Stack


@keras.saving.register_keras_serializable(package="tfplay")
class Embeddings(TransformerLayer):
    """Token (or image patch) + position (+ segment) embedding: the input of the first block.

    Args:
        config: The model's configuration, or its JSON dictionary.
        shared_tokens: The token embedding of other embeddings, to share it; `None` makes one.

    Example:
        >>> embeddings = Embeddings(config)
        >>> x = embeddings(token_ids)  # (B, T) -> (B, T, E)
    """

    def __init__(
        self,
        config: ModelConfig | dict[str, Any],
        shared_tokens: TokenEmbedding | None = None,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.autocast = False  # token ids are no values: bfloat16 ends at 256
        self.config = as_config(config)
        initializer = make_initializer(self.config) or "uniform"
        if self.config.image_size:
            self.patch_embedding = PatchEmbedding(
                self.config.patch_size,
                self.config.hidden_dim,
                add_class_token=self.config.use_class_token,
                kernel_initializer=make_initializer(self.config) or "glorot_uniform",
                dtype=self.dtype_policy,
                name="patch_embedding",
            )
        else:
            self.token_embedding = shared_tokens or TokenEmbedding(
                self.config.vocabulary_size,
                self.config.hidden_dim,
                scale=self.config.scale_embeddings,
                embeddings_initializer=initializer,
                dtype=self.dtype_policy,
                name="token_embedding",
            )
        self.position = self._make_position(initializer)
        self.segment_embedding = None
        if self.config.num_segments:
            self.segment_embedding = SegmentEmbedding(
                self.config.num_segments,
                self.config.hidden_dim,
                embeddings_initializer=initializer,
                dtype=self.dtype_policy,
                name="segment_embedding",
            )
        self.norm = make_norm(
            self.config.normalization if self.config.normalize_embeddings else "none",
            self.config.norm_epsilon,
            self.dtype_policy,
            "norm",
        )
        self.token_dropout = keras.layers.Dropout(
            self.config.token_dropout, noise_shape=(None, None, 1), dtype=self.dtype_policy
        )
        self.embedding_dropout = keras.layers.Dropout(self.config.dropout, dtype=self.dtype_policy)

    def _make_position(self, initializer: Any) -> keras.layers.Layer | None:
        """Rotary positions turn queries and keys instead, and add nothing here."""
        if self.config.position == "sinusoidal":
            layout = self.config.sinusoidal_layout
            return SinusoidalPosition(layout=layout, dtype=self.dtype_policy, name="position")
        if self.config.position == "learned":
            return LearnedPosition(
                self.config.max_sequence_length,
                embeddings_initializer=initializer,
                dtype=self.dtype_policy,
                name="position",
            )
        return None

    def build(self, token_ids_shape=None) -> None:
        embedded_shape = (None, None, self.config.hidden_dim)
        if side := self.config.image_size:
            self.patch_embedding.build((None, side, side, self.config.image_channels))
        elif not self.token_embedding.built:
            self.token_embedding.build(token_ids_shape)
        if self.position is not None:
            self.position.build(embedded_shape)
        if self.segment_embedding is not None:
            self.segment_embedding.build(token_ids_shape)
        self.norm.build(embedded_shape)

    def call(
        self,
        token_ids: Tensor,
        segment_ids: Tensor | None = None,
        start_index: Tensor = 0,
        padding_mask: Tensor | None = None,
        training: bool | None = None,
    ) -> Tensor:
        """Embeds token ids, or the patches of images.

        Args:
            token_ids: (B, T); images (B, height, width, channels) if the model reads those.
            segment_ids: (B, T), if the model has segments; `None` is all 0.
            start_index: Position of the first token.
            padding_mask: (B, T), if anything is padding: positions are counted without it.

        Returns:
            (B, T, E).
        """
        embedding = self.patch_embedding if self.config.image_size else self.token_embedding
        x = embedding(token_ids)
        x = self.token_dropout(x, training=training)
        if self.segment_embedding is not None:
            if segment_ids is None:
                segment_ids = ops.zeros_like(token_ids)
            x = x + self.segment_embedding(segment_ids)
        if self.position is not None:
            positions = token_positions(real_tokens(x, padding_mask))
            x = x + self.position(x, start_index=start_index, positions=positions)
        return self.embedding_dropout(self.norm(x), training=training)

    def compute_output_shape(self, token_ids_shape, *_):
        length = self.config.max_sequence_length if self.config.image_size else token_ids_shape[1]
        return (token_ids_shape[0], length, self.config.hidden_dim)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"config": self.config.to_json()}


class TransformerModel(keras.Model):
    """A transformer made from one `ModelConfig`.

    All weights exist as soon as the model does. Inputs are dictionaries of arrays, or token ids
    alone where nothing else is needed.

    Args:
        config: The model's configuration, or its JSON dictionary.
    """

    architecture: str
    encoder: Stack | None = None
    decoder: Stack | None = None

    def __init__(self, config: ModelConfig | dict[str, Any], **kwargs: Any):
        super().__init__(**kwargs)
        self.autocast = False  # token ids are no values
        self._latest_inputs: Any = None  # any structure that Keras takes
        self.config = as_config(config)
        if self.config.architecture != self.architecture:
            raise InputError(
                f"architecture is {self.config.architecture!r}, but {type(self).__name__} is "
                f"{self.architecture!r}."
            )
        self.embeddings = Embeddings(self.config, dtype=self.dtype_policy, name="embeddings")
        self.embeddings.build((None, None))

    def __call__(self, inputs: Tensor | dict[str, Tensor], *args: Any, **kwargs: Any) -> Tensor:
        """Calls the model, and remembers which inputs it was given, for `export`."""
        outputs = super().__call__(inputs, *args, **kwargs)
        self._latest_inputs = keras.tree.map_structure(_any_such_array, inputs)
        return outputs

    def export(self, filepath: Any, *args: Any, input_signature: Any = None, **kwargs: Any) -> None:
        """Saves the forward pass alone, for servers, as `keras.Model.export` does.

        Without an `input_signature` it takes the inputs of the latest call, with any batch size and
        sequence length.
        """
        if input_signature is None and self._latest_inputs is not None:
            input_signature = [self._latest_inputs]
        super().export(filepath, *args, input_signature=input_signature, **kwargs)

    @property
    def stacks(self) -> dict[str, Stack]:
        """The stacks that the model has, by name, in the order in which they compute."""
        named = {"encoder": self.encoder, "decoder": self.decoder}
        return {name: stack for name, stack in named.items() if stack is not None}

    @property
    def token_embeddings(self) -> keras.Variable:
        """The embedding matrix (V, E)."""
        return self.embeddings.token_embedding.embeddings

    def check_length(self, length: int) -> None:
        """Raises an `InputError` if a sequence of this many tokens exceeds the context."""
        if length > self.config.max_sequence_length:
            raise InputError(
                f"The sequence has {length} tokens; this model's context is "
                f"{self.config.max_sequence_length}."
            )

    def _make_blocks(
        self, block_class: type[TransformerBlock], name: str, **arguments: Any
    ) -> list[TransformerBlock]:
        """The blocks of a stack, built; arguments not given come from the configuration."""
        config = self.config
        said = {"rotary", "relative_buckets", "kernel_initializer", *arguments}
        fields = [field for field in block_class.argument_names() if field not in said]
        arguments |= {field: getattr(config, field) for field in fields}
        blocks: list[TransformerBlock] = []
        for index in range(config.num_layers):
            is_unrotated = config.unrotated_every and (index + 1) % config.unrotated_every == 0
            block = block_class(
                **arguments,
                rotary=config.position == "rotary" and not is_unrotated,
                relative_buckets=config.relative_buckets * (config.position == "relative"),
                kernel_initializer=make_initializer(config) or "glorot_uniform",
                dtype=self.dtype_policy,
                name=f"{name}_{index}",
            )
            if blocks:
                block.relative_position = blocks[0].relative_position
            block.build((None, None, config.hidden_dim))
            blocks.append(block)
        return blocks

    def _make_final_norm(self, name: str) -> keras.layers.Layer:
        """The norm after the last block, as a pre-norm stack leaves its sum unnormalised."""
        is_normed = self.config.normalize_first and self.config.use_final_norm
        normalization = self.config.normalization if is_normed else "none"
        norm = make_norm(normalization, self.config.norm_epsilon, self.dtype_policy, name)
        norm.build((None, None, self.config.hidden_dim))
        return norm

    def build(self, input_shape=None) -> None:
        """Builds nothing: all weights exist already, as the configuration gives every shape."""
        self.built = True

    def compute_output_shape(self, inputs_shape):
        dtype = "float32" if self.config.image_size else "int32"
        inputs = keras.tree.map_shape_structure(
            lambda shape: keras.KerasTensor(shape, dtype), inputs_shape
        )
        return self.compute_output_spec(inputs).shape

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> keras.KerasTensor:
        """The output's shape and type: a symbolic run of `call`."""
        return keras.Operation.compute_output_spec(self, *args, **kwargs)

    def get_config(self) -> dict[str, Any]:
        return {
            "config": self.config.to_json(),
            "name": self.name,
            "trainable": self.trainable,
            "parts": parts_state(
                self
            ),  # not in the build config, which Keras ignores for a built model
            "dtype": keras.dtype_policies.serialize(self.dtype_policy),
        }

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Self:
        arguments = dict(config)
        parts = arguments.pop("parts", {})
        model = cls(**arguments)
        restore_parts(model, parts)
        return model


def as_config(config: ModelConfig | dict[str, Any]) -> ModelConfig:
    """The configuration, built from its JSON dictionary if need be."""
    return config if isinstance(config, ModelConfig) else ModelConfig.from_json(config)


def _any_such_array(array: Tensor) -> keras.layers.InputSpec:
    """Specifications of arrays of this type and rank; an image keeps its size."""
    shape = (None, None) if len(array.shape) == 2 else (None, *array.shape[1:])
    return keras.layers.InputSpec(keras.backend.standardize_dtype(array.dtype), shape)


def make_initializer(config: ModelConfig) -> keras.initializers.Initializer | None:
    """An initializer with the configured deviation; `None` is each layer's default."""
    if config.initializer_range is None:
        return None
    if config.initializer_range == 0:
        return keras.initializers.Zeros()
    return keras.initializers.RandomNormal(stddev=config.initializer_range)
