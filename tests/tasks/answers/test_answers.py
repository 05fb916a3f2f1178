from itertools import cycle

import numpy as np
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from tests.tasks.small_models import learn, prepare
from tfplay.errors import InputError
from tfplay.tasks.answers.answer import PassageReader, answer, answer_all
from tfplay.tasks.answers.task import AnswersTask, normalize_answer
from tfplay.tasks.trained_model import InputFormat
from tfplay.text import TOKENIZERS, Question

NAMES = ("Asha", "Bruno", "Chen", "Dora", "Emil", "Fatima", "Goran")
PLACES = ("Rome", "Lima", "New Delhi", "Oslo", "Cairo")
PETS = ("dog", "cat", "parrot")


def questions():
    """Of a short story: where does someone live, and what does she have?"""
    made, openings = [], cycle(("", "It is late. ", "It is late. " * 2))
    for name in NAMES:
        for place in PLACES:
            for pet in PETS:
                context = f"{next(openings)}{name} lives in {place}. She has a {pet}."
                where, what = f"Where does {name} live?", f"What does {name} have?"
                made.append(Question(context, where, place, context.index(place)))
                made.append(Question(context, what, pet, context.index(pet)))
    return made


@pytest.fixture(scope="module")
def trained():
    data = prepare(AnswersTask, questions())
    return learn(AnswersTask, data, steps=200, num_segments=3)


