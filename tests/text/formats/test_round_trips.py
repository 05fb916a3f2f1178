"""What a writer writes, its reader gives back."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfplay.errors import InputError
from tfplay.text import (
    LabelledImage,
    LabelledText,
    Pair,
    Question,
    TaggedSentence,
    read_conll,
    read_conversations,
    read_images,
    read_labelled,
    read_lines,
    read_pairs,
    read_questions,
    to_iob2,
    write_conll,
    write_conversations,
    write_images,
    write_labelled,
    write_lines,
    write_pairs,
    write_questions,
)
from tfplay.text.words import normalize

WORDS = st.text(alphabet="ab\"',;|é\u0301हिि#0{}\\-👩\u200d", min_size=1, max_size=7).map(normalize)
SENTENCES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join).map(normalize)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=3).map("\n\t".join).map(normalize)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("written")


@given(texts=st.lists(SENTENCES, min_size=1))
def test_lines(folder, texts):
    write_lines(folder / "a.txt", texts)
    assert read_lines(folder / "a.txt") == texts


HEADERS = st.sampled_from(["source", "target", "en", "hi", "text", "label"])


@given(
    pairs=st.lists(st.builds(Pair, SENTENCES | HEADERS, SENTENCES | HEADERS), min_size=1),
)
def test_pairs(folder, pairs):
    write_pairs(folder / "a.tsv", pairs)
    assert read_pairs(folder / "a.tsv") == pairs


@given(examples=st.lists(st.builds(LabelledText, TEXTS | HEADERS, SENTENCES | HEADERS), min_size=1))
def test_labelled_texts(folder, examples):
    examples = [*examples, LabelledText("a", "yes"), LabelledText("b", "no")]
    write_labelled(folder / "a.csv", examples)
    assert read_labelled(folder / "a.csv") == examples


@st.composite
def tagged_sentences(draw) -> TaggedSentence:
    words = draw(st.lists(WORDS, min_size=1, max_size=7))
    tags = [draw(st.sampled_from(["O", "B-A", "I-A", "I-B-b"])) for _ in words]
    return TaggedSentence(tuple(words), to_iob2(tags))


@given(sentences=st.lists(tagged_sentences()))
def test_tagged_sentences(folder, sentences):
    sentences = [*sentences, TaggedSentence(("Rome",), ("B-LOC",))]
    write_conll(folder / "a.conll", sentences)
    assert read_conll(folder / "a.conll") == sentences


@st.composite
def questions(draw) -> Question:
    before, answer, after = draw(TEXTS), draw(SENTENCES), draw(TEXTS)
    context = f"{before} {answer} {after}"
    return Question(context, draw(SENTENCES), answer, len(before) + 1)


@given(asked=st.lists(questions(), min_size=1))
def test_questions(folder, asked):
    write_questions(folder / "a.jsonl", asked)
    assert read_questions(folder / "a.jsonl") == asked


@given(
    system=st.none() | TEXTS,
    turns=st.lists(st.tuples(TEXTS, TEXTS), min_size=1),
    last=st.none() | TEXTS,
)
def test_conversations(folder, system, turns, last):
    messages = [{"role": "system", "content": system}] if system else []
    for question, reply in turns:
        messages.append({"role": "user", "content": question})
        messages.append({"role": "assistant", "content": reply})
    if last:
        messages.append({"role": "user", "content": last})
    write_conversations(folder / "a.jsonl", [messages, messages[-2:] if not last else messages])
    assert read_conversations(folder / "a.jsonl")[0] == messages


@given(
    pixels=st.lists(
        st.lists(st.floats(0, 1, width=32), min_size=9, max_size=9), min_size=2, max_size=5
    )
)
def test_images(folder, pixels):
    images = [
        LabelledImage(np.array(values, np.float32).reshape(3, 3, 1), f"label {number}")
        for number, values in enumerate(pixels)
    ]
    write_images(folder / "a.csv", images)
    for image, again in zip(images, read_images(folder / "a.csv"), strict=True):
        np.testing.assert_array_equal(image.pixels, again.pixels)
        assert (image.label, again.pixels.dtype) == (again.label, np.float32)


@pytest.mark.parametrize(
    ("write", "ending"),
    [
        (write_lines, ".txt"),
        (write_pairs, ".tsv"),
        (write_labelled, ".csv"),
        (write_conll, ".conll"),
        (write_questions, ".jsonl"),
        (write_conversations, ".jsonl"),
        (write_images, ".csv"),
    ],
)
def test_a_writer_writes_one_format_only(tmp_path, write, ending):
    with pytest.raises(InputError, match=rf"a\.pdf must end in {ending}"):
        write(tmp_path / "a.pdf", [])
    assert list(tmp_path.iterdir()) == []


def test_examples_that_fail_halfway_leave_no_file(tmp_path):
    def failing():
        yield Pair("Wow!", "वाह!")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_pairs(tmp_path / "a.tsv", failing())
    assert list(tmp_path.iterdir()) == []
