"""What a visitor may keep where strangers share a server: asked by whatever keeps something."""

import os
import time
from datetime import datetime, timedelta

import pytest

from tests.sharing.models import own
from tfplay.home import home
from tfplay.hosting import LimitError
from tfplay.lessons import Progress, keep_progress
from tfplay.recipes import default_recipe
from tfplay.sharing import View, delete_snapshot, keep_snapshot
from tfplay.store import Status, create_run, list_runs
from tfplay.store.allowance import require_room, stored_bytes
from tfplay.store.conversations import Conversation, Conversations
from tfplay.store.digest import digest
from tfplay.store.expiry import expire_old, next_to_expire
from tfplay.store.visitors import Visitors

MINE, OTHERS = "a-secret-of-more-than-22-letters", "another-secret-of-22-letters"


@pytest.fixture(autouse=True)
def hosted(monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED", "1")


@pytest.fixture
def data_path(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("x" * 600_000)
    return path


def ended_run(data_path, owner):
    run = create_run(default_recipe("language-model", data_path.name), data_path, owner=owner)
    run.write_status(Status("stopped", "It was stopped."))
    return run


def make_old(path, days):
    moment = time.time() - days * 86_400
    for each in (*path.rglob("*"), path):
        os.utime(each, (moment, moment))


def test_conversations_are_counted_by_visitor(monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED_CHATS", "2")
    mine = Conversations(MINE)
    kept = [mine.add(Conversation()) for _ in range(2)]
    with pytest.raises(LimitError, match=r"You have 2 of at most 2 conversations here\."):
        mine.add(Conversation())
    Conversations(OTHERS).add(Conversation())
    mine.delete(kept[0])
    mine.add(Conversation())


def test_who_throws_the_cookie_away_has_the_share_of_the_address(monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED_CHATS", "1")
    monkeypatch.setenv("TFPLAY_HOSTED_VISITORS_AN_ADDRESS", "3")
    visitors = Visitors()
    for number in range(3):
        visitors.note(digest(f"visitor {number}"), "203.0.113.5")
        Conversations(f"visitor {number}").add(Conversation())
    visitors.note(digest("one more"), "203.0.113.5")
    with pytest.raises(LimitError, match="at your address have 3 of at most 3 conversations here"):
        Conversations("one more").add(Conversation())
    visitors.note(digest("elsewhere"), "203.0.113.6")
    Conversations("elsewhere").add(Conversation())


def test_no_address_is_kept_that_could_be_read(tfplay_home):
    Visitors().note(digest(MINE), "203.0.113.5")
    assert b"203.0.113.5" not in (tfplay_home / "visitors.sqlite3").read_bytes()


def test_bytes_are_counted_by_visitor_and_a_new_conversation_needs_room(data_path, monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED_STORED_MB", "1")
    ended_run(data_path, MINE)
    require_room(MINE)
    ended_run(data_path, MINE)
    assert 1_200_000 < stored_bytes({digest(MINE)}) < 1_250_000
    with pytest.raises(LimitError, match="You have 1 of at most 1 MB of runs, conversations, "):
        Conversations(MINE).add(Conversation())
    require_room(OTHERS)
    require_room(None)


def test_snapshots_are_counted_until_they_are_deleted(monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED_SNAPSHOTS", "1")
    model, view = own("sentiment"), View("attention", {})
    kept, secret = keep_snapshot(view, model, "One", owner=MINE)
    with pytest.raises(LimitError, match="You have 1 of at most 1 snapshots here"):
        keep_snapshot(view, model, "Two", owner=MINE)
    keep_snapshot(view, model, "The operator's")
    delete_snapshot(kept.id, secret)
    keep_snapshot(view, model, "Two", owner=MINE)


def test_what_was_not_changed_for_long_goes_and_what_the_operator_made_stays(
    data_path, monkeypatch
):
    monkeypatch.setenv("TFPLAY_HOSTED_DAYS", "30")
    old, new, operators = (ended_run(data_path, owner) for owner in (MINE, MINE, None))
    at_work = ended_run(data_path, MINE)
    at_work.write_status(Status("queued"))
    mine = Conversations(MINE)
    talks = [mine.add(Conversation()) for _ in range(2)]
    keep_progress(MINE, {"training": Progress(2)})
    [lesson] = (home() / "lessons").iterdir()
    for path in (old.path, operators.path, at_work.path, mine._path(talks[0]), lesson):
        make_old(path, 31)
    assert set(expire_old()) == {old.path, mine._path(talks[0]), lesson}
    assert {run.id for run in list_runs()} == {new.id, operators.id, at_work.id}
    assert [entry.id for entry in mine.list()] == [talks[1]]
    assert expire_old() == []


def test_a_visitor_is_told_when_the_first_thing_goes(data_path, monkeypatch):
    monkeypatch.setenv("TFPLAY_HOSTED_DAYS", "30")
    assert next_to_expire(MINE) is None
    run = ended_run(data_path, MINE)
    ended_run(data_path, OTHERS)
    make_old(run.path, 10)
    Conversations(MINE).add(Conversation())
    left = next_to_expire(MINE) - datetime.now().astimezone()
    assert timedelta(days=19.9) < left < timedelta(days=20.1)
    monkeypatch.delenv("TFPLAY_HOSTED")
    assert next_to_expire(MINE) is None
    assert expire_old() == []
