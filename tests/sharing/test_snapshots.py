"""Snapshots in a folder: whole or not at all, for as long as their maker chose."""

import json
import random
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import numpy as np
import pytest

from tests.sharing.models import own
from tests.sharing.writer import start_writer
from tests.store.test_files import largest_file
from tfplay.errors import InputError
from tfplay.home import home
from tfplay.sharing import (
    View,
    clock,
    copy_model,
    delete_snapshot,
    find_snapshot,
    keep_snapshot,
    other_model,
    snapshot_model,
)
from tfplay.sharing.model_files import content_hash
from tfplay.sharing.pixels import as_data, as_pixels
from tfplay.store import open_model
from tfplay.store.conversations import Conversations

VIEW = View("attention", {"layer": "2", "text": "one two"})
SECRET = "a-secret-of-more-than-22-letters"


@pytest.fixture
def later(monkeypatch):
    """Sets the clock forward by so many days."""
    now = clock.now

    def go(days):
        monkeypatch.setattr(clock, "now", lambda: now() + timedelta(days=days))

    return go


def kept_files():
    return [path for path in (home() / "snapshots").rglob("*") if path.is_file()]


def assert_whole(snapshot):
    """All files of its model are there, as they were given away."""
    folder = snapshot_model(snapshot).path
    files = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    whole = {name: path for name, path in files.items() if ".saving-" not in name}
    assert content_hash(whole) == snapshot.model


def test_a_snapshot_has_the_view_and_a_model_with_the_same_weights():
    model = own("learning").at(10)
    kept, _ = keep_snapshot(VIEW, model, "  Before it\nlearned ", "Look at head 2.", days=7)
    found = find_snapshot(kept.id)
    assert found == kept
    assert (found.title, found.note, found.step) == ("Before it learned", "Look at head 2.", 10)
    assert found.expires - found.made == timedelta(days=7)
    shared = snapshot_model(found)
    assert shared.steps() == model.steps()
    for theirs, ours in zip(
        shared.at(10).load().model.get_weights(), model.load().model.get_weights(), strict=True
    ):
        np.testing.assert_array_equal(theirs, ours)


def test_a_model_is_kept_once_for_all_its_snapshots_and_goes_with_the_last():
    model = own("digits")
    made = [keep_snapshot(VIEW, model, f"Number {number}") for number in range(3)]
    [folder] = (home() / "snapshots" / "models").iterdir()
    assert {kept.model for kept, _ in made} == {folder.name}
    for kept, secret in made:
        assert folder.is_dir()
        delete_snapshot(kept.id, secret)
    assert not folder.exists()
    assert {path.parent.name for path in kept_files()} == {"records"}  # that they were there


def test_it_survives_its_run():
    model = own("digits")
    kept, _ = keep_snapshot(VIEW, model, "Digits")
    shutil.rmtree(model.path)
    assert snapshot_model(find_snapshot(kept.id)).load().model.get_weights()


def test_a_model_that_came_with_tfplay_stays_itself():
    model = open_model("digits")
    kept, _ = keep_snapshot(VIEW, model, "Shipped")
    assert snapshot_model(kept) == copy_model(kept, snapshot_model(kept), SECRET) == model
    [path] = (home() / "snapshots" / "models").glob("*/model.keras")
    path.with_name("README.md").write_text("# Of another version")
    assert snapshot_model(kept) == model


def test_two_models_that_are_compared_are_given_away_and_go_together():
    first, second = own("digits"), own("learning")
    view = View("attention", {"with": "Another model", "other_model": second.id})
    kept, secret = keep_snapshot(view, first, "Side by side", other=second)
    shutil.rmtree(second.path)
    found = find_snapshot(kept.id)
    assert second.id not in json.dumps(found.to_json())  # who knows it may open the run
    assert found.view.choices["other_model"] == found.other == other_model(found).id
    assert other_model(found).load().model.get_weights()
    alone, _ = keep_snapshot(VIEW, first, "Alone")
    delete_snapshot(kept.id, secret)
    assert [path.name for path in (home() / "snapshots" / "models").iterdir()] == [alone.model]


