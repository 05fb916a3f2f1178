"""Models as Keras users make them: classes of the names and attributes that recipes know by.

They are written here anew; what they compute is what the recipes compute.
"""

import keras
import keras_nlp
import numpy as np
from keras import layers, ops

VOCABULARY, LENGTH, WIDTH, HEADS, INNER = 29, 13, 6, 3, 7


def randomized(model: keras.Model, seed: int = 0) -> keras.Model:
    """The model with random weights, those of norms and biases too."""
    random = np.random.default_rng(seed)
    for weight in model.trainable_weights:
        weight.assign(random.normal(0, 0.5, weight.shape))
    return model


def token_ids(length: int = LENGTH, batch: int = 2, low: int = 1) -> np.ndarray:
    return np.random.default_rng(length).integers(low, VOCABULARY, (batch, length))


class MultiHeadSelfAttention(layers.Layer):
    """The older one, with a matrix each and the heads split by a reshape."""

    def __init__(self, embed_dim, num_heads):
        super().__init__()
        self.embed_dim, self.num_heads = embed_dim, num_heads
        self.query_dense = layers.Dense(embed_dim)
        self.key_dense = layers.Dense(embed_dim)
        self.value_dense = layers.Dense(embed_dim)
        self.combine_heads = layers.Dense(embed_dim)

    def call(self, x):
        batch, length = ops.shape(x)[:2]

        def split(y):
            shape = (batch, length, self.num_heads, self.embed_dim // self.num_heads)
            return ops.transpose(ops.reshape(y, shape), (0, 2, 1, 3))

        query, key, value = (
            split(each(x)) for each in (self.query_dense, self.key_dense, self.value_dense)
        )
        size = self.embed_dim // self.num_heads
        logits = ops.matmul(query, ops.transpose(key, (0, 1, 3, 2))) / size**0.5
        logits = ops.where(ops.tril(ops.ones((length, length), "bool")), logits, -1e9)
        heads = ops.transpose(ops.matmul(ops.softmax(logits), value), (0, 2, 1, 3))
        return self.combine_heads(ops.reshape(heads, (batch, length, self.embed_dim)))


class TransformerBlock(layers.Layer):
    """That of the examples: post-norm, with a head as wide as the whole."""

    def __init__(
        self, embed_dim, num_heads, ff_dim, causal=False, older=False, pre_norm=False, **kwargs
    ):
        super().__init__(**kwargs)
        self.causal, self.older, self.pre_norm = causal, older, pre_norm
        if older:
            self.att = MultiHeadSelfAttention(embed_dim, num_heads)
        else:
            self.att = layers.MultiHeadAttention(num_heads, embed_dim)
        self.ffn = keras.Sequential(
            [layers.Dense(ff_dim, activation="relu"), layers.Dense(embed_dim)]
        )
        self.layernorm1 = layers.LayerNormalization(epsilon=1e-6)
        self.layernorm2 = layers.LayerNormalization(epsilon=1e-6)
        self.dropout1, self.dropout2 = layers.Dropout(0.1), layers.Dropout(0.1)

    def attend(self, x):
        return self.att(x) if self.older else self.att(x, x, use_causal_mask=self.causal)

    def call(self, x):
        if self.pre_norm:
            x = x + self.dropout1(self.attend(self.layernorm1(x)))
            return x + self.dropout2(self.ffn(self.layernorm2(x)))
        x = self.layernorm1(x + self.dropout1(self.attend(x)))
        return self.layernorm2(x + self.dropout2(self.ffn(x)))


class TokenAndPositionEmbedding(layers.Layer):
    def __init__(self, maxlen, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.token_emb = layers.Embedding(vocab_size, embed_dim)
        self.pos_emb = layers.Embedding(maxlen, embed_dim)

    def call(self, x):
        return self.token_emb(x) + self.pos_emb(ops.arange(ops.shape(x)[-1]))


class NERModel(keras.Model):
    """A model of its own class, of which a file only keeps the weights' names."""

    def __init__(self, num_tags=5):
        super().__init__()
        self.embedding_layer = TokenAndPositionEmbedding(LENGTH, VOCABULARY, WIDTH)
        self.transformer_block = TransformerBlock(WIDTH, HEADS, INNER)
        self.dropout1, self.dropout2 = layers.Dropout(0.1), layers.Dropout(0.1)
        self.ff = layers.Dense(11, activation="relu")
        self.ff_final = layers.Dense(num_tags, activation="softmax")

    def call(self, x):
        x = self.transformer_block(self.embedding_layer(x))
        return self.ff_final(self.dropout2(self.ff(self.dropout1(x))))


def text_classification(units: int = 4, activation: str = "softmax", **block) -> keras.Model:
    inputs = layers.Input((None,), dtype="int32")
    x = TokenAndPositionEmbedding(LENGTH, VOCABULARY, WIDTH)(inputs)
    x = TransformerBlock(WIDTH, HEADS, INNER, **block)(x)
    x = layers.Dropout(0.1)(layers.GlobalAveragePooling1D()(x))
    x = layers.Dropout(0.1)(layers.Dense(11, activation="relu")(x))
    outputs = layers.Dense(units, activation=activation)(x)
    return randomized(keras.Model(inputs, outputs))


def text_reader() -> keras.Model:
    """A text classification that has its vocabulary within."""
    reader = layers.TextVectorization(VOCABULARY, output_sequence_length=LENGTH)
    reader.adapt(["not bad at all", "the film was good"])
    inputs = layers.Input((), dtype="string")
    x = TokenAndPositionEmbedding(LENGTH, VOCABULARY, WIDTH)(reader(inputs))
    x = layers.GlobalAveragePooling1D()(TransformerBlock(WIDTH, HEADS, INNER)(x))
    return randomized(keras.Model(inputs, layers.Dense(4, activation="softmax")(x)))


def entity_recognition() -> keras.Model:
    model = NERModel()
    model(token_ids())
    return randomized(model)


def miniature_gpt(num_blocks: int = 2, older: bool = False) -> keras.Model:
    inputs = layers.Input((None,), dtype="int32")
    x = TokenAndPositionEmbedding(LENGTH, VOCABULARY, WIDTH)(inputs)
    for _ in range(num_blocks):
        x = TransformerBlock(WIDTH, HEADS, INNER, causal=True, older=older)(x)
    return randomized(keras.Model(inputs, [layers.Dense(VOCABULARY)(x), x]))


class PositionalEmbedding(layers.Layer):
    """That of the Keras book; in its second edition id 0 is masked."""

    def __init__(self, sequence_length, input_dim, output_dim, masks=True, **kwargs):
        super().__init__(**kwargs)
        self.masks = masks
        self.token_embeddings = layers.Embedding(input_dim, output_dim)
        self.position_embeddings = layers.Embedding(sequence_length, output_dim)

    def call(self, inputs):
        positions = ops.arange(ops.shape(inputs)[-1])
        return self.token_embeddings(inputs) + self.position_embeddings(positions)

    def compute_mask(self, inputs, mask=None):
        return ops.not_equal(inputs, 0) if self.masks else None


def dense_pair(width: int, inner: int) -> keras.Sequential:
    return keras.Sequential([layers.Dense(inner, activation="relu"), layers.Dense(width)])


class TransformerEncoder(layers.Layer):
    """That of the book's second edition."""

    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.attention = layers.MultiHeadAttention(num_heads, key_dim=embed_dim)
        self.dense_proj = dense_pair(embed_dim, dense_dim)
        self.layernorm_1, self.layernorm_2 = (
            layers.LayerNormalization(),
            layers.LayerNormalization(),
        )

    def call(self, inputs, mask=None):
        mask = None if mask is None else mask[:, None, :]
        x = self.layernorm_1(inputs + self.attention(inputs, inputs, attention_mask=mask))
        return self.layernorm_2(x + self.dense_proj(x))


class TransformerDecoder(layers.Layer):
    """That of the book's second edition."""

    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.attention_1 = layers.MultiHeadAttention(num_heads, key_dim=embed_dim)
        self.attention_2 = layers.MultiHeadAttention(num_heads, key_dim=embed_dim)
        self.dense_proj = dense_pair(embed_dim, dense_dim)
        self.layernorm_1, self.layernorm_2 = (
            layers.LayerNormalization(),
            layers.LayerNormalization(),
        )
        self.layernorm_3 = layers.LayerNormalization()

    def call(self, inputs, mask=None):
        x, memory = inputs
        memory_mask = None if mask is None or mask[1] is None else mask[1][:, None, :]
        x = self.layernorm_1(x + self.attention_1(x, x, use_causal_mask=True))
        attended = self.attention_2(x, memory, attention_mask=memory_mask)
        x = self.layernorm_2(x + attended)
        return self.layernorm_3(x + self.dense_proj(x))


class ThirdEditionBlock(layers.Layer):
    """An encoder or a decoder block of the book's third edition."""

    def __init__(self, hidden_dim, intermediate_dim, num_heads, has_cross=False):
        super().__init__()
        self.has_cross = has_cross
        size = hidden_dim // num_heads
        self.self_attention = layers.MultiHeadAttention(num_heads, size)
        self.self_attention_layernorm = layers.LayerNormalization()
        if has_cross:
            self.cross_attention = layers.MultiHeadAttention(num_heads, size)
            self.cross_attention_layernorm = layers.LayerNormalization()
        self.feed_forward_1 = layers.Dense(intermediate_dim, activation="relu")
        self.feed_forward_2 = layers.Dense(hidden_dim)
        self.feed_forward_layernorm = layers.LayerNormalization()

    def call(self, x, source=None, source_mask=None):
        mask = source_mask[:, None, :]
        if self.has_cross:
            attended = self.self_attention(x, x, use_causal_mask=True)
            x = self.self_attention_layernorm(x + attended)
            attended = self.cross_attention(x, source, attention_mask=mask)
            x = self.cross_attention_layernorm(x + attended)
        else:
            attended = self.self_attention(x, x, attention_mask=mask)
            x = self.self_attention_layernorm(x + attended)
        return self.feed_forward_layernorm(x + self.feed_forward_2(self.feed_forward_1(x)))


TARGET_VOCABULARY = 23


def translation() -> keras.Model:
    source = layers.Input((None,), dtype="int64", name="encoder_inputs")
    x = PositionalEmbedding(LENGTH, VOCABULARY, WIDTH)(source)
    encoded = TransformerEncoder(WIDTH, INNER, HEADS)(x)
    target = layers.Input((None,), dtype="int64", name="decoder_inputs")
    state = layers.Input((None, WIDTH), name="decoder_state_inputs")
    x = PositionalEmbedding(LENGTH, TARGET_VOCABULARY, WIDTH)(target)
    x = layers.Dropout(0.5)(TransformerDecoder(WIDTH, INNER, HEADS)([x, state]))
    decoder = keras.Model([target, state], layers.Dense(TARGET_VOCABULARY, "softmax")(x))
    return randomized(keras.Model([source, target], decoder([target, encoded])))


def third_edition_translation() -> keras.Model:
    source = layers.Input((None,), dtype="int32", name="english")
    x = PositionalEmbedding(LENGTH, VOCABULARY, WIDTH, masks=False)(source)
    encoded = ThirdEditionBlock(WIDTH, INNER, HEADS)(x, source_mask=source != 0)
    target = layers.Input((None,), dtype="int32", name="spanish")
    x = PositionalEmbedding(LENGTH, VOCABULARY, WIDTH, masks=False)(target)
    x = ThirdEditionBlock(WIDTH, INNER, HEADS, has_cross=True)(x, encoded, source != 0)
    x = layers.Dense(VOCABULARY, activation="softmax")(layers.Dropout(0.5)(x))
    return randomized(keras.Model([source, target], x))


def book_classification() -> keras.Model:
    inputs = layers.Input((None,), dtype="int64")
    x = PositionalEmbedding(LENGTH, VOCABULARY, WIDTH)(inputs)
    x = layers.GlobalMaxPooling1D()(TransformerEncoder(WIDTH, INNER, HEADS)(x))
    outputs = layers.Dense(4, activation="softmax")(layers.Dropout(0.5)(x))
    return randomized(keras.Model(inputs, outputs))


def hub_embedding(inputs, **settings):
    return keras_nlp.layers.TokenAndPositionEmbedding(VOCABULARY, LENGTH, WIDTH, **settings)(inputs)


def hub_writer() -> keras.Model:
    inputs = layers.Input((None,), dtype="int32")
    x = hub_embedding(inputs, mask_zero=True)
    for _ in range(2):
        x = keras_nlp.layers.TransformerDecoder(
            INNER, HEADS, normalize_first=True, activation="gelu", layer_norm_epsilon=1e-2
        )(x)
    x = layers.LayerNormalization(epsilon=1e-2)(x)
    return randomized(keras.Model(inputs, layers.Dense(VOCABULARY)(x)))


def hub_classification() -> keras.Model:
    inputs = layers.Input((None,), dtype="int32")
    x = keras_nlp.layers.TransformerEncoder(INNER, HEADS)(hub_embedding(inputs))
    x = layers.Dropout(0.5)(layers.GlobalAveragePooling1D()(x))
    return randomized(keras.Model(inputs, layers.Dense(4, activation="softmax")(x)))


def hub_masked_words(is_tied: bool) -> keras.Model:
    inputs = layers.Input((None,), dtype="int32", name="token_ids")
    positions = layers.Input((4,), dtype="int32", name="places")
    embedding = keras_nlp.layers.TokenAndPositionEmbedding(VOCABULARY, LENGTH, WIDTH)
    x = keras_nlp.layers.TransformerEncoder(INNER, HEADS)(embedding(inputs))
    settings = {"token_embedding": embedding.token_embedding} if is_tied else {}
    head = keras_nlp.layers.MaskedLMHead(
        VOCABULARY, intermediate_activation="gelu" if is_tied else "relu", **settings
    )
    return randomized(keras.Model([inputs, positions], head(x, mask_positions=positions)))


BACKBONE = {"num_layers": 2, "hidden_dim": 12, "intermediate_dim": INNER}
SHORT = {"num_heads": HEADS, "max_sequence_length": LENGTH}


def backbone_inputs(*names: str) -> dict[str, keras.KerasTensor]:
    return {name: layers.Input((None,), dtype="int32", name=name) for name in names}


def hub_bert(is_pooled: bool) -> keras.Model:
    inputs = backbone_inputs("token_ids", "segment_ids", "padding_mask")
    outputs = keras_nlp.models.BertBackbone(VOCABULARY, **BACKBONE, **SHORT)(inputs)
    if is_pooled:
        x = layers.Dropout(0.1)(outputs["pooled_output"])
        return randomized(keras.Model(inputs, layers.Dense(4, activation="softmax")(x)))
    return randomized(keras.Model(inputs, layers.Dense(5)(outputs["sequence_output"])))


def hub_distil_bert() -> keras.Model:
    inputs = backbone_inputs("token_ids", "padding_mask")
    x = keras_nlp.models.DistilBertBackbone(VOCABULARY, **BACKBONE, **SHORT)(inputs)[:, 0, :]
    x = layers.Dense(7, activation="relu")(x)
    return randomized(keras.Model(inputs, layers.Dense(4)(x)))


def hub_gpt2() -> keras.Model:
    inputs = backbone_inputs("token_ids", "padding_mask")
    backbone = keras_nlp.models.GPT2Backbone(VOCABULARY, **BACKBONE, **SHORT)
    logits = backbone.token_embedding(backbone(inputs), reverse=True)
    return randomized(keras.Model(inputs, logits))


def hub_llama(has_dense: bool) -> keras.Model:
    inputs = backbone_inputs("token_ids", "padding_mask")
    backbone = keras_nlp.models.LlamaBackbone(
        VOCABULARY, num_query_heads=6, num_key_value_heads=3, rope_max_wavelength=97, **BACKBONE
    )
    x = backbone(inputs)
    logits = layers.Dense(VOCABULARY)(x) if has_dense else backbone.token_embedding(x, reverse=True)
    return randomized(keras.Model(inputs, logits))


class Patches(layers.Layer):
    def __init__(self, patch_size, **kwargs):
        super().__init__(**kwargs)
        self.patch_size = patch_size

    def call(self, images):
        patches = ops.image.extract_patches(images, size=self.patch_size)
        batch, rows, columns, values = ops.shape(patches)
        return ops.reshape(patches, (batch, rows * columns, values))

    def get_config(self):
        return super().get_config() | {"patch_size": self.patch_size}


class PatchEncoder(layers.Layer):
    """That of the vision transformer of keras.io."""

    def __init__(self, num_patches, projection_dim, **kwargs):
        super().__init__(**kwargs)
        self.num_patches, self.projection_dim = num_patches, projection_dim
        self.projection = layers.Dense(projection_dim)
        self.position_embedding = layers.Embedding(num_patches, projection_dim)

    def call(self, patches):
        positions = ops.expand_dims(ops.arange(self.num_patches), 0)
        return self.projection(patches) + self.position_embedding(positions)


def all_activated(x, units):
    for width in units:
        x = layers.Dropout(0.1)(layers.Dense(width, activation=keras.activations.gelu)(x))
    return x


def vision_transformer(side: int = 8) -> keras.Model:
    """That of keras.io: pictures of a side become 12 x 12, in patches of 4 x 4."""
    augmentation = keras.Sequential(
        [layers.Normalization(), layers.Resizing(12, 12), layers.RandomFlip("horizontal")]
    )
    augmentation.layers[0].adapt(np.random.default_rng(5).random((7, side, side, 3)) * 255)
    inputs = layers.Input((side, side, 3))
    x = PatchEncoder(9, WIDTH)(Patches(4)(augmentation(inputs)))
    for _ in range(2):
        read = layers.LayerNormalization(epsilon=1e-6)(x)
        attended = layers.MultiHeadAttention(HEADS, WIDTH, dropout=0.1)(read, read)
        x = layers.Add()([attended, x])
        fed = all_activated(layers.LayerNormalization(epsilon=1e-6)(x), [2 * WIDTH, WIDTH])
        x = layers.Add()([fed, x])
    x = layers.Flatten()(layers.LayerNormalization(epsilon=1e-6)(x))
    features = all_activated(layers.Dropout(0.5)(x), [11, 7])
    return randomized(keras.Model(inputs, layers.Dense(5)(features)))


def hub_translation() -> keras.Model:
    source = layers.Input((None,), dtype="int64")
    encoded = keras_nlp.layers.TransformerEncoder(INNER, HEADS)(
        hub_embedding(source, mask_zero=True)
    )
    target = layers.Input((None,), dtype="int64")
    state = layers.Input((None, WIDTH))
    x = hub_embedding(target, mask_zero=True)
    x = keras_nlp.layers.TransformerDecoder(INNER, HEADS)(x, state)
    x = layers.Dense(VOCABULARY, activation="softmax")(layers.Dropout(0.5)(x))
    decoder = keras.Model([target, state], x)
    return randomized(keras.Model([source, target], decoder([target, encoded])))


class MaskedLanguageModel(keras.Model):
    """A model of its own class that is made as a graph."""


def masked_language_model() -> keras.Model:
    inputs = layers.Input((LENGTH,), dtype="int64")
    words = layers.Embedding(VOCABULARY, WIDTH, name="word_embedding")(inputs)
    x = words + keras_nlp.layers.PositionEmbedding(LENGTH)(words)
    for index in range(2):
        name = f"encoder_{index}"
        attended = layers.MultiHeadAttention(HEADS, WIDTH // HEADS, name=f"{name}_attention")(x, x)
        attended = layers.Dropout(0.1)(attended)
        x = layers.LayerNormalization(epsilon=1e-6, name=f"{name}_att_norm")(x + attended)
        network = dense_pair(WIDTH, INNER)
        network.name = f"{name}_ffn"
        x = layers.LayerNormalization(epsilon=1e-6)(x + layers.Dropout(0.1)(network(x)))
    outputs = layers.Dense(VOCABULARY, activation="softmax", name="mlm_cls")(x)
    return randomized(MaskedLanguageModel(inputs, outputs, name="masked_bert_model"))


def plain_writer() -> keras.Model:
    """Pre-norm, with sines, made of Keras' own layers and `Add`."""
    inputs = layers.Input((None,), dtype="int32")
    words = layers.Embedding(VOCABULARY, WIDTH)(inputs)
    x = layers.Add()([words, keras_nlp.layers.SinePositionEncoding()(words)])
    for _ in range(2):
        read = layers.LayerNormalization()(x)
        attended = layers.MultiHeadAttention(HEADS, 5)(read, read, use_causal_mask=True)
        x = layers.Add()([x, attended])
        fed = layers.Dense(INNER, activation="gelu")(layers.LayerNormalization()(x))
        x = layers.Add()([layers.Dense(WIDTH)(fed), x])
    return randomized(keras.Model(inputs, layers.Dense(VOCABULARY)(layers.LayerNormalization()(x))))


def hub_sines() -> keras.Model:
    """Layers of keras-hub after a sum of embedded tokens and sines."""
    inputs = layers.Input((None,), dtype="int32")
    words = layers.Embedding(VOCABULARY, WIDTH)(inputs)
    x = layers.Dropout(0.1)(words + keras_nlp.layers.SinePositionEncoding()(words))
    x = keras_nlp.layers.TransformerEncoder(INNER, HEADS, activation="gelu")(x)
    return randomized(keras.Model(inputs, layers.Dense(5, activation="softmax")(x)))
