"""What the Embeddings page computes, against the models asked one by one."""

from dataclasses import replace

import numpy as np
import pytest

from tfplay.app.embeddings.order import ask, moved_share, reordered, shuffled_order
from tfplay.app.embeddings.senses import known_words, word_places, word_vectors
from tfplay.app.embeddings.through_chat import occurrences
from tfplay.errors import InputError
from tfplay.explain import trace_arrays, without_positions
from tfplay.store import SHIPPED, open_model
from tfplay.tasks import TASKS, ChatTask, MaskedWordsTask
from tfplay.text.corpora.senses import SENSE_WORDS


def shipped(name: str):
    return open_model(SHIPPED / name).load()


@pytest.fixture(scope="module")
def masked_words():
    return shipped("masked-words")


def test_a_words_vectors_do_not_depend_on_the_sentences_read_with_it(masked_words):
    sentences = ("The bank of the river.", "We went to the old bank and sat down there.")
    together = word_vectors(masked_words, "bank", sentences)
    for sentence, vectors in zip(sentences, together, strict=True):
        inputs = MaskedWordsTask.read_typed(masked_words, sentence).inputs
        stack = trace_arrays(masked_words.model, inputs).encoder
        tokens = masked_words.tokenizer.labels(inputs["token_ids"][0])
        place = tokens.index("bank")
        np.testing.assert_allclose(vectors[1], stack.embeddings[0, place], atol=1e-5)
        last = stack.blocks[-1].residual_after[0, place]
        np.testing.assert_allclose(vectors[-1], last, atol=1e-4)
    matrix = np.asarray(masked_words.model.token_embeddings)
    np.testing.assert_array_equal(
        together[0, 0], matrix[masked_words.tokenizer.tokenize("bank")[0]]
    )
    with pytest.raises(InputError, match="'bat' does not stand"):
        word_vectors(masked_words, "bat", sentences)


def test_a_word_is_found_with_all_its_tokens(masked_words):
    assert known_words(masked_words.tokenizer) == [*SENSE_WORDS]
    tokenizer = open_model(SHIPPED / "sentiment").load_tokenizer()
    sentence = "A sealion saw the seal."
    ids = [2, *tokenizer.tokenize(sentence), 3]
    places = word_places(tokenizer, "seal", sentence, ids)
    assert "".join(tokenizer.labels(ids)[place] for place in places) == "␣seal"


def test_a_word_said_again_gets_another_vector_and_the_first_keeps_its_own():
    chat = shipped("chat")
    found = occurrences(chat, ("I have a dog.", "Hello!", "My dog is called Rusty."), "dog")
    assert found.turns == [1, 3]
    dog = chat.tokenizer.tokenize("a dog")[-1]
    np.testing.assert_array_equal(
        found.vectors[:, 0], np.asarray(chat.model.token_embeddings)[[dog] * 2]
    )
    assert found.first_again < 1e-4
    # Rotary positions are not added: what enters the first block is the embedding.
    assert np.abs(found.vectors[0] - found.vectors[1])[2:].max(axis=-1).min() > 0.1
    with pytest.raises(InputError, match="'cat' does not stand"):
        occurrences(chat, ("I have a dog.",), "cat")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("masked-words", "The [MASK] barked at the cat."),
        ("sentiment", "The film was not bad at all."),
        ("entities", "Maria Lopez moved to Lisbon in March."),
        ("answers", "Ella lives with a white hamster. Milan has a goat."),
    ],
)
def test_an_encoder_without_positions_answers_the_same_to_shuffled_words(name: str, text: str):
    trained = shipped(name)
    task = TASKS[trained.task]
    inputs = task.prompt(trained, task.read_typed(trained, text, "Who has a goat?"))
    order = shuffled_order(trained.tokenizer, inputs, text, seed=1)
    assert sorted(order) == [*range(len(order))] != order
    other = reordered(inputs, order)
    bare = replace(trained, model=without_positions(trained.model))
    straight = [*range(len(order))]
    for model, is_moved in ((trained, True), (bare, False)):
        first, second = ask(model, [inputs, other], [straight, order])
        np.testing.assert_allclose(first.probabilities.sum(axis=-1), 1, atol=1e-5)
        assert (moved_share(first.probabilities, second.probabilities) > 1e-5) == is_moved


def test_only_what_the_visitor_wrote_is_shuffled_and_words_stay_whole():
    chat = shipped("chat")
    text = "My name is Zorimel and unbelievable."
    inputs = ChatTask.prompt(chat, ChatTask.read_typed(chat, text, "Hello"))
    ids = inputs["token_ids"][0]
    assert ids[-1] == chat.tokenizer.assistant_id
    order = shuffled_order(chat.tokenizer, inputs, text, seed=3)
    shuffled = chat.tokenizer.detokenize(ids[order])
    assert sorted(shuffled.split()) == sorted(text.split()) or "My" in shuffled
    assert [order[0], order[-1], order[-2]] == [0, len(ids) - 1, len(ids) - 2]
