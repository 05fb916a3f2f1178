import pytest

from tfplay.app.understand.notes import unknown_parts
from tfplay.text import TOKENIZERS

LINES = ["The cat sat."] * 9


@pytest.mark.parametrize(
    ("kind", "unknown"),
    [("word", ["<b>dog</b>", "😀"]), ("byte-pair", ["😀"])],
)
def test_what_a_model_never_learned_is_found(kind, unknown):
    tokenizer = TOKENIZERS[kind].train(LINES, 300)
    found = unknown_parts(tokenizer, "The <b>dog</b> sat. 😀")
    assert set("".join(found)) == set("".join(unknown))
    assert unknown_parts(tokenizer, LINES[0]) == []