@pytest.mark.parametrize("kind", TOKENIZERS)
@pytest.mark.parametrize("context", [1000, 48, 37])
def test_the_labelled_tokens_spell_the_answer(kind, context):
    filler = "Nothing of note ever happens here. " * 7
    examples = [
        each._replace(context=filler + each.context, start=len(filler) + each.start)
        for each in questions()[:13]
    ]
    tokenizer = TOKENIZERS[kind].train((each.context for each in examples), 300)
    for example, encoded in zip(
        examples,
        AnswersTask.encode_all(examples, InputFormat(tokenizer, (), "encoder-only", context)),
        strict=True,
    ):
        token_ids, segments = encoded.inputs["token_ids"], encoded.inputs["segment_ids"]
        first, last = encoded.labels
        spelled = tokenizer.detokenize(token_ids[first : last + 1])
        assert spelled.strip() == example.answer
        assert set(segments[first : last + 1]) <= {1, 2}
        assert len(token_ids) == len(segments) <= context
        question_ids = tokenizer.tokenize(example.question)[: (context - 3) // 2]
        question = [tokenizer.start_id, *question_ids, tokenizer.end_id]
        assert token_ids[: len(question)] == question
        for token_id, segment in zip(
            token_ids[len(question) :], segments[len(question) :], strict=True
        ):
            assert segment == (2 if token_id in question_ids else 1)


def test_an_answer_that_fits_no_window_is_left_out():
    long = "x " * 40
    examples = [*questions(), Question(long, "What?", long.strip(), 0)]
    assert prepare(AnswersTask, examples, validation_fraction=0).num_too_long == 1


def test_no_passage_is_trained_on_and_judged_by():
    data = prepare(AnswersTask, questions())
    trained_on = {each.context for each in data.training}
    assert trained_on.isdisjoint(each.context for each in data.validation)


@given(num_tokens=st.integers(1, 97), question=st.integers(0, 29))
def test_windows_cover_the_passage_and_overlap(num_tokens, question):
    tokenizer = TOKENIZERS["word"].train(["x"], 100)
    windows = PassageReader(tokenizer, 31, []).windows([7] * question, [None] * num_tokens)
    assert {token for window in windows for token in window} == set(range(num_tokens))
    room = max(1, 31 - 3 - question)
    assert all(len(window) <= room for window in windows)
    if room > 1:
        assert all(a.stop > b.start for a, b in zip(windows, windows[1:], strict=False))


def test_a_model_learns_to_answer(trained):
    scores = AnswersTask.evaluate(trained, questions())
    assert set(scores) == {"exact_match", "f1"}
    assert 0.9 < scores["exact_match"] <= scores["f1"] <= 1
    assert set(AnswersTask.evaluate(trained, questions(), limit=3)) == set(scores)


def test_an_answer_says_where_it_stands_and_how_likely_it_is(trained):
    context = "Dora lives in New Delhi. She has a cat."
    answered = answer(trained, "Where does Dora live?", context)
    assert answered.text == context[answered.start : answered.end] == "New Delhi"
    assert [context[each.start : each.end] for each in answered.tokens][:2] == ["Dora", "lives"]
    for probabilities in (answered.start_probabilities, answered.end_probabilities):
        assert probabilities.shape == (len(answered.tokens),)
        assert probabilities.sum() == pytest.approx(1, abs=1e-5)
    first, last = answered.start_probabilities.argmax(), answered.end_probabilities.argmax()
    assert (answered.tokens[first].token, answered.tokens[last].token) == ("New", "Delhi")
    assert answered.probability == pytest.approx(
        answered.start_probabilities[first] * answered.end_probabilities[last]
    )


@given(st.text(alphabet="abc .\n", max_size=200).filter(str.strip))
def test_every_answer_stands_in_its_passage(trained, context):
    answered = answer(trained, "Where does Asha live?", context)
    assert context[answered.start : answered.end] == answered.text


@pytest.mark.parametrize(
    "opening",
    ["", "Cafe\u0301 cre\u0300me. ", "😀 👩‍💻 🇮🇳. ", "\u1112\u1161\u11ab.\r\n", "\u0958ि ﬁ "],
)
def test_offsets_count_in_the_passage_as_it_is_typed(trained, opening):
    context = f"{opening}Dora lives in Oslo. She has a cat."
    answered = answer(trained, "Where does Dora live?", context)
    assert answered.text == context[answered.start : answered.end]
    spelled = [context[piece.start : piece.end] for piece in answered.tokens]
    assert spelled[-10:] == ["Dora", "lives", "in", "Oslo", ".", "She", "has", "a", "cat", "."]


@given(st.text(alphabet="aé\u0301 \u0958\u093c\u200d👩💻\r\n.ก我", max_size=40).filter(str.strip))
def test_no_answer_cuts_a_letter(trained, context):
    answered = answer(trained, "Where does Asha live?", context)
    letters = [match.span() for match in regex.finditer(r"\X", context)]
    assert context[answered.start : answered.end] == answered.text
    assert answered.start in [start for start, _ in letters]
    assert answered.end in [end for _, end in letters]


def test_an_answer_in_a_decomposed_passage_is_learned_where_it_stands():
    context = "Cafe\u0301 cre\u0300me. Tom has a dog."
    example = Question(context, "Who has a dog?", "Tom", context.index("Tom"))
    tokenizer = TOKENIZERS["character"].train([context], 300)
    [encoded] = AnswersTask.encode_all([example], InputFormat(tokenizer, (), "encoder-only", 100))
    first, last = encoded.labels
    assert tokenizer.detokenize(encoded.inputs["token_ids"][first : last + 1]) == "Tom"


def test_a_passage_longer_than_the_context_is_read_to_its_end(trained):
    filler = "It is late. " * 11
    answered = answer(trained, "Where does Emil live?", f"{filler}Emil lives in Oslo. {filler}")
    assert len(answered.tokens) > trained.context
    assert answered.text == "Oslo"


def test_a_question_is_answered_alike_alone_and_among_others(trained):
    pairs = [(each.question, each.context) for each in questions()]
    together = answer_all(trained, pairs)
    for pair, among_others in zip(pairs[::23], together[::23], strict=True):
        alone = answer(trained, *pair)
        assert alone.text == among_others.text
        np.testing.assert_allclose(
            alone.start_probabilities, among_others.start_probabilities, atol=1e-5
        )


@pytest.mark.parametrize(("question", "context"), [(" ", "Asha lives."), ("Who?", "\n")])
def test_an_empty_question_or_passage_is_refused(trained, question, context):
    with pytest.raises(InputError, match="empty"):
        answer(trained, question, context)


@pytest.mark.parametrize(
    ("answer", "normalized"),
    [("The  Eiffel Tower.", "eiffel tower"), ("a theatre", "theatre"), ("An", ""), ("U.S.", "us")],
)
def test_answers_are_compared_as_the_official_script_does(answer, normalized):
    assert normalize_answer(answer) == normalized
