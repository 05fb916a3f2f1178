"""The vocabularies of two published models: the ids that other libraries give.

`tests/checkpoints/golden/make_words.py` asked them.
"""

import json
from pathlib import Path

import pytest

from tests.checkpoints.words.lines import TALK, lines
from tfplay.checkpoints.sources.opening import open_source
from tfplay.checkpoints.words import encode_conversation, read_words

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/words.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["bert-tiny", "smollm2"])
def test_ids_are_the_other_librarys_on_two_hundred_lines(published, name: str):
    tokenizer = read_words(_source(published(name)))
    assert tokenizer.tokenize_batch(lines()) == GOLDEN[name]["lines"]


def test_a_conversation_has_the_ids_that_llama_cpp_gives_it(published):
    tokenizer = read_words(_source(published("smollm2")))
    assert encode_conversation(tokenizer, TALK).token_ids == GOLDEN["smollm2"]["conversation"]


def test_sentences_are_given_back(published):
    tokenizer = read_words(_source(published("smollm2")))
    ids = tokenizer.tokenize_batch(lines())
    assert [tokenizer.detokenize(each) for each in ids] == lines()


def _source(folder: Path):
    """A folder's source, or that of the GGUF file in it."""
    return open_source(next(folder.glob("*.gguf"), folder))
