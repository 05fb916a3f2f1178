"""Fetching over HTTP, from a server on this machine."""

import gzip
import hashlib
import io
import socket
import tarfile
import threading
import zipfile
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tfplay.errors import InputError
from tfplay.text import LabelledText, Pair, read_labelled, read_pairs
from tfplay.text.published import (
    PUBLISHED,
    CorpusPart,
    PublishedCorpus,
    Source,
    fetch,
    find,
    reviews,
)
from tfplay.text.published.translation import aligned_pairs

ENGLISH = b"Wow!\nHow are you?\n"
HINDI = "वाह!\nआप कैसे हैं?\n".encode()
PAIRS = [Pair("Wow!", "वाह!"), Pair("How are you?", "आप कैसे हैं?")]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.requests.append(self.path)
        data, length = self.server.files.get(self.path, (None, 0))
        self.send_response(404 if data is None else 200)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, *_):
        """Keeps the test's output clean."""


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.files, server.requests = {}, []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def serve(server, path: str, data: bytes) -> Source:
    """Puts a file on the server."""
    server.files[f"/{path}"] = (data, len(data))
    return Source(
        f"http://127.0.0.1:{server.server_port}/{path}",
        hashlib.sha256(data).hexdigest(),
        len(data),
        f"small/{path}",
    )


def publish(monkeypatch, task: str, **parts: CorpusPart) -> PublishedCorpus:
    corpus = PublishedCorpus(
        "small", "Small corpus", task, "CC0", "https://a.org", "https://b.org", "Text.", parts
    )
    monkeypatch.setitem(PUBLISHED, "small", corpus)
    return corpus


@pytest.fixture
def pairs(server, monkeypatch) -> PublishedCorpus:
    sources = (serve(server, "a.en", ENGLISH), serve(server, "a.hi.gz", gzip.compress(HINDI)))
    return publish(monkeypatch, "translation", training=CorpusPart(sources, aligned_pairs))


def test_a_fetched_corpus_is_in_its_tasks_format(pairs, tmp_path):
    path = fetch("small", tmp_path)
    assert path == tmp_path / "small" / "training.tsv"
    assert read_pairs(path) == PAIRS


def test_the_second_time_nothing_is_fetched(pairs, server, tmp_path):
    assert find("small", tmp_path) is None
    path = fetch("small", tmp_path)
    server.files.clear()
    assert fetch("small", tmp_path) == find("small", tmp_path) == path
    assert server.requests == ["/a.en", "/a.hi.gz"]


def test_progress_rises_to_all_bytes(pairs, tmp_path):
    told = []
    fetch("small", tmp_path, lambda done, total: told.append((done, total)))
    done = [bytes_done for bytes_done, _ in told]
    assert done == sorted(done)
    assert told[-1] == (pairs.num_bytes, pairs.num_bytes)


