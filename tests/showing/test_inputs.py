"""What is given to a foreign model, and what its positions are called."""

import keras
import numpy as np
import pytest
from keras import layers

from tests.layers.samples import HIDDEN, SOURCE, TARGET, random_ids
from tests.showing.samples import multi_head, self_attending, sequence
from tfplay import show
from tfplay.errors import InputError
from tfplay.showing.inputs import read_given
from tfplay.showing.words import words_of
from tfplay.text import WordTokenizer

SENTENCE = "we are what we read"
WORDS = SENTENCE.split()
VOCABULARY = ["", "[UNK]", *sorted(set(WORDS))]


def text_model(length: int | None = None) -> keras.Model:
    ids = keras.Input((length,), dtype="int32")
    x = layers.Embedding(41, HIDDEN, mask_zero=True)(ids)
    return keras.Model(ids, multi_head()(x, x, use_causal_mask=True), name="reader")


def of_hugging_face():
    """As `transformers` has them."""

    class Tokenizer:
        pad_token_id = 0

        def __call__(self, text):
            return {"input_ids": [VOCABULARY.index(word) for word in text.split()]}

        def convert_ids_to_tokens(self, token_ids):
            return [VOCABULARY[token_id] for token_id in token_ids]

    return Tokenizer()


def of_tokenizers():
    import tokenizers

    return tokenizers.Tokenizer(
        tokenizers.models.WordLevel({word: index for index, word in enumerate(VOCABULARY)}, "[UNK]")
    )


def of_keras_hub():
    from keras_hub.tokenizers import WordPieceTokenizer

    return WordPieceTokenizer(vocabulary=VOCABULARY, sequence_length=None)


TOKENIZERS = {
    "ours": lambda: WordTokenizer.train([SENTENCE] * 9, vocabulary_size=40),
    "TextVectorization": lambda: layers.TextVectorization(vocabulary=VOCABULARY[2:]),
    "transformers": of_hugging_face,
    "keras-hub": of_keras_hub,
}


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_a_text_is_read_by_any_tokenizer_and_its_tokens_name_the_positions(kind):
    tokenizer = TOKENIZERS[kind]()
    given = read_given(text_model(), SENTENCE, tokenizer, None)
    assert given.inputs.shape == (1, len(WORDS))
    [names] = given.names.values()
    assert [name.strip("␣") for name in names] == WORDS
    again = read_given(text_model(), given.inputs, tokenizer, None)
    assert list(again.names.values()) == [names]


def test_a_function_from_a_text_to_ids_is_a_tokenizer_whose_ids_are_the_names():
    given = read_given(
        text_model(), SENTENCE, lambda text: [len(word) for word in text.split()], None
    )
    assert list(given.names.values()) == [["2", "3", "4", "2", "4"]]


def test_a_text_for_a_model_of_keras_hub_gets_its_mask():
    from keras_hub.models import GPT2Backbone

    sizes = {"num_layers": 2, "num_heads": 3, "hidden_dim": 24, "intermediate_dim": 29}
    model = GPT2Backbone(vocabulary_size=41, **sizes)
    arrays = show(model, SENTENCE, tokenizer=of_keras_hub()).to_arrays()
    assert arrays["masked_self_attention_sources"].tolist() == WORDS
    assert arrays["tokens"].tolist() == WORDS
    assert arrays["masked_self_attention_scores"].shape == (2, 3, 5, 5)


def test_a_model_of_fixed_length_gets_padding_that_is_not_drawn():
    shown = show(text_model(TARGET + 2), [3, 4, 5, 6, 7][:TARGET])
    arrays = shown.to_arrays()
    assert arrays["masked_self_attention_scores"].shape[-1] == TARGET + 2
    assert '"padding":[2,2]' in shown.html


def test_a_model_with_its_own_vocabulary_reads_strings():
    vectorizer = layers.TextVectorization(output_sequence_length=SOURCE, vocabulary=VOCABULARY[2:])
    text = keras.Input((1,), dtype="string")
    x = layers.Embedding(41, HIDDEN, mask_zero=True)(vectorizer(text))
    shown = show(keras.Model(text, multi_head()(x, x)), SENTENCE)
    assert shown.to_arrays()["self_attention_sources"][: len(WORDS)].tolist() == WORDS


