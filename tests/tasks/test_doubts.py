import pytest

from tfplay.tasks import TASKS, doubts_about
from tfplay.text import LabelledText, Pair


def labelled(num_labels: int, count: int = 500, text: str = "a film {}", label: str = "class {}"):
    return [LabelledText(text.format(n), label.format(n % num_labels)) for n in range(count)]


@pytest.mark.parametrize(
    ("examples", "doubt"),
    [
        (labelled(2, count=23), "23 texts are few"),
        (labelled(97), "97 different labels"),
        (labelled(2) + [LabelledText("a", "rare")], "1 of 3 labels have fewer than 10 examples"),
        (labelled(13, label="{}"), "All 13 labels are numbers"),
        (labelled(2, text="{}.5"), "All texts are numbers"),
    ],
)
def test_texts_and_labels_that_are_hardly_classes_are_doubted(examples, doubt):
    told = doubts_about("classification", "text", examples)
    assert len(told) == 1
    assert doubt in told[0]


def test_enough_texts_of_few_classes_are_not_doubted():
    assert doubts_about("classification", "text", labelled(7)) == []
    assert doubts_about("classification", "text", labelled(5, label="{}")) == []  # stars


@pytest.mark.parametrize(
    ("task", "examples", "doubt"),
    [
        ("translation", [Pair("Yes.", "हाँ।")] * 450, "450 pairs are few"),
        ("language-model", "a short text", "12 characters are few"),
    ],
)
def test_little_data_is_doubted(task, examples, doubt):
    [told] = doubts_about(task, TASKS[task].about.unit, examples)
    assert doubt in told
