import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tasks.small_models import learn, prepare
from tfplay.errors import InputError
from tfplay.tasks.batches import IGNORED
from tfplay.tasks.tagging.tag import Span, spans_of, tag, tag_probabilities
from tfplay.tasks.tagging.task import TaggingTask, span_scores
from tfplay.tasks.trained_model import InputFormat
from tfplay.text import TOKENIZERS, TaggedSentence

PEOPLE = ("Asha", "Bruno", "Chen Li", "Dora Maria Weiss", "Emil")
PLACES = ("Rome", "New Delhi", "Lima")
VERBS = ("visits", "leaves", "loves")


def sentences():
    """Such as: Chen/B-PER Li/I-PER loves/O Rome/B-LOC ./O."""
    made = []
    for person in PEOPLE:
        for verb in VERBS:
            for place in PLACES:
                words = [*person.split(), verb, *place.split(), "."]
                tags = ["B-PER", *["I-PER"] * person.count(" "), "O"]
                tags += ["B-LOC", *["I-LOC"] * place.count(" "), "O"]
                made.append(TaggedSentence(tuple(words), tuple(tags)))
    return made


@pytest.fixture(scope="module")
def trained():
    return learn(TaggingTask, prepare(TaggingTask, sentences()), steps=150)


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_each_word_has_its_label_on_its_first_piece_and_nowhere_else(kind):
    examples = sentences()
    tokenizer = TOKENIZERS[kind].train((" ".join(each.words) for each in examples), 300)
    labels = ["O", "B-LOC", "I-LOC", "B-PER", "I-PER"]
    for example, encoded in zip(
        examples,
        TaggingTask.encode_all(examples, InputFormat(tokenizer, labels, "encoder-only", 1000)),
        strict=True,
    ):
        token_ids = encoded.inputs["token_ids"]
        assert len(encoded.labels) == len(token_ids)
        assert (token_ids[0], token_ids[-1]) == (tokenizer.start_id, tokenizer.end_id)
        assert encoded.labels[0] == encoded.labels[-1] == IGNORED
        counted = [label for label in encoded.labels if label != IGNORED]
        assert [labels[label] for label in counted] == list(example.tags)
        first = [i for i, label in enumerate(encoded.labels) if label != IGNORED]
        pieces = [token_ids[i:j] for i, j in zip(first, [*first[1:], -1], strict=True)]
        # A glued "." was not learned as a word of its own everywhere; spaces do not matter here.
        assert [tokenizer.detokenize(piece).strip() for piece in pieces] == list(example.words)


def test_a_word_without_any_letter_still_has_its_label():
    tokenizer = TOKENIZERS["word"].train(["one two"], 100)
    example = TaggedSentence(("one", "\u00a0", "two"), ("B-X", "O", "B-X"))
    [encoded] = TaggingTask.encode_all(
        [example], InputFormat(tokenizer, ["O", "B-X"], "encoder-only", 9)
    )
    assert encoded.labels == [IGNORED, 1, 0, 1, IGNORED]


def test_every_kind_of_span_can_begin_and_go_on():
    one_word_kinds = [TaggedSentence((word, "x"), ("B-A", "O")) for word in "pqrstu"]
    assert prepare(TaggingTask, one_word_kinds).labels == ("O", "B-A", "I-A")


def test_tags_without_spans_are_judged_by_accuracy_alone():
    examples = [
        TaggedSentence((name, verb), ("NOUN", "VERB"))
        for name in ("Asha", "Bruno", "Dora")
        for verb in VERBS
    ]
    model = learn(TaggingTask, prepare(TaggingTask, examples), steps=60)
    assert TaggingTask.evaluate(model, examples) == {"accuracy": 1.0}
    assert tag(model, "Dora loves").tags == ["NOUN", "VERB"]
    assert tag(model, "Dora loves").entities == []


def test_one_tag_for_everything_is_refused():
    examples = [TaggedSentence((word,), ("O",)) for word in "pqrs"]
    with pytest.raises(InputError, match="All words have the tag 'O'"):
        prepare(TaggingTask, examples)


def test_an_unknown_tag_is_refused(trained):
    example = TaggedSentence(("Asha",), ("B-CAT",))
    with pytest.raises(InputError, match="There is no tag 'B-CAT'; there are O, B-LOC"):
        TaggingTask.encode_all(
            [example], InputFormat(trained.tokenizer, trained.labels, "encoder-only", 9)
        )


