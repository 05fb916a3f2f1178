from itertools import islice, product

import numpy as np
import pytest

from tests.tasks.small_models import learn, prepare
from tfplay.checkpoints.words.files import bert_json
from tfplay.errors import InputError
from tfplay.tasks.batches import IGNORED, collate
from tfplay.tasks.masked_words.fill import (
    MASK,
    _blank_answer,
    cloze_accuracy,
    fill,
    mask_blanks,
    with_blanks,
)
from tfplay.tasks.masked_words.masking import WordMasker, encode_lines
from tfplay.tasks.masked_words.task import MaskedWordsTask
from tfplay.tasks.trained_model import InputFormat
from tfplay.text import TOKENIZERS, LibraryTokenizer, Pair
from tfplay.text.tokenizers.library_data import completed
from tfplay.text.tokenizers.published import BERT

COLOURS = {"snow": "white", "coal": "black", "grass": "green", "blood": "red"}


def lines():
    """Such as: Today the snow is white again."""
    return [
        f"{time} the {thing} is {colour} {adverb}."
        for time, (thing, colour), adverb in product(
            ("Today", "Here", "Now"), COLOURS.items(), ("again", "indeed", "still")
        )
    ]


LONG_LINES = [" ".join(f"w{(17 * i + j) % 401}" for j in range(230)) for i in range(97)]


@pytest.fixture(scope="module")
def long_lines():
    """A tokenizer, 97 lines as arrays, and the same with masks."""
    tokenizer = TOKENIZERS["byte-pair"].train(LONG_LINES, 400)
    examples = encode_lines(LONG_LINES, tokenizer, 1000)
    whole = collate(examples, max(each.length for each in examples), tokenizer.pad_id)
    return tokenizer, whole, WordMasker(tokenizer).mask(whole, np.random.default_rng(5))


@pytest.fixture(scope="module", params=["byte-pair", "wordpiece", "word"])
def trained(request):
    data = prepare(MaskedWordsTask, lines(), validation_fraction=0.2, tokenizer=request.param)
    return learn(MaskedWordsTask, data, steps=300)


def test_fifteen_percent_of_the_tokens_are_chosen(long_lines):
    _, whole, masked = long_lines
    share = masked.num_labels / np.count_nonzero(whole.inputs["word_numbers"])
    assert share == pytest.approx(0.15, abs=0.01)


def test_of_the_chosen_80_percent_are_masks_10_random_and_10_unchanged(long_lines):
    tokenizer, whole, masked = long_lines
    chosen = masked.labels != IGNORED
    before, after = whole.inputs["token_ids"][chosen], masked.inputs["token_ids"][chosen]
    is_mask, is_unchanged = after == tokenizer.mask_id, after == before
    assert is_mask.mean() == pytest.approx(0.8, abs=0.02)
    assert is_unchanged.mean() == pytest.approx(0.1, abs=0.02)
    assert (~is_mask & ~is_unchanged).mean() == pytest.approx(0.1, abs=0.02)


def test_labels_are_the_true_tokens_and_the_rest_of_the_text_stays(long_lines):
    _, whole, masked = long_lines
    chosen = masked.labels != IGNORED
    np.testing.assert_array_equal(masked.labels[chosen], whole.inputs["token_ids"][chosen])
    np.testing.assert_array_equal(
        masked.inputs["token_ids"][~chosen], whole.inputs["token_ids"][~chosen]
    )


def test_special_tokens_are_never_chosen_and_never_come_by_chance(long_lines):
    tokenizer, _, masked = long_lines
    special = {i for i, token in enumerate(tokenizer.vocabulary) if token[0] in "[<" and token[1:]}
    assert special.isdisjoint(masked.labels[masked.labels != IGNORED].tolist())
    new = masked.inputs["token_ids"][masked.labels != IGNORED]
    assert special & set(new.tolist()) == {tokenizer.mask_id}


def test_whole_words_are_chosen(long_lines):
    _, whole, masked = long_lines
    for numbers, labels in zip(whole.inputs["word_numbers"], masked.labels, strict=True):
        chosen, other = set(numbers[labels != IGNORED]), set(numbers[labels == IGNORED])
        assert chosen and chosen.isdisjoint(other)


def test_a_line_of_one_word_has_that_word_chosen():
    tokenizer = TOKENIZERS["word"].train(["snow"], 100)
    batch = collate(encode_lines(["snow"] * 7, tokenizer, 5), 5, tokenizer.pad_id)
    labels = WordMasker(tokenizer).mask(batch, np.random.default_rng(0)).labels
    np.testing.assert_array_equal(labels[:, 1], tokenizer.tokenize("snow") * 7)


def test_unknown_words_are_not_to_be_guessed():
    tokenizer = TOKENIZERS["word"].train(["snow"], 100)
    [line] = encode_lines(["snow falls"], tokenizer, 5)
    assert line.inputs["word_numbers"] == [0, 1, 0, 0]


def test_long_lines_are_cut_and_nothing_is_lost():
    tokenizer = TOKENIZERS["byte-pair"].train(LONG_LINES, 400)
    pieces = encode_lines(LONG_LINES[:1], tokenizer, 29)
    assert max(piece.length for piece in pieces) == 29
    token_ids = [i for piece in pieces for i in piece.inputs["token_ids"][1:-1]]
    assert token_ids == tokenizer.tokenize(LONG_LINES[0])
    assert all(min(set(piece.inputs["word_numbers"]) - {0}) == 1 for piece in pieces)


