import numpy as np
import pytest
from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType
from gguf.quants import dequantize

from tfplay.checkpoints.sources.quantized import BLOCKS, dequantized


def blocks(name: str, count: int) -> np.ndarray:
    """Blocks of any bits whose scales are numbers: (count, num_bytes)."""
    random = np.random.default_rng(0)
    data = random.integers(0, 256, (count, BLOCKS[name].num_bytes), dtype="uint8")
    halves = random.normal(size=(count, 2)).astype("<f2").view("uint8")
    if name == "Q6_K":
        data[:, -2:] = halves[:, :2]
    else:
        data[:, :4] = halves
    return data


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_are_of_the_size_that_the_format_says(name):
    expected = GGML_QUANT_SIZES[GGMLQuantizationType[name]]
    assert (BLOCKS[name].numbers, BLOCKS[name].num_bytes) == expected


@pytest.mark.parametrize("name", BLOCKS)
def test_numbers_are_exactly_those_of_the_format_s_own_library(name):
    data = blocks(name, 20_001)
    shape = (3, 6667 * BLOCKS[name].numbers)
    read = dequantized(data.ravel(), BLOCKS[name], shape)
    expected = dequantize(data, GGMLQuantizationType[name]).reshape(shape)
    assert read.dtype == "float32"
    assert np.abs(read).max() > 1
    np.testing.assert_array_equal(read, expected)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_scale_that_is_no_number_gives_no_numbers_and_no_warning(name):
    data = np.full((2, BLOCKS[name].num_bytes), 255, "uint8")
    assert np.isnan(dequantized(data.ravel(), BLOCKS[name], (2 * BLOCKS[name].numbers,))).all()
