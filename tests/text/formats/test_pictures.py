"""Picture files as the pixels that a model reads."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tfplay.errors import InputError
from tfplay.text import read_picture_file


def png(pixels: np.ndarray) -> bytes:
    data = BytesIO()
    Image.fromarray(pixels).save(data, "PNG")
    return data.getvalue()


def test_a_picture_keeps_its_colours_and_is_resized():
    pixels = np.zeros((6, 10, 3), "uint8")
    pixels[..., 0] = 255
    red = read_picture_file("red.png", png(pixels), 4, 3)
    assert red.shape == (4, 4, 3)
    np.testing.assert_array_equal(red, np.broadcast_to([1, 0, 0], (4, 4, 3)))


def test_a_model_that_reads_grey_is_given_grey():
    assert read_picture_file("white.png", png(np.full((3, 3, 3), 255, "uint8")), 5, 1).min() == 1


@pytest.mark.parametrize(
    ("data", "channels", "reason"),
    [
        (b"no picture", 3, "'x.png' is no PNG or JPEG picture, or is damaged"),
        (png(np.zeros((3, 3), "uint8"))[:40], 3, "'x.png' is no PNG or JPEG picture"),
        (png(np.zeros((3, 3), "uint8")), 2, "reads 2 channels; pictures have 1, 3 or 4"),
    ],
)
def test_what_is_no_picture_is_told(data, channels, reason):
    with pytest.raises(InputError, match=reason):
        read_picture_file("x.png", data, 5, channels)
