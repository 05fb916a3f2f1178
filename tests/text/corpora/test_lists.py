"""Word lists: what a broken one says, and that listing the corpora reads none."""

import random
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tfplay.errors import InputError
from tfplay.text.corpora import CORPORA, lists
from tfplay.text.corpora.entities.names import draw_name
from tfplay.text.corpora.lists import Lists, read_lists
from tfplay.text.corpora.slots import fill, words_of

FOLDER = Path(lists.__file__).parent
ROOT = FOLDER.parents[2]
LISTS = Lists(
    "pets/words.toml",
    tomllib.loads(
        """
word = "cat"
words = ["cat", "dog"]
empty = []
mixed = ["cat", 3]
blank = ["cat", " "]
twice = ["cat", "dog", "cat"]
nothing = ""
numbers = [1, 2]
rows = [["cat", "meows"], ["dog"]]
blank_rows = [["cat", "meows"], ["fish", ""]]
same_rows = [["cat", "meows"], ["cat", "meows"]]
[pairs]
cat = "बिल्ली"
dog = ["कुत्ता"]
[sounds]
slots = ["pet", "sound"]
rows = [["cat", "meows"]]
"""
    ),
)


def test_lists_texts_and_tables_come_as_they_stand_in_the_file():
    assert LISTS.words("words") == ("cat", "dog")
    assert LISTS.text("word") == "cat"
    assert LISTS.rows("rows") == (("cat", "meows"), ("dog",))
    assert LISTS.numbers("numbers") == (1, 2)
    assert LISTS.table("pairs").text("cat") == "बिल्ली"
    assert LISTS.table("sounds").filled_slots() == [{"pet": "cat", "sound": "meows"}]
    assert LISTS.weighted("twice") == ("cat", "dog", "cat")
    assert LISTS.rows("blank_rows", may_end_empty=True)[1] == ("fish", "")
    assert "words" in LISTS
    assert "birds" not in LISTS


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (lambda: LISTS.words("birds"), "pets/words.toml: birds is missing."),
        (lambda: LISTS.words("empty"), "pets/words.toml: empty must not be empty."),
        (lambda: LISTS.words("word"), "pets/words.toml: word must be a list in square brackets."),
        (lambda: LISTS.words("mixed"), "mixed must hold words in quotation marks only, not 3."),
        (
            lambda: LISTS.words("blank"),
            "pets/words.toml: blank has an empty word, ' ', as number 2.",
        ),
        (lambda: LISTS.words("twice"), "pets/words.toml: twice has 'cat' twice."),
        (lambda: LISTS.text("nothing"), "pets/words.toml: nothing has an empty word, '', as"),
        (lambda: LISTS.rows("blank_rows"), "blank_rows[2] has an empty word, '', as number 2."),
        (lambda: LISTS.rows("same_rows"), "same_rows has ['cat', 'meows'] twice."),
        (lambda: LISTS.numbers("words"), "words must hold whole numbers only."),
        (lambda: LISTS.rows("rows", 2), "rows[2] has 1 entries, but 2 are needed."),
        (lambda: LISTS.rows("words"), "words[1] must be a list in square brackets."),
        (lambda: LISTS.table("words"), "words must be a table with at least one entry."),
        (lambda: LISTS.table("pairs").texts(), "pets/words.toml: pairs: dog must hold words"),
    ],
)
def test_a_broken_list_is_named_with_its_file_and_what_is_wrong(broken, told):
    with pytest.raises(InputError) as error:
        broken()
    assert told in str(error.value)


def test_a_list_that_nobody_asks_for_is_named():
    pets = Lists("pets.toml", tomllib.loads('cats = ["Tom"]\n[dogs]\nsmall = ["Rex"]\nlage = []'))
    pets.words("cats")
    with pytest.raises(InputError, match=r"corpora/pets\.toml: dogs is used nowhere\."):
        pets.require_all_used()
    pets.table("dogs").words("small")
    with pytest.raises(InputError, match=r"corpora/pets\.toml: dogs: lage is used nowhere\."):
        pets.require_all_used()


def test_every_list_of_a_grammar_is_used():
    for corpus in CORPORA.values():
        corpus.examples("training", 1, seed=0)
    for path in FOLDER.rglob("*.toml"):
        read_lists(path.relative_to(FOLDER).as_posix()).require_all_used()


def test_a_file_that_is_no_toml_is_named_with_the_line(tmp_path, monkeypatch):
    (tmp_path / "pets.toml").write_text('cats = ["Tom"\ndogs = ["Rex"]\n')
    monkeypatch.setattr(lists, "_CORPORA", tmp_path)
    with pytest.raises(InputError, match=r"pets\.toml is not correct TOML: .*line 2"):
        read_lists("pets.toml")


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.toml")), ids=lambda file: file.name)
def test_every_file_of_word_lists_begins_by_telling_what_it_is(file):
    first_line = file.read_text(encoding="utf-8").split("\n")[0]
    assert first_line.startswith("# ")
    assert first_line.endswith((".", ":"))


def test_listing_the_corpora_reads_no_word_lists():
    code = (
        "from tfplay.text.corpora import CORPORA\n"
        "from tfplay.text.corpora.lists import read_lists\n"
        "print(len(CORPORA), read_lists.cache_info().misses)"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert output.split()[0] != "0"
    assert output.split()[1] == "0"


@pytest.mark.parametrize(
    "begin",
    [
        lambda: fill("The {cat} sleeps.", {"dog": "Rex"}),
        lambda: draw_name("RIVER", random.Random(0)),
        lambda: words_of("nonsense", {"dog": ("Rex",)}, "{nonsense}"),
    ],
)
def test_a_slot_that_stands_for_nothing_is_told_with_those_there_are(begin):
    with pytest.raises(InputError, match=r"has the slot \{\w+\}; it may have \w+"):
        begin()


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path, monkeypatch):
    (tmp_path / "pets.toml").write_bytes(b'\xef\xbb\xbfwords = ["cat"]')
    monkeypatch.setattr(lists, "_CORPORA", tmp_path)
    assert read_lists("pets.toml").words("words") == ("cat",)
    with pytest.raises(InputError, match=r"dogs.toml cannot be read"):
        read_lists("dogs.toml")
