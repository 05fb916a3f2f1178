import gzip

import pytest

from tfplay.errors import InputError
from tfplay.text import files, read_text


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


def test_plain_text_has_no_table_format(tmp_path):
    (tmp_path / "a.tsv").write_text("Wow!\tवाह!\n")
    with pytest.raises(InputError, match=r"a\.tsv must end in \.txt"):
        read_text(tmp_path / "a.tsv")


def test_real_texts_are_read(shared_data):
    shakespeare = read_text(shared_data / "tinyshakespeare" / "input.txt.gz")
    assert (len(shakespeare), len(set(shakespeare))) == (1_115_394, 65)
    assert "\r" not in read_text(shared_data / "botchan" / "botchan.txt")
