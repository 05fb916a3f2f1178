"""kill -9 during writes, and a full disk, twenty times each: what was noted is there."""

import sqlite3
import subprocess
import sys
import time

import pytest

from tests.store.full_disk import largest_file
from tfplay import classroom
from tfplay.errors import InputError
from tfplay.store.digest import digest

TIMES = 20
TEACHER, ANNA = digest("teacher"), digest("anna")
WRITER = """
import sys
from itertools import count
from tfplay import classroom
owner, begin = sys.argv[1], int(sys.argv[2])
for step in count(begin):
    classroom.note_guess(owner, step, "x" * 200)
    print(step, flush=True)
"""


@pytest.fixture
def opened():
    opened = classroom.open_class(TEACHER, "next-word")
    classroom.join_class(opened.id, ANNA, "Anna")
    return opened


def guesses_of(opened):
    [pupil] = classroom.pupils_of(opened.id, TEACHER)
    return pupil.guesses


def require_whole(home):
    with sqlite3.connect(home / "classes.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_was_noted_before_a_kill_is_there_after_it(opened, tfplay_home):
    noted = 0
    for kill in range(TIMES):
        command = [sys.executable, "-c", WRITER, ANNA, str(noted + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            told = [int(writer.stdout.readline())]
            time.sleep(kill * 0.002)
            writer.kill()
            told += [int(line) for line in writer.stdout.read().splitlines()]
        require_whole(tfplay_home)
        kept = sorted(guesses_of(opened))
        noted = kept[-1]
        assert kept == list(range(1, noted + 1))
        assert told[-1] <= noted <= told[-1] + 1


def test_a_full_disk_is_told_in_a_sentence_and_takes_nothing_away(opened, tfplay_home):
    for attempt in range(1, TIMES + 1):
        before = guesses_of(opened)
        with largest_file(100 * attempt), pytest.raises(InputError, match="cannot be used"):
            classroom.note_guess(ANNA, attempt, "x" * 5000)
        require_whole(tfplay_home)
        assert guesses_of(opened) == before
        classroom.note_guess(ANNA, attempt, "x" * 5000)
        assert len(guesses_of(opened)) == attempt
