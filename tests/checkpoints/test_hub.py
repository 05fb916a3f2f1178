"""Fetching over HTTP, from a server on this machine that answers as the Hugging Face Hub."""

import gzip
import hashlib
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tests.checkpoints.published import write_published
from tests.checkpoints.sources.files import write_gguf, write_safetensors
from tfplay.__main__ import main
from tfplay.checkpoints.hub import fetch, look_up
from tfplay.checkpoints.sources.opening import open_source
from tfplay.errors import InputError
from tfplay.store import find_opened

COMMIT = "0123456789abcdef0123456789abcdef01234567"
WEIGHTS = {"a": np.arange(6, dtype="float32")}
API = "/api/models/owner/name/revision/main?blobs=true"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.requests.append((self.path, self.headers))
        status, headers, data = self.server.answers.get(self.path, (404, {}, b"{}"))
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(data))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Keeps the test's output clean."""


@pytest.fixture
def hub(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.answers, server.requests = {}, []
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}/")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def weights(tmp_path) -> bytes:
    return write_safetensors(tmp_path / "whole.safetensors", WEIGHTS).read_bytes()


@pytest.fixture
def models(tmp_path) -> Path:
    return tmp_path / "models"


def publish(hub, files: dict[str, bytes], **changes) -> None:
    """Puts a model on the hub; large files are given from another place, as the hub does it."""
    siblings = []
    for name, data in files.items():
        entry = {"rfilename": name, "size": len(data)}
        entry["blobId"] = hashlib.sha1(f"blob {len(data)}\0".encode() + data).hexdigest()
        address = f"/owner/name/resolve/{COMMIT}/{name}"
        hub.answers[address] = (200, {}, data)
        if name.endswith((".safetensors", ".gguf", ".h5", ".bin")):
            digest = hashlib.sha256(data).hexdigest()
            entry["lfs"] = {"sha256": digest, "size": len(data), "pointerSize": 134}
            hub.answers[f"/cdn/{digest}"] = (200, {}, data)
            hub.answers[address] = (302, {"Location": f"/cdn/{digest}"}, b"")
        siblings.append(entry)
    about = {"sha": COMMIT, "siblings": siblings, "tags": ["bert", "license:mit"], **changes}
    hub.answers[API] = (200, {}, json.dumps(about).encode())


def all_in(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_model_is_looked_up_and_then_fetched_at_that_commit(hub, models, weights):
    files = {"config.json": b'{"model_type": "bert"}', "1_Pooling/config.json": b"{}"}
    publish(
        hub, files | {"model.safetensors": weights, "README.md": b"#", "pytorch_model.bin": b""}
    )
    model = look_up("owner/name")
    assert (model.commit, model.licence) == (COMMIT, "mit")
    assert list(model.files) == ["config.json", "1_Pooling/config.json", "model.safetensors"]
    assert model.size == sum(map(len, files.values())) + len(weights)
    seen = []
    path = fetch(model, models, lambda done, total: seen.append((done, total)))
    assert path == models / "owner--name--0123456789ab"
    assert all_in(models) == sorted(f"{path.name}/{name}" for name in model.files)
    assert seen == sorted(seen) and seen[-1] == (model.size, model.size)
    source = open_source(path)
    assert source.config == {"model_type": "bert"}
    assert source.tensors["a"].read().tolist() == WEIGHTS["a"].tolist()


def test_no_credentials_are_given(hub, weights, models, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    publish(hub, {"config.json": b"{}", "model.safetensors": weights})
    fetch(look_up("owner/name"), models)
    assert len(hub.requests) == 4
    for _, headers in hub.requests:
        assert "Authorization" not in headers and "secret" not in str(headers)


def test_what_was_fetched_is_not_fetched_again(hub, weights, models):
    publish(hub, {"config.json": b"{}", "model.safetensors": weights})
    model = look_up("owner/name")
    path = fetch(model, models)
    hub.answers.clear()
    assert fetch(model, models) == path


def test_a_branch_is_asked_for_by_its_name(hub, weights):
    publish(hub, {"config.json": b"{}", "model.safetensors": weights})
    hub.answers["/api/models/owner/name/revision/refs%2Fpr%2F1?blobs=true"] = hub.answers.pop(API)
    assert look_up("owner/name", "refs/pr/1").commit == COMMIT


@pytest.mark.parametrize(
    ("names", "weights"),
    [
        (["model.safetensors", "b.gguf", "c.safetensors"], ["model.safetensors"]),
        (
            ["model.safetensors.index.json", "model-1.safetensors", "model-2.safetensors"],
            ["model.safetensors.index.json", "model-1.safetensors", "model-2.safetensors"],
        ),
        (["model.weights.h5", "pytorch_model.bin"], ["model.weights.h5"]),
        (
            ["model.weights.json", "model_0.weights.h5", "task.h5"],
            ["model.weights.json", "model_0.weights.h5"],
        ),
        (["x.gguf", "onnx/model.onnx", ".gitattributes", "vocab.txt"], ["vocab.txt", "x.gguf"]),
    ],
)
def test_the_best_form_of_the_weights_is_chosen(hub, names, weights):
    publish(hub, dict.fromkeys(names, b"x"))
    assert list(look_up("owner/name").files) == weights


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["config.json", "pytorch_model.bin"], "its weights are in no form that is read"),
        (["a.gguf", "b.gguf"], "it has 2 GGUF files of it, and one is needed"),
        (["x.gguf", *(f"{number}.json" for number in range(500))], "more than 500 files"),
        (["x.gguf", "../../x.json"], "it says that a file is"),
        (["x.gguf", "/etc/x.json"], "it says that a file is"),
        (["x.gguf", "a\\..\\x.json"], "it says that a file is"),
        (["x.gguf", "C:x.json"], "it says that a file is"),
        (["x.gguf", "a\nb.json"], "it says that a file is"),
    ],
)
def test_what_is_not_fetched_is_told(hub, names, reason):
    publish(hub, dict.fromkeys(names, b"x"))
    with pytest.raises(InputError, match=f"owner/name cannot be fetched from the hub: .*{reason}"):
        look_up("owner/name")


