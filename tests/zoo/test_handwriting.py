"""Digits as people draw them, and what the pad makes of a drawing."""

import numpy as np
import pytest

from tfplay.tasks.images.frame import Frame, frame_of
from tfplay.text.corpora import CORPORA
from tfplay.zoo.handwriting import DRAWN, HANDWRITING
from tfplay.zoo.handwriting.hands import ten_hands
from tfplay.zoo.handwriting.pad import drawn

SIZE = 11


def written(digit="4", hand=0):
    return ten_hands()[hand].write(digit, np.random.default_rng(0))


def extent(picture):
    """Rows and columns that have ink."""
    return [np.flatnonzero((picture > 0).any(axis=axis)) for axis in (1, 0)]


@pytest.mark.parametrize("digit", "0123456789")
def test_a_drawing_is_the_same_picture_wherever_and_however_large_it_is_drawn(digit):
    strokes = written(digit)
    elsewhere = [stroke * 0.3 + (17.0, -5.0) for stroke in strokes]
    assert drawn(elsewhere, SIZE) == pytest.approx(drawn(strokes, SIZE), abs=0.13)


@pytest.mark.parametrize("frame", [Frame(1.0, 0.75), Frame(0.7, 0.7)])
def test_a_drawing_fills_the_height_of_the_frame_and_stands_in_the_middle(frame):
    rows, columns = extent(drawn(written("3"), 40, frame))
    assert len(rows) == pytest.approx(40 * frame.height, abs=2)
    assert len(columns) <= 40 * frame.width + 1
    for places in (rows, columns):
        assert (places[0] + places[-1]) / 2 == pytest.approx(19.5, abs=1)


def test_a_wide_drawing_is_squeezed_and_a_lying_line_stays_a_line():
    rows, columns = extent(drawn([np.array([[0.0, 0.5], [9.0, 0.5]])], 40))
    assert len(columns) == pytest.approx(30, abs=1)
    assert len(rows) < 10


def test_a_dot_is_drawn():
    picture = drawn([np.array([[0.5, 0.5]] * 2)], SIZE)
    assert picture.max() > 0
    assert (picture[:3] == 0).all()


def test_a_thicker_pen_leaves_more_ink():
    strokes = written("8")
    thin, thick = (drawn(strokes, SIZE, thickness=each).sum() for each in (0.7, 1.3))
    assert thick > 1.3 * thin


def test_every_hand_writes_every_digit_in_its_own_way():
    pictures = [
        drawn(hand.write(str(digit), np.random.default_rng(0)), SIZE)
        for hand in ten_hands()
        for digit in range(10)
    ]
    assert len({picture.tobytes() for picture in pictures}) == 100


def test_the_parts_are_always_the_same_and_of_one_size():
    for part in HANDWRITING.parts:
        examples = HANDWRITING.examples(part, 30, seed=2)
        again = HANDWRITING.examples(part, 30, seed=2)
        for one, other in zip(examples, again, strict=True):
            assert one.label == other.label
            assert one.pixels.shape == (8, 8, 1)
            assert one.pixels.dtype == "float32"
            assert one.pixels.min() >= 0
            assert one.pixels.max() <= 1
            assert np.array_equal(one.pixels, other.pixels)


def test_what_is_drawn_has_about_as_much_ink_as_what_was_learned_from():
    ink = [
        np.mean([each.pixels.sum() for each in HANDWRITING.examples(part, 200, 0)])
        for part in (DRAWN, "held-out")
    ]
    assert ink[0] == pytest.approx(ink[1], rel=0.15)


def test_the_frame_of_pictures_is_measured():
    picture = np.zeros((10, 10, 1))
    picture[2:9, 3:7] = 1.0
    assert frame_of([picture] * 3) == Frame(0.7, 0.4)
    assert frame_of([np.zeros((10, 10, 1))]) == Frame()
    digits = CORPORA["digits"].examples("held-out", 300, 0)
    assert frame_of(each.pixels for each in digits) == Frame()
