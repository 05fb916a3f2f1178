from collections import Counter

import pytest

from tfplay.text.corpora.songs import SONGS, VERSES

MANY = 2000


@pytest.fixture(scope="module")
def training():
    return SONGS.examples("training", MANY, seed=1)


def test_the_same_arguments_give_the_same_songs_all_of_them_different(training):
    assert len(set(training)) == MANY
    assert SONGS.examples("training", MANY, seed=1) == training
    assert SONGS.examples("training", MANY, seed=2) != training


def test_no_held_out_song_is_in_training_and_none_has_other_words(training):
    held_out = SONGS.examples("held-out", MANY // 8, seed=1)
    assert not set(held_out) & set(training)
    assert set(" ".join(held_out).split()) <= set(" ".join(training).split())


def test_a_refrain_of_two_lines_comes_after_every_verse(training):
    for song in training:
        lines = song.split(" / ")
        refrain = lines[-2:]
        assert sum(lines[i : i + 2] == refrain for i in range(len(lines))) >= VERSES


def test_many_a_line_is_sung_twice_and_no_word_twice_in_a_line(training):
    echoes = 0
    for song in training:
        lines = song.split(" / ")
        echoes += sum(line == after for line, after in zip(lines, lines[1:], strict=False))
        for line in lines:
            assert max(Counter(line.split()).values()) == 1
    assert echoes > MANY
