"""What words and patches do for an answer, against the answer to a text that lacks them."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from tfplay.errors import InputError
from tfplay.store import open_model
from tfplay.tasks import (
    answer,
    answer_effects,
    class_effects,
    classify,
    classify_images,
    entity_effects,
    fill,
    mask_effects,
    patch_effects,
    tag,
    word_attention,
)
from tfplay.tasks.tagging.tag import tag_probabilities
from tfplay.tasks.words_read import without, words_read
from tfplay.text import TOKENIZERS
from tfplay.text.corpora import CORPORA

PASSAGE = (
    "Ella lives with a white hamster whose name is Rusty. One day the hamster ran away, and "
    "Rosa found it beside the fireplace."
)
CLOSE = {"rel": 1e-3, "abs": 1e-5}


@cache
def shipped(name):
    return open_model(name).load()


def by_word(effects):
    """Probabilities (K,) without each word, by its text; for words that stand only once."""
    return {word.text: row for word, row in zip(effects.words, effects.after, strict=True)}


def test_without_a_word_classes_are_those_of_the_text_without_it():
    trained, text = shipped("sentiment"), "The film was not bad, just unbelievably slow."
    effects = class_effects(trained, text)
    assert effects.answers == trained.labels
    assert "unbelievably" in by_word(effects)  # several tokens, one word
    for left_out, shorter in {
        "The": "film was not bad, just unbelievably slow.",
        "not": "The film was bad, just unbelievably slow.",
        ",": "The film was not bad just unbelievably slow.",
        "unbelievably": "The film was not bad, just slow.",
        ".": "The film was not bad, just unbelievably slow",
    }.items():
        [fresh] = classify(trained, [shorter])
        assert by_word(effects)[left_out] == pytest.approx(list(fresh.values()), **CLOSE)
    [whole] = classify(trained, [text])
    assert effects.before == pytest.approx(list(whole.values()), **CLOSE)
    assert np.nansum(effects.changes, axis=-1) == pytest.approx(0, abs=1e-5)


def test_of_a_long_text_the_words_that_were_read_make_room_for_those_that_follow():
    trained, text = shipped("sentiment"), " ".join(["It", *["dull"] * 100])
    effects = class_effects(trained, text)
    assert len(effects.words) == trained.context  # a token a word
    [fresh] = classify(trained, [" ".join(["dull"] * 100)])
    assert effects.after[1] == pytest.approx(list(fresh.values()), **CLOSE)


def test_an_only_word_cannot_be_left_out():
    assert np.isnan(class_effects(shipped("sentiment"), "Splendid").after).all()


def test_without_a_word_candidates_are_those_of_the_text_without_it():
    trained, text = shipped("masked-words"), "The [MASK] barked at the [MASK]."
    effects = mask_effects(trained, text, mask=1, top=3)
    assert effects.answers == tuple(each.token for each in fill(trained, text, top=3)[1])
    likely = {
        each.token: each.probability for each in fill(trained, "The [MASK] at the [MASK].", 900)[1]
    }
    fresh = [likely[token] for token in effects.answers]
    assert by_word(effects)["barked"] == pytest.approx(fresh, **CLOSE)
    assert np.isnan(by_word(effects)["[MASK]"]).all()


def test_without_a_word_an_entity_has_the_score_of_its_tags_in_the_text_without_it():
    trained = shipped("entities")
    tags = tag(trained, "It rained. Maria Lopez moved to Lisbon in March.")
    number = [entity.text for entity in tags.entities].index("Maria Lopez")
    effects = entity_effects(trained, tags, number)
    assert [word.text for word in effects.words][1:-1] == tags.words[3:]
    [fresh] = tag_probabilities(trained, [["Maria", "Lopez", "to", "Lisbon", "in", "March", "."]])
    score = min(fresh[0, trained.labels.index("B-PER")], fresh[1, trained.labels.index("I-PER")])
    assert by_word(effects)["moved"] == pytest.approx([score], **CLOSE)
    assert np.isnan(by_word(effects)["Maria"]).all()
    assert effects.before == pytest.approx([tags.entities[number].score], **CLOSE)


def test_without_a_first_word_an_entity_is_spelled_as_at_the_beginning():
    trained = shipped("entities")
    tags = tag(trained, "Yesterday Maria left.")
    effects = entity_effects(trained, tags, [each.text for each in tags.entities].index("Maria"))
    [fresh] = tag_probabilities(trained, [["Maria", "left", "."]])
    score = fresh[0, trained.labels.index("B-PER")]
    assert by_word(effects)["Yesterday"] == pytest.approx([score], **CLOSE)


def test_without_a_word_an_answer_has_the_probability_of_its_place_in_the_text_without_it():
    trained, question = shipped("answers"), "Who found the hamster?"
    found = answer(trained, question, PASSAGE)
    assert found.text == "Rosa"
    effects = answer_effects(trained, question, PASSAGE, (found.start, found.end))
    assert effects.before == pytest.approx([found.probability], **CLOSE)
    assert np.isnan(by_word(effects)["Rosa"]).all()

    fresh = answer(trained, question, PASSAGE.replace(" found", ""))
    assert by_word(effects)["found"][0] == pytest.approx(span(fresh, "Rosa", "Rosa"), **CLOSE)
    fresh = answer(trained, "found the hamster?", PASSAGE)
    assert by_word(effects)["Who"][0] == pytest.approx(span(fresh, "Rosa", "Rosa"), **CLOSE)


def span(found, first, last):
    """The probability that an answer starts with one word and ends with the other."""
    words = [piece.token.removeprefix("␣") for piece in found.tokens]
    return (
        found.start_probabilities[words.index(first)] * found.end_probabilities[words.index(last)]
    )


def test_of_a_long_passage_the_part_around_the_answer_is_read():
    trained, question = shipped("answers"), "Who found the hamster?"
    passage = f"{'It was a quiet day. ' * 40}{PASSAGE}{' It was a quiet day.' * 40}"
    place = passage.index("Rosa")
    effects = answer_effects(trained, question, passage, (place, place + len("Rosa")))
    assert effects.answers == ("Rosa",)
    assert effects.inputs["token_ids"].shape == (1, trained.context)


def test_without_a_patch_classes_are_those_of_the_picture_with_the_patch_black():
    trained = shipped("digits")
    image = CORPORA["digits"].examples("held-out", 1, 0)[0].pixels
    before, after = patch_effects(trained, image)
    black = image.copy()
    black[2:4, 4:6] = 0
    whole, covered = classify_images(trained, [image, black])
    assert before == pytest.approx(list(whole.values()), **CLOSE)
    assert after.shape == (4, 4, len(trained.labels))
    assert after[1, 2] == pytest.approx(list(covered.values()), **CLOSE)


def test_attention_to_words_is_that_to_all_their_tokens_and_sums_to_one():
    trained = shipped("sentiment")
    effects = class_effects(trained, "It was unbelievably slow.")
    attention = word_attention(trained, effects)
    num_tokens = effects.inputs["token_ids"].shape[1]
    sizes = trained.model.config.num_layers, trained.model.config.num_heads
    assert attention.shape == (*sizes, num_tokens, len(effects.words))
    assert len(effects.words) < num_tokens
    assert attention.sum(axis=-1) == pytest.approx(1)
    scores = trained.model.trace(effects.inputs).encoder.blocks[1].self_attention.attention_scores
    word, following = effects.words[3:5]
    assert word.text == "unbelievably"
    expected = np.array(scores)[0, 2, 0, word.first : following.first].sum()
    assert attention[1, 2, 0, 3] == pytest.approx(expected)
    assert effects.read_at == 0


@pytest.mark.parametrize("kind", TOKENIZERS)
@pytest.mark.parametrize("text", ["Well... “don't”,  he said\n\nto me!", "😀😀 it is", "  हिन्दी में"])
def test_every_token_belongs_to_the_word_that_it_is_part_of(kind, text):
    tokenizer = TOKENIZERS[kind].train(["Well, he said to me it is so. " * 3], 300)
    pieces = tokenizer.pieces(text)
    words = words_read(text, pieces, first=1)
    assert "".join("".join(word.text for word in words).split()) == "".join(text.split())
    assert words[0].first == 1
    for word, following in pairwise(words):
        own = pieces[word.first - 1 : following.first - 1]
        assert own
        assert all(piece.end <= word.place[1] for piece in own)


@pytest.mark.parametrize(
    ("text", "left_out", "rest"),
    [
        ("It was not bad.", "not", "It was bad."),
        ("Not bad.", "Not", "bad."),
        ("well-known", "-", "well known"),
        ("It (well) is", "well", "It () is"),
    ],
)
def test_a_text_without_a_word(text, left_out, rest):
    start = text.index(left_out)
    assert without(text, (start, start + len(left_out))) == rest


def test_what_cannot_be_asked_is_refused():
    with pytest.raises(InputError, match="empty"):
        class_effects(shipped("sentiment"), " ")
    with pytest.raises(InputError, match="no \\[MASK\\]"):
        mask_effects(shipped("masked-words"), "No mask.")
    with pytest.raises(InputError, match="this model reads 64"):
        mask_effects(shipped("masked-words"), "[MASK]" + " word" * 99)
