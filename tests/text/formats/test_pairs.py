import gzip
import json

import pytest

from tfplay.errors import InputError
from tfplay.text import Pair, read_pairs

PAIRS = [Pair("Wow!", "वाह!"), Pair("How are you?", "आप कैसे हैं?")]
TSV = "Wow!\tवाह!\tby Zifre\nHow are you?\tआप कैसे हैं?\n"
CSV = 'Wow!,वाह!,more\n"How are you?","आप कैसे हैं?"\n'
JSONL = (
    '{"id": 3, "source": "Wow!", "note": "-", "target": "वाह!"}\n'
    '{"id": 5, "en": "How are you?", "hi": "आप कैसे हैं?"}\n'
)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.tsv", TSV), ("a.txt", TSV), ("a.csv", CSV), ("a.jsonl", JSONL), ("A.TSV", TSV)],
)
@pytest.mark.parametrize("gzipped", [False, True])
def test_pairs_are_read_in_every_format(tmp_path, name: str, content: str, gzipped: bool):
    data = content.encode()
    file = tmp_path / (name + ".gz" if gzipped else name)
    file.write_bytes(gzip.compress(data) if gzipped else data)
    assert read_pairs(file) == PAIRS


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + TSV,
        TSV.replace("\n", "\r\n"),
        "\n \n" + TSV.replace("\n", "\n\n"),
        "en\thi\n" + TSV,
        "Source\tTarget\n" + TSV,
        TSV.replace(" ", "  ").replace("\t", " \t "),
    ],
    ids=["byte order mark", "CRLF", "blank lines", "header", "capital header", "spaces"],
)
def test_pairs_do_not_depend_on_how_the_file_was_saved(tmp_path, content: str):
    file = tmp_path / "a.tsv"
    file.write_bytes(content.encode())
    assert read_pairs(file) == PAIRS


def test_a_first_pair_that_only_looks_like_a_header_is_kept(tmp_path):
    file = tmp_path / "a.tsv"
    file.write_text("Source\tस्रोत\n")
    assert read_pairs(file) == [Pair("Source", "स्रोत")]


def test_pairs_are_composed_so_that_they_equal_what_a_tokenizer_gives_back(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"source": "cafe\u0301", "target": "\u0958"}))
    assert read_pairs(file) == [Pair("caf\u00e9", "\u0915\u093c")]


def test_all_of_tatoeba_is_read(shared_data):
    pairs = read_pairs(shared_data / "en-hi-tatoeba" / "hin.txt")
    assert len(pairs) == 3117
    assert pairs[0] == Pair("Wow!", "वाह!")


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("a.tsv", b"", "a.tsv is empty"),
        ("a.tsv", b" \r\n\n", "a.tsv is empty"),
        ("a.tsv", b"a\tb\nonly one\n", "a.tsv, line 2 needs two columns"),
        ("a.csv", b"a:b\n", "a.csv, line 1 needs two columns"),
        ("a.csv", b'a,b\n"c,d\n', "a.csv, line 2 is not CSV"),
        ("a.csv", b",,\n", "a.csv has no sentence pair"),
        ("a.tsv", b"en\thi\n", "a.tsv has no sentence pair"),
        ("a.tsv", b"a\t \n", "a.tsv: column 2 holds nothing and no sentences"),
        ("a.jsonl", b'{"en": "a", "hi": "b"}\n{"en": "a", "h', "a.jsonl, line 2 is cut short"),
        ("a.jsonl", b"[" * 5003, "a.jsonl, line 1 is cut short or is not JSON"),
        ("a.jsonl", b'{"n": ' + b"9" * 5003 + b"}", "a.jsonl, line 1 is cut short or is not JSON"),
        ("a.jsonl", b'["a", "b"]', "a.jsonl, line 1 is not a JSON object"),
        ("a.jsonl", b'{"source": "a", "target": [7]}', "a.jsonl, line 1 needs two columns"),
        ("a.tsv", b"\x89PNG\r\n\x1a\n\0\0", "a.tsv is a binary file"),
        ("a.tsv", "a\tb".encode("utf-16")[:-1], "a.tsv begins as UTF-16 but is cut short"),
        ("a.tsv", "да\tнет\n".encode("cp1251"), "a.tsv, line 1: the byte 0xe4 is not UTF-8"),
        (
            "a.tsv",
            b"a\tb\nhe\t" + "वह".encode().decode("latin-1").encode(),
            "a.tsv, line 2: 'à¤.*' looks like Hindi read in the wrong encoding",
        ),
        ("a.tsv", b"a\tb\n" + b"x" * 200_000 + b"\tb", "line 2 has 200,001 characters.* 20,000"),
        ("a.csv", b'a,"' + b"x\n" * 100_003 + b'"', "a.csv, line .* is not CSV"),
        ("a.pdf", b"a\tb", r"a.pdf must end in .tsv, .txt, .*, or one of these and .gz; copy"),
        ("a.gz", b"a\tb", "a.gz must end in"),
        ("a.tsv.gz", b"a\tb", "a.tsv.gz is not a whole gzip file"),
        (
            "a.tsv.gz",
            gzip.compress(b"a\tb\n" * 503, mtime=0)[:-11],
            "a.tsv.gz is not a whole gzip file",
        ),
    ],
)
def test_a_file_that_will_not_do_gets_one_sentence(tmp_path, name: str, data: bytes, complaint):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(InputError, match=complaint) as caught:
        read_pairs(file)
    assert "\n" not in str(caught.value)