@given(st.lists(st.sampled_from(["O", "B-A", "I-A", "B-B", "I-B"]), max_size=23))
def test_spans_cover_every_tagged_word_once_and_nothing_else(tags):
    spans = spans_of(tags)
    covered = [index for span in spans for index in range(span.first, span.stop)]
    assert covered == [index for index, each in enumerate(tags) if each != "O"]
    for span in spans:
        assert {each[2:] for each in tags[span.first : span.stop]} == {span.label}
        assert all(each.startswith("I-") for each in tags[span.first + 1 : span.stop])


def test_spans_are_found_as_the_official_script_finds_them():
    assert spans_of(["I-A", "I-A", "B-A", "I-B", "O", "I-B"]) == [
        Span("A", 0, 2),
        Span("A", 2, 3),
        Span("B", 3, 4),
        Span("B", 5, 6),
    ]


def test_scores_count_only_spans_that_are_wholly_right():
    truths = [["B-A", "I-A", "O", "B-B"], ["B-A", "O"]]
    answers = [["B-A", "O", "O", "B-B"], ["B-A", "B-B"]]
    assert span_scores(answers, truths) == pytest.approx(
        {"precision": 2 / 4, "recall": 2 / 3, "f1": 4 / 7, "f1_A": 2 / 4, "f1_B": 2 / 3}
    )


def test_a_model_learns_to_tag(trained):
    scores = TaggingTask.evaluate(trained, sentences())
    assert set(scores) == {"accuracy", "precision", "recall", "f1", "f1_PER", "f1_LOC"}
    assert min(scores.values()) > 0.9
    assert set(TaggingTask.evaluate(trained, sentences(), limit=5)) == set(scores)


def test_entities_say_where_they_stand(trained):
    text = "  Chen Li visits  New Delhi."
    answer = tag(trained, text)
    assert answer.words == ["Chen", "Li", "visits", "New", "Delhi", "."]
    assert [(each.text, each.label) for each in answer.entities] == [
        ("Chen Li", "PER"),
        ("New Delhi", "LOC"),
    ]
    for entity in answer.entities:
        assert text[entity.start : entity.end] == entity.text
        assert 0 < entity.score <= 1
    assert answer.probabilities.shape == (6, len(trained.labels))
    np.testing.assert_allclose(answer.probabilities.sum(axis=-1), 1, atol=1e-5)


def test_words_and_their_text_get_the_same_tags(trained):
    words = ["Dora", "Maria", "Weiss", "leaves", "Lima"]
    answer = tag(trained, words)
    assert answer.text == "Dora Maria Weiss leaves Lima"
    assert answer.entities == tag(trained, answer.text).entities
    assert answer.entities[0].text == "Dora Maria Weiss"


def test_sentences_are_read_one_by_one(trained):
    first, second = "Emil loves Rome.", "Asha leaves Lima."
    for space in (" ", "\n"):
        together = tag(trained, first + space + second).probabilities
        alone = [tag(trained, each).probabilities for each in (first, second)]
        np.testing.assert_allclose(together, np.concatenate(alone), atol=1e-5)


def test_an_owner_is_a_word_without_its_ending(trained):
    answer = tag(trained, "Emil's dog loves Chen Li’s cat")
    assert answer.words == ["Emil", "'s", "dog", "loves", "Chen", "Li", "’s", "cat"]


def test_a_sentence_is_tagged_alike_alone_and_among_others(trained):
    words = [each.words for each in sentences()]
    together = tag_probabilities(trained, words)
    for alone, among_others in zip(words[::11], together[::11], strict=True):
        np.testing.assert_allclose(tag_probabilities(trained, [alone])[0], among_others, atol=1e-5)


def test_a_text_longer_than_the_context_is_tagged_in_parts(trained):
    answer = tag(trained, "Emil loves Rome . " * 19)
    assert len(answer.tags) == len(answer.probabilities) == 4 * 19
    assert [each.text for each in answer.entities[:2]] == ["Emil", "Rome"]


@pytest.mark.parametrize("nothing", ["", " \n ", []])
def test_nothing_to_tag_is_refused(trained, nothing):
    with pytest.raises(InputError, match="nothing to tag"):
        tag(trained, nothing)