def test_arrays_are_taken_with_and_without_a_batch_axis_and_are_named_by_position():
    model = self_attending(multi_head())
    one = show(model, sequence()[0]).to_arrays()
    first_of_many = show(model, np.concatenate([sequence(), sequence(seed=2)])).to_arrays()
    assert one["self_attention_targets"].tolist() == ["1", "2", "3", "4", "5"]
    for name, array in one.items():
        np.testing.assert_array_equal(array, first_of_many[name])


def test_given_names_stand_at_the_axes():
    months = ["Jan", "Feb", "Mar", "Apr", "May"]
    arrays = show(self_attending(multi_head()), sequence(), names=months).to_arrays()
    assert arrays["self_attention_sources"].tolist() == months


def test_of_two_inputs_of_one_length_the_decoder_reads_the_last():
    source, target = keras.Input((TARGET,), name="source"), keras.Input((TARGET,), name="target")
    embed = layers.Embedding(41, HIDDEN)
    x, memory = embed(target), embed(source)
    memory = multi_head()(memory, memory)
    x = multi_head()(x, x, use_causal_mask=True)
    model = keras.Model({"source": source, "target": target}, multi_head()(x, memory))
    asked, given = list("abcde"), list("vwxyz")
    ids = {"source": random_ids(TARGET), "target": random_ids(TARGET, seed=1)}
    arrays = show(model, ids, names={"source": asked, "target": given}).to_arrays()
    for kind, targets, sources in [
        ("self_attention", asked, asked),
        ("masked_self_attention", given, given),
        ("cross_attention", given, asked),
    ]:
        assert arrays[f"{kind}_targets"].tolist() == targets
        assert arrays[f"{kind}_sources"].tolist() == sources


def in_windows() -> keras.Model:
    x = keras.Input((TARGET * 2, HIDDEN))
    windows = keras.ops.reshape(x, (-1, TARGET, HIDDEN))
    return keras.Model(x, multi_head()(windows, windows))


def not_a_number() -> keras.Model:
    model = self_attending(multi_head())
    model.set_weights([np.full_like(weight, np.nan) for weight in model.get_weights()])
    return model


@pytest.mark.parametrize(
    ("model", "given", "options", "reason"),
    [
        (in_windows, sequence(TARGET * 2), {}, "within 2 parts of the input"),
        (not_a_number, sequence(), {}, "numbers that are not finite"),
        (text_model, SENTENCE, {}, "needs a tokenizer"),
        (text_model, SENTENCE, {"tokenizer": 3}, "int is no tokenizer"),
        (text_model, "", {"tokenizer": str.split}, "no sequence of ids"),
        (text_model, ["a", "b"], {}, "neither a text nor numbers"),
        (text_model, [3, 4], {"names": ["one"]}, "names has 1 names.* 2 positions"),
        (text_model, [3, 4], {"names": {"other": ["one"]}}, "no input 'other'"),
        (lambda: text_model(TARGET), [1] * 9, {}, "is 9 long; the model reads 5"),
        (lambda: self_attending(multi_head()), [1.0, 2.0], {}, "the shape .2,.; 3 axes"),
        (lambda: {}, SENTENCE, {}, "dict is no model"),
        (lambda: "nobody", SENTENCE, {}, "no model 'nobody'"),
        (text_model, [3, 4], {"view": "lens"}, "TFPlay's own models"),
        (text_model, [3, 4], {"view": "all"}, "no view 'all'"),
    ],
)
def test_what_does_not_fit_is_told_in_one_sentence(model, given, options, reason):
    with pytest.raises(InputError, match=reason) as told:
        show(model(), given, **options)
    assert "\n" not in str(told.value)


def test_tokens_of_the_tokenizers_library_are_named():
    words = words_of(of_tokenizers())
    assert words.name([2, 3]) == VOCABULARY[2:4]
