import pytest

from tfplay.errors import InputError
from tfplay.text import longest_text, require_length


def test_a_context_of_256_tokens_needs_no_more_than_16_384_characters():
    assert longest_text(256) == 16_384


def test_a_text_that_is_too_long_is_told_both_lengths():
    require_length("x" * 7, 7)
    with pytest.raises(InputError, match="The prompt has 1,008 characters; the most is 1,007"):
        require_length("x" * 1_008, 1_007, "The prompt")
