import gzip

import numpy as np
import pytest

from tfplay.errors import InputError
from tfplay.text import read_images


@pytest.mark.parametrize("white", [1, 16, 255])
@pytest.mark.parametrize("header", ["", "label,1x1,1x2,2x1,2x2\n"])
def test_the_largest_value_says_what_white_is(tmp_path, white, header):
    rows = f"7,0,{white},0,0\nseven,{white},{white},0,{white}\n"
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress((header + rows).encode()))
    first, second = read_images(tmp_path / "a.csv.gz")
    assert (first.label, second.label) == ("7", "seven")
    assert first.pixels.shape == (2, 2, 1)
    assert first.pixels.dtype == np.float32
    np.testing.assert_array_equal(first.pixels[:, :, 0], [[0, 1], [0, 0]])
    np.testing.assert_array_equal(second.pixels[:, :, 0], [[1, 1], [0, 1]])


def test_grey_stays_between_black_and_white(tmp_path):
    (tmp_path / "a.csv").write_text("0,4\n1,12\n")
    assert [image.pixels.item() for image in read_images(tmp_path / "a.csv")] == [0.25, 0.75]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("1,0,0,0\n", r"a\.csv, line 1 has 3 pixels after its label, which make no square"),
        ("1\n2\n", r"a\.csv, line 1 has 0 pixels"),
        ("1,0,0,0,0\n2,0,0,0\n", r"a\.csv, line 2 has 3 pixels .* but the first has 4"),
        ("1,0,0,0,0\n,0,0,0,0\n", r"a\.csv, line 2 has no label"),
        ("1,0,0,0,0\n2,0,x,0,0\n", r"a\.csv, line 2 has a pixel that is no number: 'x'"),
        ("1,0,0,0,0\n2,0,,0,0\n", r"a\.csv, line 2 has a pixel that is no number: ''"),
        ("1,0,0,0,0\n2,0,-5,0,0\n", r"a\.csv, line 2 has a pixel that is below 0"),
        ("1,0,0,0,0\n2,0,nan,0,0\n", r"a\.csv, line 2 has a pixel that is .* no finite number"),
        ("1,0,0,0,0\n2,0,257,0,0\n", r"a\.csv has a pixel of 257; 255 is the largest"),
        ("1,0\n1,1\n", r"a\.csv has only one label, '1'"),
        ("label,pixel1\n", r"a\.csv has no picture"),
        (",,,\n", r"a\.csv has no picture"),
        ("\n", r"a\.csv is empty"),
    ],
)
def test_a_file_that_will_not_do_gets_one_sentence(tmp_path, content, complaint):
    (tmp_path / "a.csv").write_text(content)
    with pytest.raises(InputError, match=complaint) as caught:
        read_images(tmp_path / "a.csv")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("header", [range(17), ["label", *(f"p{n}" for n in range(16))]])
def test_a_first_row_that_names_or_numbers_the_columns_is_no_picture(tmp_path, header):
    rows = [",".join(map(str, [label, *[0, 5, 10, 15] * 4])) for label in "73"]
    (tmp_path / "a.csv").write_text("\n".join([",".join(map(str, header)), *rows]))
    images = read_images(tmp_path / "a.csv")
    assert [image.label for image in images] == ["7", "3"]
    np.testing.assert_allclose(images[0].pixels[0, :, 0], np.array([0, 5, 10, 15]) / 16)


def test_only_csv_is_read(tmp_path):
    with pytest.raises(InputError, match=r"a\.png must end in \.csv"):
        read_images(tmp_path / "a.png")
