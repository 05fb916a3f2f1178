import gzip

import pytest

from tfplay.errors import InputError
from tfplay.text import Report, files, read_text


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"nowhere\.txt cannot be read: No such file"):
        read_text(tmp_path / "nowhere.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(InputError, match=r"folder\.txt cannot be read: Is a directory"):
        read_text(tmp_path / "folder.txt")


def test_a_small_gzip_file_with_a_huge_text_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 2 * 1024**2)
    bomb = tmp_path / "bomb.txt.gz"
    bomb.write_bytes(gzip.compress(b"a" * (2 * 1024**2 + 1)))
    with pytest.raises(InputError, match=r"bomb\.txt\.gz holds more than 2 MB"):
        read_text(bomb)


def test_plain_text_keeps_its_lines_however_long(tmp_path):
    file = tmp_path / "a.txt"
    text = "first\n\n" + "x" * 200_003 + "\n  last"
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_text(file) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_and_told(tmp_path, encoding):
    text = "Good night.\nनमस्ते, आप कैसे हैं?\nÀ bientôt\n"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    report = Report()
    assert read_text(tmp_path / "a.txt", report) == text
    assert "The file is in UTF-16." in report.text()


@pytest.mark.parametrize(
    "data", [b"ab\ncd\0e\n", b"ab\n\0" + b"some more text\n" * 7, b"\1\0\n\0\2\0", b"a\0b\0c\0"]
)
def test_a_zero_byte_in_other_text_is_told_with_its_line(tmp_path, data):
    (tmp_path / "a.txt").write_bytes(data)
    line = data[: data.index(b"\0")].count(b"\n") + 1
    with pytest.raises(InputError, match=rf"a\.txt is a binary file, not text: line {line} has a"):
        read_text(tmp_path / "a.txt")


def test_plain_text_has_no_table_format(tmp_path):
    (tmp_path / "a.tsv").write_text("Wow!\tवाह!\n")
    with pytest.raises(InputError, match=r"a\.tsv must end in \.txt"):
        read_text(tmp_path / "a.tsv")


def test_real_texts_are_read(shared_data):
    shakespeare = read_text(shared_data / "tinyshakespeare" / "input.txt.gz")
    assert (len(shakespeare), len(set(shakespeare))) == (1_115_394, 65)
    assert "\r" not in read_text(shared_data / "botchan" / "botchan.txt")