def test_training_masks_change_and_validation_masks_do_not():
    data = prepare(MaskedWordsTask, LONG_LINES, tokenizer="byte-pair")
    [first, *_, last] = islice(data.training_batches(101, seed=3), 5)
    assert not np.array_equal(first.labels, last.labels)
    again = next(data.training_batches(101, seed=3))
    np.testing.assert_array_equal(first.labels, again.labels)
    same = prepare(MaskedWordsTask, LONG_LINES, tokenizer="byte-pair")
    for one, other in zip(data.validation_batches(7), same.validation_batches(7), strict=True):
        np.testing.assert_array_equal(one.labels, other.labels)
        np.testing.assert_array_equal(one.inputs["token_ids"], other.inputs["token_ids"])


def test_to_judge_by_every_chosen_word_is_behind_a_mask(trained):
    for encoded in MaskedWordsTask.encode_all(
        lines(), InputFormat(trained.tokenizer, (), "encoder-only", 32)
    ):
        for token_id, label in zip(encoded.inputs["token_ids"], encoded.labels, strict=True):
            assert (token_id == trained.tokenizer.mask_id) == (label != IGNORED)


def test_a_model_learns_the_words_behind_masks(trained):
    scores = MaskedWordsTask.evaluate(trained, lines())
    assert set(scores) == {"accuracy", "frequency_baseline", "perplexity"}
    assert scores["accuracy"] > scores["frequency_baseline"] + 0.2
    assert 1 < scores["perplexity"] < 5
    for thing, colour in COLOURS.items():
        [[best, second]] = fill(trained, f"Today the {thing} is [MASK] again.", top=2)
        assert best.token == colour
        assert 0 < second.probability < best.probability <= 1


def test_several_masks_are_filled_and_a_glued_mark_stays_glued(trained):
    adverbs, marks = fill(trained, "Now the coal is black [MASK][MASK]", top=3)
    assert {each.token for each in adverbs} == {"again", "indeed", "still"}
    assert marks[0].token.removeprefix("##") == "."


def test_masks_far_apart_are_answered_in_their_order(trained):
    answers = fill(trained, "Today [MASK] blood is [MASK] again[MASK]", top=1)
    assert [each.token.removeprefix("##") for [each] in answers] == ["the", "red", "."]


def test_all_probabilities_of_a_mask_sum_to_one(trained):
    [candidates] = fill(trained, "[MASK]", top=trained.tokenizer.vocabulary_size)
    assert sum(each.probability for each in candidates) == pytest.approx(1, abs=1e-4)


def test_cloze_accuracy_is_the_share_of_right_answers(trained):
    right = [
        Pair(f"Today the {thing} is [MASK] again.", colour) for thing, colour in COLOURS.items()
    ]
    wrong = [Pair(right[0].source, "again")]
    assert cloze_accuracy(trained, right) == 1.0
    assert cloze_accuracy(trained, right + wrong) == 0.8


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_a_mask_stands_for_its_word_and_changes_no_other_token(kind):
    tokenizer = TOKENIZERS[kind].train(lines(), 400)
    for source, target in (("[MASK] the snow.", "Now"), ("Now the [MASK].", "snow")):
        blanked = _blank_answer(tokenizer, Pair(source, target))
        whole = list(blanked.token_ids)
        for position, hidden in zip(blanked.masked, blanked.hidden_ids, strict=True):
            assert whole[position] == tokenizer.mask_id
            whole[position] = hidden
        assert whole[1:-1] == tokenizer.tokenize(source.replace("[MASK]", target))


@pytest.mark.parametrize(
    ("text", "top", "sentence"),
    [
        ("No mask.", 5, r"There is no \[MASK\]"),
        ("[MASK]", 0, "top is 0"),
        ("[MASK]" * 40, 5, "42 tokens; this model reads 32"),
    ],
)
def test_what_cannot_be_filled_is_refused(trained, text, top, sentence):
    with pytest.raises(InputError, match=sentence):
        fill(trained, text, top=top)


@pytest.mark.parametrize(
    ("source", "target", "sentence"),
    [
        ("Snow.", "x", "exactly one"),
        ("[MASK] [MASK]", "x", "exactly one"),
        ("[MASK]", "", "answer"),
    ],
)
def test_a_cloze_without_one_mask_and_its_answer_is_refused(trained, source, target, sentence):
    with pytest.raises(InputError, match=sentence):
        cloze_accuracy(trained, [Pair(source, target)])


def test_a_mask_is_found_by_a_published_vocabulary_that_cleans_its_text():
    words = [*BERT.spellings, "we", "are", "friends", "."]
    data = completed(bert_json(words, True, BERT.unknown, BERT.spellings), BERT.spellings, "")
    blanked = mask_blanks(LibraryTokenizer(data, BERT), with_blanks("We are [MASK]."))
    assert blanked.masked == [3]
    assert [piece.token for piece in blanked.pieces] == ["we", "are", MASK, "."]
