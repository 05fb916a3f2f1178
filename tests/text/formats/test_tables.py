import gzip

import pytest

from tfplay.errors import InputError
from tfplay.text.formats.tables import Table, read_table

CSV = 'id,text\n1,"Well, yes."\n\n2,No.\n'


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_table_has_its_columns_by_name(tmp_path, gzipped):
    path = tmp_path / ("a.csv.gz" if gzipped else "a.csv")
    path.write_bytes(gzip.compress(CSV.encode()) if gzipped else CSV.encode())
    table = read_table(path, has_header=True)
    assert table.columns == ["id", "text"]
    assert table.column("text") == ["Well, yes.", "No."]


def test_without_a_header_columns_are_numbered_and_rows_filled_up(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("one\ttwo\nthree\n", encoding="utf-8")
    table = read_table(path, has_header=False)
    assert table.columns == ["column 1", "column 2"]
    assert table.rows == [["one", "two"], ["three", ""]]


def test_lines_of_text_are_one_column(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Well, yes.\nNo.\n", encoding="utf-8")
    assert read_table(path, has_header=False).rows == [["Well, yes."], ["No."]]


def test_a_table_with_another_column_can_be_read_again(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(CSV, encoding="utf-8")
    table = read_table(path, has_header=True).with_column("translation", ['Tja, "ja"', "Nein,\nn"])
    path.write_text(table.to_csv(), encoding="utf-8")
    assert read_table(path, has_header=True) == table


def test_columns_without_a_name_of_their_own_are_numbered_and_no_cell_is_lost(tmp_path):
    (tmp_path / "a.csv").write_text("id,,id\n1,2,3,4\n", encoding="utf-8")
    table = read_table(tmp_path / "a.csv", has_header=True)
    assert table.columns == ["id", "column 2", "id (column 3)", "column 4"]
    assert table.rows == [["1", "2", "3", "4"]]


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        ("numéro;texte\n1;Bonjour, toi.\n2;Merci.\n", ["numéro", "texte"]),
        ("Bonjour, toi.;1\nMerci, toi.;2\n", ["column 1", "column 2"]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_header_and_separator_are_found_out(tmp_path, content, columns, encoding):
    (tmp_path / "a.csv").write_bytes(content.replace("\n", "\r\n").encode(encoding))
    table = read_table(tmp_path / "a.csv")
    assert table.columns == columns
    assert len(table.rows) == 2


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", "id,text\n", "no row below"),
        ("a.csv", 'id\n"1\n', "not CSV"),
        ("a.csv", " \n", "is empty"),
        ("a.pdf", "x", "must end in .csv, .tsv, .txt"),
        ("a.tsv", b"\xff\xfeabc", "begins as UTF-16 but is cut short"),
    ],
)
def test_what_is_no_table_is_told_in_a_sentence(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=sentence):
        read_table(path, has_header=True)


def test_a_written_table_holds_no_formula_and_says_that_it_is_utf_8():
    table = Table(["=1+1", "text"], [['=HYPERLINK("x")', "-0.5"]]).with_column("hi", ["＠SUM"])
    assert table.to_csv() == ('\ufeff\'=1+1,text,hi\r\n"\'=HYPERLINK(""x"")",-0.5,\'＠SUM\r\n')


@pytest.mark.parametrize("name", ["english", "Text", "Satz", "वाक्य"])
def test_a_lone_column_may_have_a_name_in_the_first_line(tmp_path, name):
    path = tmp_path / "rows.csv"
    path.write_text(f"{name}\nWe are friends.\nHello.\n", encoding="utf-8")
    assert read_table(path).columns == [name]


def test_a_lone_column_of_texts_has_none(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("We are friends.\nHello.\n", encoding="utf-8")
    assert len(read_table(path).rows) == 2
