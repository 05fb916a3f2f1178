import re

import pytest

from tfplay.text import (
    Pair,
    read_conll,
    read_labelled,
    read_lines,
    read_pairs,
    read_questions,
    read_text,
)
from tfplay.text.published import PUBLISHED, find

READERS = {
    "language-model": read_text,
    "masked-words": read_lines,
    "classification": read_labelled,
    "tagging": read_conll,
    "answers": read_questions,
    "translation": read_pairs,
}
MIRRORED = {
    ("tatoeba-english-hindi", "training"): 3_117,
    ("multi30k-english-german", "training"): 29_000,
    ("multi30k-english-german", "validation"): 1_014,
    ("multi30k-english-german", "test"): 1_000,
    ("multi30k-english-french", "training"): 29_000,
    ("multi30k-english-french", "validation"): 1_014,
    ("multi30k-english-french", "test"): 1_000,
    ("tiny-shakespeare", "training"): 1_115_394,
    ("botchan", "training"): 274_488,
    ("names", "training"): 228_146,
    ("wikitext-2", "validation"): 1_841,
    ("wikitext-2", "test"): 2_185,
    ("rt-polarity", "training"): 10_662,
    ("wikigold", "training"): 1_696,
}


@pytest.mark.parametrize(("name", "part"), MIRRORED)
def test_what_the_mirror_has_is_read_by_its_task(shared_data, tmp_path, monkeypatch, name, part):
    monkeypatch.setenv("TFPLAY_DATA", str(shared_data))
    path = find(name, tmp_path, part)
    assert len(READERS[PUBLISHED[name].task](path)) == MIRRORED[name, part]
    assert [folder.name for folder in tmp_path.iterdir()] == [name]


def test_sentences_of_multi30k_stand_beside_their_translations(shared_data, tmp_path, monkeypatch):
    monkeypatch.setenv("TFPLAY_DATA", str(shared_data))
    [first, *_] = read_pairs(find("multi30k-english-german", tmp_path, "test"))
    assert first == Pair(
        "A man in an orange hat starring at something.",
        "Ein Mann mit einem orangefarbenen Hut, der etwas anstarrt.",
    )


def test_half_of_rt_polarity_is_positive(shared_data, tmp_path, monkeypatch):
    monkeypatch.setenv("TFPLAY_DATA", str(shared_data))
    labels = [example.label for example in read_labelled(find("rt-polarity", tmp_path))]
    assert labels.count("positive") == labels.count("negative") == 5_331


@pytest.mark.parametrize("corpus", PUBLISHED.values(), ids=PUBLISHED)
def test_every_corpus_says_what_a_visitor_must_know_before_fetching(corpus):
    assert corpus.task in READERS
    assert corpus.licence and corpus.title and corpus.explanation.endswith(".")
    assert corpus.num_bytes == sum(source.num_bytes for source in corpus.sources) > 0
    assert corpus.page.startswith("https://") and corpus.licence_url.startswith("https://")
    for source in corpus.sources:
        assert source.url.startswith("https://")
        assert re.fullmatch("[0-9a-f]{64}", source.sha256)


def test_what_comes_from_github_is_pinned_to_a_commit():
    sources = [source for corpus in PUBLISHED.values() for source in corpus.sources]
    for source in sources:
        if "githubusercontent" in source.url:
            assert re.search("/[0-9a-f]{40}/", source.url)