def test_a_picture_is_kept_number_by_number():
    pixels = np.random.default_rng(0).random((5, 7, 3)).astype("float32")
    kept, _ = keep_snapshot(View("understand", picture=as_data(pixels)), own("digits"), "Drawn")
    np.testing.assert_array_equal(find_snapshot(kept.id).picture(), pixels)
    with pytest.raises(InputError, match="has 270,000 numbers; a snapshot keeps 200,000"):
        as_data(np.zeros((300, 300, 3)))


@pytest.mark.parametrize("damage", [{}, {"shape": [2], "numbers": ""}, {"shape": [9**9, 9**9]}])
def test_a_damaged_picture_is_told_in_a_sentence(damage):
    with pytest.raises(InputError, match="picture of this snapshot is damaged"):
        as_pixels({"shape": [2, 2], "numbers": "AAAA", **damage})


def test_frozen_charts_are_kept_without_a_model(later):
    parts = [{"words": "It **fell**."}, {"title": "Loss", "chart": '{"data": []}'}]
    kept, secret = keep_snapshot(View("runs", frozen=parts), None, "Two runs")
    found = find_snapshot(kept.id)
    assert (found.view.frozen, snapshot_model(found)) == (tuple(parts), None)
    delete_snapshot(kept.id, secret)
    kept, _ = keep_snapshot(View("runs", frozen=parts), None, "Two runs", days=1)
    later(3)
    keep_snapshot(VIEW, own("digits"), "The next one takes away what is over")
    with pytest.raises(InputError, match="has expired"):
        find_snapshot(kept.id)
    with pytest.raises(InputError, match="4,000,000 characters.*choose fewer"):
        View("runs", frozen=[{"chart": "x" * 4_000_000}])


def test_a_record_of_the_first_version_is_read():
    kept, _ = keep_snapshot(VIEW, own("digits"), "Old")
    path = home() / "snapshots" / "records" / f"{kept.id}.json"
    record = json.loads(path.read_text()) | {"version": 1}
    del record["other"], record["view"]["picture"], record["view"]["frozen"]
    path.write_text(json.dumps(record))
    assert find_snapshot(kept.id) == kept


def test_ids_and_secrets_are_random_and_of_the_secret_only_a_digest_is_kept():
    made = [keep_snapshot(VIEW, own("digits"), "One of twenty") for _ in range(20)]
    assert len({kept.id for kept, _ in made}) == len({secret for _, secret in made}) == 20
    assert {len(kept.id) for kept, _ in made} == {32}
    content = b"".join(path.read_bytes() for path in kept_files())
    assert not any(secret.encode() in content for _, secret in made)


def test_only_its_makers_secret_deletes_it():
    kept, secret = keep_snapshot(VIEW, own("digits"), "Mine")
    _, other = keep_snapshot(VIEW, own("digits"), "Another's")
    with pytest.raises(InputError, match="not the link"):
        delete_snapshot(kept.id, other)
    assert find_snapshot(kept.id) == kept
    delete_snapshot(kept.id, secret)
    with pytest.raises(InputError, match="was deleted"):
        find_snapshot(kept.id)
    with pytest.raises(InputError, match="was deleted"):
        delete_snapshot(kept.id, secret)


@pytest.mark.parametrize("snapshot_id", ["", "0" * 32, "../" * 10, "0" * 31 + "\n", "x" * 32])
def test_an_id_that_nobody_was_given_opens_nothing(snapshot_id):
    keep_snapshot(VIEW, own("digits"), "Here")
    with pytest.raises(InputError, match="no snapshot at this address"):
        find_snapshot(snapshot_id)


def test_it_can_be_seen_until_it_expires_and_then_its_content_goes(later):
    kept, _ = keep_snapshot(VIEW, own("learning"), "For a month", days=30)
    later(29)
    assert find_snapshot(kept.id) == kept
    later(30)
    with pytest.raises(InputError, match="has expired"):
        find_snapshot(kept.id)
    later(31)
    other, _ = keep_snapshot(VIEW, own("digits"), "The next one takes away what is over")
    with pytest.raises(InputError, match="has expired"):
        find_snapshot(kept.id)
    content = b"".join(path.read_bytes() for path in kept_files())
    assert b"For a month" not in content
    assert [path.name for path in (home() / "snapshots" / "models").iterdir()] == [other.model]
    assert find_snapshot(other.id) == other


