"""Every number on every Learn page is that of a forward pass written independently, in NumPy.

What is compared is what the browser gets: the charts' and the components' numbers, tables, texts.
"""

import pytest

from tests.pages.numbers import attention, block, embeddings, layers, start, tokens
from tests.pages.numbers.lesson import Lesson, Numbers
from tests.pages.shown import assert_same
from tfplay.app.attention import VIEWS as HEADS
from tfplay.app.embeddings import VIEWS as EMBEDDINGS
from tfplay.app.frame import navigation as pages
from tfplay.app.layers import VIEWS as LAYERS
from tfplay.app.tokens import VIEWS as TOKENS

SINGER = "learning", "moon river bell fox owl moon river bell"
WRITER = "text", "One morning Mira saw a dog. The dog saw Mira."
TRANSLATOR = "translator", "We are friends.", "हम दोस्त हैं।"

WITH_VIEWS = [
    (pages.TOKENS, TOKENS, tokens.NUMBERS, WRITER),
    (pages.EMBEDDINGS, EMBEDDINGS, embeddings.NUMBERS, WRITER),
    (pages.ATTENTION, HEADS, attention.NUMBERS, SINGER),
    (pages.ATTENTION, HEADS, attention.NUMBERS, TRANSLATOR),
    (pages.LAYERS, LAYERS, layers.NUMBERS, SINGER),
    (pages.LAYERS, list(LAYERS)[:-1], layers.NUMBERS, TRANSLATOR),  # probes take it too long
]


def assert_all_same(numbers: Numbers, where: str) -> None:
    compared = [assert_same(f"{where}, {name}", *both) for name, *both in numbers]
    assert compared, where


@pytest.mark.parametrize(
    ("page", "views", "numbers", "sentence"),
    [pytest.param(*each, id=f"{each[0]} {each[-1][0]}") for each in WITH_VIEWS],
)
def test_every_view_shows_the_numbers_of_the_plain_forward_pass(page, views, numbers, sentence):
    lesson = Lesson(*sentence)
    lesson.open(page)
    for view in views:
        lesson.choose(f"view {next(iter(views))}", view)
        assert_all_same(numbers[view](lesson), view)


@pytest.mark.parametrize("sentence", [SINGER, TRANSLATOR], ids=lambda each: each[0])
def test_inside_a_block_every_matrix_is_that_of_the_plain_forward_pass(sentence):
    lesson = Lesson(*sentence)
    lesson.open(pages.BLOCK)
    for numbers in block.NUMBERS:
        assert_all_same(numbers(lesson), numbers.__name__)


@pytest.mark.parametrize("sentence", [WRITER, TRANSLATOR], ids=lambda each: each[0])
def test_the_way_on_the_start_page_is_drawn_from_the_plain_forward_pass(sentence):
    lesson = Lesson(*sentence)
    both = lesson.memory is not None
    lesson.open(pages.START, architecture="encoder-decoder" if both else "decoder-only")
    assert_all_same(start.way(lesson), "way")
