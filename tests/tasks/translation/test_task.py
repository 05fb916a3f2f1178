from itertools import islice

import numpy as np
import pytest

from tests.tasks.samples import ENGLISH, model_config, number_pairs, prepare
from tfplay.errors import InputError
from tfplay.models import build_model
from tfplay.tasks import IGNORED, TrainedModel, TranslationTask
from tfplay.tasks.batches import bucket_length
from tfplay.tasks.translation import task as task_module
from tfplay.text import Pair

BATCH = 7


def rows_of(batches):
    """Source ids, decoder inputs and labels of each example that counts, unpadded."""
    for batch in batches:
        for row, labels in enumerate(batch.labels):
            source, decoder_inputs = (
                batch.inputs[f"{side}_token_ids"][row][batch.inputs[f"{side}_padding_mask"][row]]
                for side in ("encoder", "decoder")
            )
            labels = labels[labels != IGNORED]
            if len(labels):
                yield source.tolist(), decoder_inputs.tolist(), labels.tolist()


def pairs_of(data, batches):
    """The sentence pairs that batches were made from."""
    return [
        Pair(data.tokenizer.detokenize(source), data.tokenizer.detokenize(labels))
        for source, _, labels in rows_of(batches)
    ]


def test_the_decoder_is_given_the_right_token_before_each_label():
    data = prepare()
    start, end = data.tokenizer.start_id, data.tokenizer.end_id
    for source, decoder_inputs, labels in rows_of(data.validation_batches(BATCH)):
        assert source[-1] == labels[-1] == end
        assert decoder_inputs == [start, *labels[:-1]]


@pytest.mark.parametrize("side", ["encoder", "decoder"])
def test_a_mask_hides_the_padding(side):
    data = prepare()
    batch = next(data.training_batches(BATCH, seed=0))
    is_padding = batch.inputs[f"{side}_token_ids"] == data.tokenizer.pad_id
    assert is_padding.any()
    np.testing.assert_array_equal(batch.inputs[f"{side}_padding_mask"], ~is_padding)


def test_an_epoch_shows_every_training_pair_once():
    data = prepare(number_pairs()[:99], validation_fraction=0.15)
    num_batches, remainder = divmod(len(data.training), BATCH)
    batches = list(islice(data.training_batches(BATCH, seed=0), num_batches))
    seen = pairs_of(data, batches)
    assert len(seen) == len(set(seen)) == len(data.training) - remainder
    assert set(seen) <= set(data.training)


def test_pairs_of_one_batch_have_similar_length_and_there_are_few_shapes():
    pairs = [Pair(" ".join(ENGLISH[:1] * n), str(n)) for n in range(1, 45)]
    data = prepare(pairs, max_sequence_length=40, validation_fraction=0)
    batches = list(islice(data.training_batches(BATCH, seed=0), 60))
    assert {batch.labels.shape for batch in batches} == {
        (BATCH, length) for length in (16, 24, 32, 40)
    }
    for batch in batches:
        lengths = batch.inputs["encoder_padding_mask"].sum(axis=1)
        assert {bucket_length(int(length), 40) for length in lengths} == {batch.labels.shape[1]}


def test_a_seed_repeats_the_batches():
    data = prepare()
    first, again, other = (
        next(data.training_batches(BATCH, seed)).labels.tolist() for seed in (0, 0, 1)
    )
    assert first == again != other


def test_validation_shows_every_validation_pair_once():
    data = prepare()
    assert sorted(pairs_of(data, data.validation_batches(BATCH))) == sorted(data.validation)
    assert len(data.validation) == 12
    assert not set(data.training) & set(data.validation)


def test_the_vocabulary_knows_the_training_part_only():
    pairs = [Pair(f"word{number}", f"wort{number}") for number in range(20)]
    data = prepare(pairs)
    for pair in data.training:
        assert set(pair) <= set(data.tokenizer.vocabulary)
    for pair in data.validation:
        assert not set(pair) & set(data.tokenizer.vocabulary)