@pytest.mark.parametrize(
    "changes",
    [
        {"sha": "main"},
        {"sha": None},
        {"siblings": None},
        {"siblings": [7]},
        {"siblings": [{"rfilename": "x.gguf"}]},
        {"siblings": [{"rfilename": "x.gguf", "size": -1, "blobId": "0"}]},
    ],
)
def test_a_strange_answer_is_told(hub, changes):
    publish(hub, {"x.gguf": b"x"}, **changes)
    with pytest.raises(InputError, match="cannot be fetched from the hub: it says that"):
        look_up("owner/name")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((404, {}, b"{}"), "it has no such model, or not for everyone"),
        ((401, {}, b"{}"), "it has no such model, or not for everyone"),
        ((503, {}, b""), "it answers 503"),
        ((200, {}, b"<html>"), "is cut short or damaged: it is not JSON"),
        ((200, {}, b"[" * 100_000), "is cut short or damaged: it is not JSON"),
        ((200, {}, b"[]"), "it says that its list of files is None"),
        ((200, {}, b" " * 9_000_000), "its list of files has no end"),
        (
            (200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * 100_000_000, 1)),
            "its list of files has no end",
        ),
        ((302, {"Location": API}, b""), "it cannot be reached"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "it cannot be reached"),
        ((200, {"Content-Length": "1000"}, b"{}"), "it breaks off"),
    ],
)
def test_a_hub_that_answers_otherwise_is_told(hub, answer, reason):
    hub.answers[API] = answer
    with pytest.raises(InputError, match=reason):
        look_up("owner/name")


def test_without_a_network_one_sentence_says_what_to_do(monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{free.getsockname()[1]}")
        monkeypatch.setenv("NO_PROXY", "*")
        with pytest.raises(InputError) as told:
            look_up("owner/name")
    assert str(told.value) == (
        "owner/name cannot be fetched from the hub: it cannot be reached; a folder with the "
        "model's files can be opened instead."
    )


@pytest.mark.parametrize("name", ["bert", "a/b/c", "../b", "a/..", "a b/c", "a/b?x=1", "", "ä/b"])
def test_what_is_no_name_on_the_hub_is_not_asked_for(hub, name):
    with pytest.raises(InputError, match="is no name on the hub; one is 'owner/name'"):
        look_up(name)
    assert hub.requests == []


@pytest.mark.parametrize("change", [lambda data: data[:-1] + b"!", lambda data: data + b"more"])
@pytest.mark.parametrize("name", ["config.json", "model.safetensors"])
def test_another_file_than_the_one_looked_up_is_refused(hub, weights, models, name, change):
    publish(hub, {"config.json": b"{}", "model.safetensors": weights})
    model = look_up("owner/name")
    for address, (status, headers, data) in hub.answers.items():
        if data == (b"{}" if name == "config.json" else weights):
            hub.answers[address] = (status, headers, change(data))
    with pytest.raises(InputError, match=f"{name} is not the file that it names"):
        fetch(model, models)
    assert all_in(models) == []


def test_a_file_that_breaks_off_leaves_nothing(hub, weights, models):
    publish(hub, {"config.json": b"{}", "model.safetensors": weights})
    model = look_up("owner/name")
    address = f"/owner/name/resolve/{COMMIT}/model.safetensors"
    hub.answers[address] = (200, {"Content-Length": str(len(weights))}, weights[:20])
    with pytest.raises(InputError, match="it breaks off"):
        fetch(model, models)
    assert list(models.iterdir()) == []


def test_a_cancelled_fetch_leaves_nothing(hub, models, tmp_path):
    big = write_gguf(tmp_path / "big.gguf", data=bytes(3_000_000)).read_bytes()
    publish(hub, {"big.gguf": big})
    seen = []
    model = look_up("owner/name")
    assert fetch(model, models, lambda *now: seen.append(now), lambda: len(seen) == 3) is None
    assert len(seen) == 3
    assert list(models.iterdir()) == []


def test_a_full_disk_is_told_before_anything_is_fetched(hub, weights, models, monkeypatch):
    publish(hub, {"config.json": b"{}", "model.safetensors": weights})
    model = look_up("owner/name")
    asked = len(hub.requests)
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=10))
    with pytest.raises(InputError, match="owner/name needs 0 MB of the disk while it is fetched"):
        fetch(model, models)
    assert len(hub.requests) == asked


def test_the_command_fetches_a_model_of_the_hub_and_keeps_it(hub, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TFPLAY_HOME", str(tmp_path / "home"))
    folder = tmp_path / "published"
    write_published("gpt2", folder)
    publish(hub, {path.name: path.read_bytes() for path in folder.iterdir()})
    assert main(["models", "fetch", "owner/name"]) == 0
    told = capsys.readouterr()
    assert "licence: mit" in told.err
    assert json.loads(told.out.splitlines()[-1])["id"] == "name"
    model = find_opened("name")
    assert (model.task, model.licence) == ("language-model", "mit")
    assert model.load().model.count_params() == model.parameters
    assert main(["models", "fetch", "owner/name"]) == 2
    assert "model 'name' already" in capsys.readouterr().err