def change(server, path: str, data: bytes, length: int | None = None) -> None:
    server.files[path] = (data, len(data) if length is None else length)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda server: change(server, "/a.hi.gz", gzip.compress(ENGLISH)), "sends another file"),
        (lambda server: change(server, "/a.hi.gz", b"half", 1_009), "breaks off"),
        (lambda server: server.files.pop("/a.hi.gz"), "answers 404"),
    ],
    ids=["another file", "cut short", "gone"],
)
def test_a_failed_download_gets_one_sentence_and_leaves_nothing(
    pairs, server, tmp_path, damage, reason
):
    damage(server)
    with pytest.raises(InputError, match=rf"^Small corpus \(0\.0 MB; licence: CC0\) .*{reason}"):
        fetch("small", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_offline_the_sentence_says_what_else_can_be_done(monkeypatch, tmp_path):
    monkeypatch.setenv("NO_PROXY", "*")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    source = Source(f"http://127.0.0.1:{port}/a.en", "0" * 64, 5_300_000, "small/a.en")
    publish(monkeypatch, "translation", training=CorpusPart((source, source), aligned_pairs))
    with pytest.raises(InputError) as caught:
        fetch("small", tmp_path)
    assert str(caught.value) == (
        f"Small corpus (5.3 MB; licence: CC0) cannot be fetched from 127.0.0.1:{port}: it cannot "
        "be reached; put small/a.en (see https://b.org) into a folder and name it in the "
        "environment's TFPLAY_DATA, or take a file of your own."
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_mirror_is_asked_before_the_network(pairs, server, tmp_path, monkeypatch, gzipped):
    mirror = tmp_path / "mirror" / "small"
    mirror.mkdir(parents=True)
    (mirror / "a.hi.gz").write_bytes(server.files["/a.hi.gz"][0])
    english = mirror / ("a.en.gz" if gzipped else "a.en")
    english.write_bytes(gzip.compress(ENGLISH) if gzipped else ENGLISH)
    monkeypatch.setenv("TFPLAY_DATA", str(tmp_path / "mirror"))
    assert read_pairs(fetch("small", tmp_path / "cache")) == PAIRS
    assert server.requests == []


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("a.en", HINDI, r"a\.en is not the file that http://.*/a\.en serves: its SHA-256 is"),
        ("a.en.gz", gzip.compress(ENGLISH, mtime=0)[:-7], r"a\.en\.gz cannot be read"),
    ],
)
def test_a_mirrored_file_that_is_not_the_published_is_refused(
    pairs, tmp_path, monkeypatch, name, data, complaint
):
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / name).write_bytes(data)
    monkeypatch.setenv("TFPLAY_DATA", str(tmp_path))
    with pytest.raises(InputError, match=complaint):
        find("small", tmp_path / "cache")


def test_a_zip_archive_is_read_as_sst_2_is_laid_out(server, monkeypatch, tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("SST-2/train.tsv", 'sentence\tlabel\nwarm and "funny \t1\ndull \t0\n')
        archive.writestr("SST-2/dev.tsv", "sentence\tlabel\na gem \t1\na bore \t0\n")
        archive.writestr("../outside.tsv", "sentence\tlabel\n")
    source = serve(server, "SST-2.zip", data.getvalue())
    publish(
        monkeypatch,
        "classification",
        training=CorpusPart((source,), partial(reviews.sst2, member="SST-2/train.tsv")),
        validation=CorpusPart((source,), partial(reviews.sst2, member="SST-2/dev.tsv")),
    )
    assert read_labelled(fetch("small", tmp_path)) == [
        LabelledText('warm and "funny', "positive"),
        LabelledText("dull", "negative"),
    ]
    assert read_labelled(find("small", tmp_path, "validation"))[0].text == "a gem"
    assert server.requests == ["/SST-2.zip"]
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_a_tar_archive_is_read_as_imdb_is_laid_out(server, monkeypatch, tmp_path):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, text in {
            "aclImdb/train/pos/0_9.txt": "Lovely.<br /><br />See it!",
            "aclImdb/train/neg/0_2.txt": "Dull.",
            "aclImdb/train/unsup/0_0.txt": "Unlabelled.",
            "aclImdb/test/pos/0_10.txt": "A gem.",
            "aclImdb/test/neg/0_1.txt": "A bore.",
            "../outside.txt": "Outside.",
        }.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    source = serve(server, "aclImdb_v1.tar.gz", data.getvalue())
    publish(
        monkeypatch,
        "classification",
        training=CorpusPart((source,), partial(reviews.imdb, part="train")),
        test=CorpusPart((source,), partial(reviews.imdb, part="test")),
    )
    assert read_labelled(fetch("small", tmp_path)) == [
        LabelledText("Lovely. See it!", "positive"),
        LabelledText("Dull.", "negative"),
    ]
    assert len(read_labelled(fetch("small", tmp_path, part="test"))) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_unknown_names_and_parts_are_told_with_those_there_are(tmp_path):
    with pytest.raises(InputError, match="no published corpus 'imbd'; there are .*imdb"):
        fetch("imbd", tmp_path)
    with pytest.raises(InputError, match="'imdb' has no part 'dev'; it has training, test"):
        find("imdb", tmp_path, "dev")
