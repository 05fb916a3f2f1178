"""Snapshots in a bucket, of a server that speaks S3."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest
from moto.server import ThreadedMotoServer

from tests.sharing.models import own
from tests.sharing.taker import kept_by
from tfplay.errors import InputError
from tfplay.home import home
from tfplay.sharing import (
    View,
    delete_snapshot,
    find_snapshot,
    keep_snapshot,
    keeping,
    snapshot_model,
)
from tfplay.sharing.storage import Storage

VIEW = View("attention", {"layer": "2"})


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server, monkeypatch, tmp_path):
    import boto3

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    boto3.client("s3").create_bucket(Bucket="lectures")
    monkeypatch.setenv("TFPLAY_SNAPSHOTS", f"s3://lectures/{tmp_path.name}")


def left_in_bucket():
    storage = Storage.from_environment()
    return [name for folder in ("models", "uses", "expires") for name in storage.names(folder)]


def test_a_snapshot_in_a_bucket_opens_on_another_machine_and_is_deleted(
    bucket, tmp_path, monkeypatch
):
    kept, secret = keep_snapshot(VIEW, own("digits"), "From here")
    assert left_in_bucket()
    assert not (home() / "snapshots").exists()
    monkeypatch.setenv("TFPLAY_HOME", str(tmp_path / "another machine"))
    found = find_snapshot(kept.id)
    assert found == kept
    assert snapshot_model(found).load().model.get_weights()
    delete_snapshot(kept.id, secret)
    assert left_in_bucket() == []
    assert list((home() / "snapshots-fetched" / "models").iterdir()) == []
    with pytest.raises(InputError, match="was deleted"):
        find_snapshot(kept.id)


def test_what_one_server_deletes_another_no_longer_has(bucket, tmp_path, monkeypatch):
    kept, secret = keep_snapshot(VIEW, own("digits"), "From here")
    monkeypatch.setenv("TFPLAY_HOME", str(tmp_path / "reader"))
    assert snapshot_model(find_snapshot(kept.id)).path.is_dir()
    monkeypatch.setenv("TFPLAY_HOME", str(tmp_path / "maker"))
    delete_snapshot(kept.id, secret)
    monkeypatch.setenv("TFPLAY_HOME", str(tmp_path / "reader"))
    keep_snapshot(VIEW, own("learning"), "The next one forgets what is gone")
    assert list((home() / "snapshots-fetched" / "models").iterdir()) == []


def test_two_servers_that_write_and_delete_at_once_leave_whole_snapshots(bucket, tmp_path):
    left = kept_by([tmp_path / "one", tmp_path / "two"])
    for snapshot_id in left:
        found = find_snapshot(snapshot_id)
        assert snapshot_model(found).load().model.get_weights()  # with the digest it had
    storage = Storage.from_environment()
    assert storage.names("uses") == sorted(f"{found.model}/{each}" for each in left)
    assert storage.names("removing") == []


def test_a_model_that_one_server_is_removing_is_written_anew_by_another(bucket, monkeypatch):
    monkeypatch.setattr(keeping, "hold", lambda *_: nullcontext())  # as with homes of their own
    model, remove = own("digits"), keeping.remove_model
    kept, secret = keep_snapshot(VIEW, model, "The last of one")
    with ThreadPoolExecutor(1) as pool:
        written = []

        def removing_slowly(storage, model_hash):
            written.append(pool.submit(keep_snapshot, VIEW, model, "The first of the other"))
            time.sleep(0.5)
            remove(storage, model_hash)

        monkeypatch.setattr(keeping, "remove_model", removing_slowly)
        delete_snapshot(kept.id, secret)
        [(found, _)] = [each.result() for each in written]
    assert snapshot_model(found).load().model.get_weights()


def test_a_server_that_was_killed_while_it_removed_a_model_holds_up_nobody(bucket, monkeypatch):
    monkeypatch.setattr(keeping, "_REMOVING_SECONDS", 0.2)
    kept, _ = keep_snapshot(VIEW, own("digits"), "Before")
    storage = Storage.from_environment()
    storage.write(f"removing/{kept.model}/{kept.id}", b"")
    keep_snapshot(VIEW, own("digits"), "After")
    assert storage.names("removing") == []


def test_a_model_that_was_changed_in_the_bucket_is_not_used(bucket):
    kept, _ = keep_snapshot(VIEW, own("digits"), "Changed")
    Storage.from_environment().write(f"models/{kept.model}/README.md", b"# Another card")
    with pytest.raises(InputError, match="its files have changed"):
        snapshot_model(kept)


def test_a_bucket_out_of_reach_is_told_in_a_sentence_and_nothing_is_lost(bucket, monkeypatch):
    kept, secret = keep_snapshot(VIEW, own("digits"), "Before")
    server = os.environ["AWS_ENDPOINT_URL"]
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    Storage.from_environment()._files.clear_instance_cache()
    for refused in (
        lambda: find_snapshot(kept.id),
        lambda: keep_snapshot(VIEW, own("digits"), "Refused"),
        lambda: delete_snapshot(kept.id, secret),
    ):
        with pytest.raises(InputError, match="cannot be used: it is out of reach") as told:
            refused()
        assert "127.0.0.1" not in str(told.value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    Storage.from_environment()._files.clear_instance_cache()
    assert find_snapshot(kept.id) == kept


@pytest.mark.parametrize("address", ["snapshots", "ftp://host/folder", "s4://bucket"])
def test_another_place_is_refused_with_its_name(address, monkeypatch):
    monkeypatch.setenv("TFPLAY_SNAPSHOTS", address)
    with pytest.raises(InputError, match=f"TFPLAY_SNAPSHOTS is .{address}"):
        find_snapshot("0" * 32)
