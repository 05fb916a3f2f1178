"""Tables whose rows are objects, and those that are no text: Parquet, Excel, TMX."""

import json
import zipfile
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from tfplay.errors import InputError
from tfplay.text import LabelledText, Pair, Report, read_conversations, read_labelled, read_pairs
from tfplay.text.formats import records

PAIRS = [Pair(f"My dog number {n} sleeps.", f"मेरा कुत्ता नंबर {n} सोता है।") for n in range(7)]
TEXTS = [LabelledText(f"a rather good film {n}", ("false", "true")[n % 2]) for n in range(7)]
BY_LANGUAGE = [{"id": n, "translation": {"en": a, "hi": b}} for n, (a, b) in enumerate(PAIRS)]
BY_LABEL = [{"label": label == "true", "text": text} for text, label in TEXTS]


@pytest.mark.parametrize("content", [BY_LANGUAGE, {"version": 1, "data": BY_LANGUAGE}])
def test_a_json_list_of_objects_is_read_as_rows(tmp_path, content):
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert read_pairs(path) == PAIRS


def test_labels_that_are_booleans_are_words(tmp_path):
    path = tmp_path / "texts.json"
    path.write_text(json.dumps(BY_LABEL), encoding="utf-8")
    assert read_labelled(path) == TEXTS


def test_json_without_a_list_is_refused(tmp_path):
    path = tmp_path / "texts.json"
    path.write_text('{"text": "alone"}', encoding="utf-8")
    with pytest.raises(InputError, match="has no list of objects"):
        read_labelled(path)


def test_prompts_and_completions_may_be_lists_of_messages(tmp_path):
    said = [{"role": "user", "content": "Hello!"}], [{"role": "assistant", "content": "Hi!"}]
    path = tmp_path / "chats.json"
    path.write_text(json.dumps([dict(zip(("prompt", "completion"), said, strict=True))] * 2))
    assert read_conversations(path) == [[*said[0], *said[1]]] * 2


def write_parquet(path: Path, rows: list[dict]) -> Path:
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    return path


def test_parquet_is_read_with_the_columns_within_its_columns(tmp_path):
    assert read_pairs(write_parquet(tmp_path / "pairs.parquet", BY_LANGUAGE)) == PAIRS
    assert read_labelled(write_parquet(tmp_path / "texts.parquet", BY_LABEL)) == TEXTS


def test_parquet_that_unpacks_to_too_much_is_refused_before_it_does(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "MAX_BYTES", 1_000_000)
    rows = [{"text": "a" * 10_000, "label": n % 2} for n in range(200)]
    path = write_parquet(tmp_path / "bomb.parquet", rows)
    assert path.stat().st_size < 10_000
    with pytest.raises(InputError, match="holds more than"):
        read_labelled(path)


@pytest.mark.parametrize("content", [b"", b"PAR1PAR1", b"text,label\n"])
def test_what_only_ends_as_parquet_is_refused(tmp_path, content):
    path = tmp_path / "texts.parquet"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a whole Parquet file"):
        read_labelled(path)


MEMORY = """<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en-US"/><body>{units}</body></tmx>"""
UNIT = '<tu><tuv xml:lang="en-US"><seg>{}</seg></tuv><tuv xml:lang="hi"><seg>{}</seg></tuv></tu>'


def write_memory(folder: Path, units: str) -> Path:
    path = folder / "memory.tmx"
    path.write_text(MEMORY.format(units=units), encoding="utf-8")
    return path


def test_a_translation_memory_is_pairs_without_formatting_codes(tmp_path):
    coded = [("<bpt i='1'>&lt;b&gt;</bpt>" + source, target) for source, target in PAIRS]
    path = write_memory(tmp_path, "".join(UNIT.format(*pair) for pair in coded))
    report = Report()
    assert read_pairs(path, report=report) == PAIRS
    assert report.columns == {"source": "column 1 'en-US'", "target": "column 2 'hi'"}


def test_a_unit_without_one_of_the_languages_is_left_out(tmp_path):
    units = [UNIT.format(*pair) for pair in PAIRS]
    units.insert(3, '<tu><tuv xml:lang="hi"><seg>अकेला</seg></tuv></tu>')
    report = Report()
    assert read_pairs(write_memory(tmp_path, "".join(units)), report=report) == PAIRS
    assert "1 without a source (the first: memory.tmx, unit 4" in report.text()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><tmx>&b;</tmx>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "declares entities"),
        ("<tmx><tu><tuv>", "cut short or damaged"),
        ("<tmx></tmx>", "has no <tu>"),
    ],
)
def test_a_memory_that_is_harmful_or_damaged_is_refused(tmp_path, content, problem):
    path = tmp_path / "memory.tmx"
    path.write_text(content)
    with pytest.raises(InputError, match=problem):
        read_pairs(path)


def write_workbook(path: Path, rows: list[list]) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()  # its first sheet stays empty
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_the_first_sheet_with_anything_is_read_from_a_workbook(tmp_path):
    rows = [["text", None, "label"], *([text, 1.5, label == "true"] for text, label in TEXTS)]
    assert read_labelled(write_workbook(tmp_path / "texts.xlsx", rows)) == TEXTS


def test_a_workbook_that_is_cut_short_is_refused(tmp_path):
    path = write_workbook(tmp_path / "texts.xlsx", [["text", "label"], *TEXTS])
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(InputError, match="not a whole Excel workbook"):
        read_labelled(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path):
    path = write_workbook(tmp_path / "texts.xlsx", [["text", "label"], *TEXTS])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/large.xml", bytes(201 * 1024**2))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(InputError, match="unpacks to"):
        read_labelled(path)


def test_a_workbook_whose_xml_declares_entities_is_refused(tmp_path):
    path = write_workbook(tmp_path / "texts.xlsx", [["text", "label"], *TEXTS])
    bomb = '<!DOCTYPE a [<!ENTITY b "cccc">]><worksheet><sheetData>&b;</sheetData></worksheet>'
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, bomb if "worksheets/" in name else content)
    with pytest.raises(InputError, match="damaged"):
        read_labelled(path)


def test_a_cell_far_to_the_right_does_not_cost_a_sheet_of_blanks(tmp_path):
    pytest.importorskip("openpyxl")
    path = write_workbook(tmp_path / "texts.xlsx", [["text", "label"], *TEXTS, [None] * 5000 + [1]])
    with pytest.raises(InputError, match="row 9 has 5,001 columns; the most is 1,000"):
        read_labelled(path)