def test_pairs_too_long_on_either_side_are_left_out_and_counted():
    fits, long = " ".join(ENGLISH[:1] * 15), " ".join(ENGLISH[:1] * 16)
    pairs = [Pair(fits, "एक"), Pair("one", fits), Pair(long, "दो"), Pair("two", long)]
    data = prepare(pairs, validation_fraction=0)
    assert sorted(data.training) == sorted(pairs[:2])
    assert data.describe() == {
        "training_examples": 2,
        "validation_examples": 0,
        "too_long_examples": 2,
        "training_labels": (1 + 1) + (15 + 1),
        "vocabulary_size": data.tokenizer.vocabulary_size,
    }


def test_nothing_but_long_pairs_is_refused_in_one_sentence():
    with pytest.raises(InputError, match="All 113 examples are too long for a context of 3 tokens"):
        prepare(max_sequence_length=3)


def test_without_a_validation_part_there_is_nothing_to_validate():
    data = prepare(validation_fraction=0)
    assert list(data.validation_batches(BATCH)) == []
    assert TranslationTask.evaluate(untrained(data), data.validation) == {}


def untrained(data, architecture="encoder-decoder"):
    model = build_model(model_config(data.tokenizer.vocabulary_size, architecture))
    return TrainedModel("translation", model, data.tokenizer)


@pytest.mark.parametrize("answer_index", [0, 1, -1])
def test_any_known_translation_scores_100(monkeypatch, answer_index):
    many = [Pair("two words in a row", f"दो शब्द साथ {x} चलते") for x in ("ही", "तो", "भी")]
    data = prepare([*many, *number_pairs()], validation_fraction=0)
    examples = [*many, *number_pairs()[:5]]
    known = {pair.source: pair.target for pair in examples}
    known[many[0].source] = many[answer_index].target
    monkeypatch.setattr(task_module, "translate_all", lambda _, texts: [known[t] for t in texts])
    scores = TranslationTask.evaluate(untrained(data), examples)
    assert scores == pytest.approx({"bleu": 100, "chrf": 100, "exact_match": 1})
    known[many[0].source] = "कुछ और"
    scores = TranslationTask.evaluate(untrained(data), examples)
    assert scores["chrf"] < 100
    assert scores["exact_match"] == pytest.approx(5 / 6)


def test_a_limit_bounds_the_sources_that_are_translated(monkeypatch):
    data = prepare()
    asked = []

    def translate_all(trained, texts):
        asked.extend(texts)
        return texts

    monkeypatch.setattr(task_module, "translate_all", translate_all)
    TranslationTask.evaluate(untrained(data), data.validation, limit=5)
    assert len(asked) == 5


def test_a_decoder_only_model_is_asked_for_the_target_alone():
    data = prepare(architecture="decoder-only")
    tokenizer = data.tokenizer
    for batch in data.validation_batches(BATCH):
        for token_ids, labels in zip(batch.inputs["token_ids"], batch.labels, strict=True):
            [start] = np.flatnonzero(token_ids == tokenizer.start_id)
            asked = np.flatnonzero(labels != IGNORED)
            if len(asked):  # the last batch begins again, with labels ignored
                assert asked[0] == start
                assert labels[asked[-1]] == tokenizer.end_id
                np.testing.assert_array_equal(labels[asked[:-1]], token_ids[asked[1:]])
                pair = [token_ids[:start], labels[asked]]
                assert Pair(*map(tokenizer.detokenize, pair)) in data.validation


def test_tatoeba_fits_a_context_of_64_by_byte_pairs(shared_data):
    pairs = TranslationTask.read(shared_data / "en-hi-tatoeba" / "hin.txt")
    described = prepare(pairs, "byte-pair", max_sequence_length=64).describe()
    assert described["training_examples"] + described["validation_examples"] == 3117
    assert described["too_long_examples"] == 0
