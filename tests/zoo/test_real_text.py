"""What the models of real sentences learn from."""

import random
from dataclasses import replace

import numpy as np
import pytest

from tfplay.config import preset
from tfplay.errors import InputError
from tfplay.models import build_model
from tfplay.store.opened import Origin, read_model, write_about
from tfplay.store.weights import save_weights
from tfplay.tasks.tagging.tag import spans_of
from tfplay.text import LabelledText, TaggedSentence
from tfplay.text.tokenizers.published import BERT
from tfplay.text.tokenizers.wordpiece import WordPieceTokenizer
from tfplay.zoo import encoder, names, reviews
from tfplay.zoo.entry import SmallEncoder, ZooModel
from tfplay.zoo.names.swapping import names_in, swapped
from tfplay.zoo.names.wikigold import wikigold
from tfplay.zoo.open_data import VARIABLE, open_data
from tfplay.zoo.reviews.critics import critics_sentence

SENTENCE = TaggedSentence(
    ("Ada", "Byron", "met", "Bo", "in", "Rome", "."),
    ("B-PER", "I-PER", "O", "B-PER", "O", "B-LOC", "O"),
)


@pytest.fixture
def data(shared_data, monkeypatch):
    """Where the open data lies, as the environment tells it."""
    monkeypatch.setenv(VARIABLE, str(shared_data))


def test_data_that_is_not_there_is_told_with_where_it_was_looked_for(monkeypatch, tmp_path):
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(InputError, match=f"set {VARIABLE} to the folder"):
        open_data("wikigold")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(InputError, match=f"no data set 'wikigold' in {tmp_path}"):
        open_data("wikigold")


def test_a_third_of_wikigold_is_held_out_and_shares_no_sentence_with_the_rest(data):
    learned, held_out = wikigold(held_out=False), wikigold(held_out=True)
    assert 0.25 < len(held_out) / len(learned + held_out) < 0.4
    long = {each.words for each in held_out if len(each.words) > 5}
    assert long.isdisjoint(each.words for each in learned)
    assert {span.label for each in held_out for span in spans_of(each.tags)} == {
        *("PER", "LOC", "ORG")
    }


def test_other_names_take_the_place_of_the_old_ones_and_nothing_else_changes():
    found = {"PER": ["Li"], "LOC": ["New Delhi"], "ORG": ["Acme"]}
    assert names_in([SENTENCE])["PER"] == ["Ada Byron", "Bo"]
    for seed in range(20):
        words, tags = swapped(SENTENCE, found, random.Random(seed))
        others = [word for word, tag in zip(words, tags, strict=True) if tag == "O"]
        assert others == ["met", "in", "."]
        assert [span.label for span in spans_of(tags)] == ["PER", "PER", "LOC"]


def test_every_critics_sentence_has_words_in_all_its_slots():
    for seed in range(300):
        for label in reviews.LABELS:
            sentence = critics_sentence(label, random.Random(seed))
            assert sentence.label == label
            assert "{" not in sentence.text


def test_the_written_sentences_are_of_one_class_each_and_none_is_held_out(data):
    written = reviews.written_sentences()
    texts = [each.text.lower() for each in written]
    assert len(set(texts)) == len(texts) > 800
    assert set(texts).isdisjoint(each.text.lower() for each in reviews.film_reviews())


def test_the_same_examples_are_drawn_each_time(data):
    assert names.NAMES.examples("training", 20, 0) == names.NAMES.examples("training", 20, 0)


VOCABULARY = [*["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "rare", "the", "a", "met", "in"]]


def published_bert(folder):
    """A BERT of two layers as it is after it was fetched."""
    config = preset(
        "bert-like",
        vocabulary_size=len(VOCABULARY),
        num_layers=2,
        hidden_dim=33,
        num_heads=3,
        max_sequence_length=13,
    )
    folder.mkdir()
    save_weights(build_model(config), folder / "model.npz")
    tokenizer = WordPieceTokenizer(VOCABULARY, BERT, word_pattern="bert", uncased=True)
    write_about(folder, Origin("BERT"), "BERT", config, tokenizer, labels=())
    return read_model(folder)


def test_a_small_encoder_is_the_first_layers_with_the_tokens_of_its_texts(monkeypatch, tmp_path):
    published = published_bert(tmp_path / "published")
    config = replace(published.config, num_layers=1, vocabulary_size=9, max_sequence_length=7)
    corpus = replace(reviews.REVIEWS, generate=lambda *_: [LabelledText("Met the a in", "x")])
    monkeypatch.setattr(encoder, "fetch_model", lambda name: published)
    monkeypatch.setattr(SmallEncoder, "config", config)
    monkeypatch.setitem(encoder.ZOO_CORPORA, "met", corpus)
    entry = ZooModel("x", "X", "met", 1, {}, (), "", encoder=SmallEncoder(1, 9, 7))
    small = encoder.small_encoder(entry, 0, tmp_path / "small")
    kept = [token for token in VOCABULARY if token != "rare"]
    assert [*small.load_tokenizer().vocabulary] == kept
    whole, first = published.load().model, small.load().model
    theirs = whole.trace({"token_ids": np.array([[2, 8, 6, 9, 3]])}).encoder.blocks[0]
    ours = first.trace({"token_ids": np.array([[2, 7, 5, 8, 3]])}).encoder
    np.testing.assert_allclose(ours.output, theirs.residual_after, rtol=1e-5, atol=1e-6)