def test_it_carries_nothing_that_its_maker_did_not_choose(tmp_path, monkeypatch):
    from tests.store.damages import make_run
    from tfplay.store.conversations import Conversation

    run = make_run(tmp_path)
    run.note({"owner": SECRET})
    run.data_path.write_text("the uploaded words", encoding="utf-8")
    said = Conversation()
    said.add("user", "a private remark", after=None)
    Conversations(SECRET).add(said)
    keep_snapshot(VIEW, run.model, "Chosen")
    names = {path.name for path in kept_files()}
    content = b"".join(path.read_bytes() for path in kept_files())
    for hidden in (SECRET, run.config.owner, "uploaded words", "private remark", str(home())):
        assert hidden.encode() not in content
    assert not names & {"config.json", "metrics.jsonl", "samples.jsonl", "log.txt"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": " \n"}, "at least one letter"),
        ({"title": "x" * 101}, "title has 101 characters"),
        ({"note": "x" * 1001}, "note has 1,001 characters"),
        ({"days": 0}, "not 0"),
        ({"days": 10_000}, "not 10000"),
    ],
)
def test_what_a_snapshot_cannot_have_is_told(changes, told):
    with pytest.raises(InputError, match=told):
        keep_snapshot(VIEW, own("digits"), **({"title": "A title"} | changes))
    assert not kept_files()


@pytest.mark.parametrize(
    "damage",
    ["", "[]", "{}", '{"version": 3}', '{"version": 1}', '{"version": 1, "view": {"page": 1}}'],
)
def test_a_damaged_record_is_told_in_a_sentence(damage):
    kept, _ = keep_snapshot(VIEW, own("digits"), "Damaged")
    (home() / "snapshots" / "records" / f"{kept.id}.json").write_text(damage)
    with pytest.raises(InputError, match=r"This snapshot (is damaged|has the version)"):
        find_snapshot(kept.id)


def test_a_full_disk_loses_nothing_and_leaves_nothing_half_written():
    before, _ = keep_snapshot(VIEW, own("digits"), "Before")
    files, larger = sorted(kept_files()), own("learning")
    for num_bytes in random.Random(0).sample(range(40_000), 20):
        with (
            largest_file(num_bytes),
            pytest.raises(InputError, match="cannot be written"),
        ):
            keep_snapshot(VIEW, larger, "Too large")
        assert sorted(kept_files()) == files
    assert find_snapshot(before.id) == before
    assert_whole(before)


def test_who_is_killed_while_writing_leaves_whole_snapshots_only():
    draw = random.Random(0)
    promised = []
    for _ in range(20):
        writer, told = start_writer()
        assert told.recv() == "begun"
        time.sleep(draw.uniform(0, 0.15))
        writer.kill()
        writer.join()
        while told.poll():
            try:
                promised.append(told.recv())
            except EOFError:
                break
    records = list((home() / "snapshots" / "records").glob("*.json"))
    assert {snapshot_id for snapshot_id, _ in promised} <= {path.stem for path in records}
    assert promised
    for path in records:
        assert_whole(find_snapshot(path.stem))
    for snapshot_id, secret in promised:
        delete_snapshot(snapshot_id, secret)
    assert {json.loads(path.read_text()).get("ended") for path in records} >= {"deleted"}


def test_two_who_write_and_delete_at_once_do_not_disturb_each_other():
    model = own("digits")

    def give_and_take(number):
        for _ in range(5):
            kept, secret = keep_snapshot(VIEW, model, f"Writer {number}")
            delete_snapshot(kept.id, secret)
        return keep_snapshot(VIEW, model, f"Writer {number}")[0]

    with ThreadPoolExecutor(2) as pool:
        for kept in pool.map(give_and_take, range(2)):
            assert_whole(find_snapshot(kept.id))


def test_a_copy_is_its_owners_and_stays_when_the_snapshot_goes():
    kept, secret = keep_snapshot(VIEW, own("digits"), "Digits", is_downloadable=False)
    copies = [copy_model(kept, snapshot_model(kept), owner) for owner in (SECRET, SECRET, "other")]
    assert copies[0].path == copies[1].path != copies[2].path
    delete_snapshot(kept.id, secret)
    assert copies[0].load().model.get_weights()
    assert not copies[0].is_downloadable
    again, _ = keep_snapshot(VIEW, copies[0], "Given on", is_downloadable=True)
    assert not again.is_downloadable
    assert SECRET not in (copies[0].path / "model.json").read_text()
