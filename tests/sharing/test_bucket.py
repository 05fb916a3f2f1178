"""Snapshots in a bucket, of a server that speaks S3."""

import os

import pytest
from moto.server import ThreadedMotoServer

from tests.sharing.models import own
from tfplay.errors import InputError
from tfplay.home import home
from tfplay.sharing import View, delete_snapshot, find_snapshot, keep_snapshot, snapshot_model
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
def bucket(server, monkeypatch):
    import boto3

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    boto3.client("s3").create_bucket(Bucket="lectures")
    monkeypatch.setenv("TFPLAY_SNAPSHOTS", "s3://lectures/tfplay")


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
