import gzip

import pytest

from tfplay.errors import InputError
from tfplay.text import LabelledText, read_labelled

EXAMPLES = [LabelledText("A quiet, funny film.", "1"), LabelledText("Dull.", "0")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", '"A quiet, funny film.",1\nDull.,0\n'),
        ("a.csv", 'text,label\n"A quiet, funny film.",1\nDull.,0\n'),
        ("a.csv", 'id,Label,Sentence\n7,1,"A quiet, funny film."\n8,0,Dull.\n'),
        ("a.tsv", "A quiet, funny film.\t1\nDull.\t0\textra\n"),
        ("a.tsv", "sentiment\treview\n1\tA quiet, funny film.\n\n0\tDull.\n"),
        ("a.jsonl", '{"label": 1, "text": "A quiet, funny film."}\n{"text":"Dull.","label":"0"}'),
        ("a.jsonl", '{"class": 1, "review": "A quiet, funny film."}\n{"text":"Dull.","label":0}'),
    ],
)
@pytest.mark.parametrize("gzipped", [False, True])
def test_every_format_and_order_of_columns_is_read(tmp_path, name, content, gzipped):
    file = tmp_path / (name + ".gz" if gzipped else name)
    file.write_bytes(gzip.compress(content.encode()) if gzipped else content.encode())
    assert read_labelled(file) == EXAMPLES


def test_a_cell_in_quotes_may_have_line_breaks(tmp_path):
    (tmp_path / "a.csv").write_bytes(b'text,label\r\n"First.\r\nSecond, ""third"".",a\r\nb,c\r\n')
    assert read_labelled(tmp_path / "a.csv")[0] == LabelledText('First.\nSecond, "third".', "a")


def test_quotes_mean_nothing_between_tabs(tmp_path):
    (tmp_path / "a.tsv").write_text('"Well," he said\tyes\nno "\tno\n')
    assert read_labelled(tmp_path / "a.tsv")[0] == LabelledText('"Well," he said', "yes")


def test_texts_and_labels_are_composed(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"text": "cafe\\u0301", "label": "e\\u0301"}\n{"text": "a", "label": "b"}'
    )
    assert read_labelled(tmp_path / "a.jsonl")[0] == LabelledText("caf\u00e9", "\u00e9")


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.csv", "good,1\nno label here\n", r"a\.csv, line 2 has 1 of at least 2 columns"),
        ("a.csv", "id,label,text\n1,0,a\n2,1\n", r"a\.csv, line 3 has 2 of at least 3 columns"),
        ("a.csv", "good,1\nbad,\n", r"a\.csv, line 2 has an empty label"),
        ("a.tsv", "good\t1\n \t0\n", r"a\.tsv, line 2 has an empty text"),
        ("a.csv", "text,label\n", r"a\.csv has no text with a label"),
        ("a.csv", "text,label\na,1\nb,1\n", r"a\.csv has only one label, '1'; .* at least two"),
        ("a.csv", 'a,1\n"b,2\n', r"a\.csv, line 2 is not CSV"),
        (
            "a.jsonl",
            '{"text": "a", "label": 1}\n{"text": "b"}',
            r"a\.jsonl, line 2 has an empty label",
        ),
        ("a.jsonl", '{"text": "a", "label": null}', r"line 1 has an empty label"),
        ("a.jsonl", '{"text": "a", "la', r"a\.jsonl, line 1 is cut short or is not JSON"),
        ("a.jsonl", '["a", "b"]', r"a\.jsonl, line 1 is not a JSON object"),
        ("a.csv", "\n", r"a\.csv is empty"),
        ("a.csv", "a,1\nb,\0", r"a\.csv is a binary file"),
        ("a.pdf", "a,1", r"a\.pdf must end in \.csv, \.tsv, \.txt, \.jsonl"),
    ],
)
def test_a_file_that_will_not_do_gets_one_sentence(tmp_path, name, content, complaint):
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=complaint) as caught:
        read_labelled(tmp_path / name)
    assert "\n" not in str(caught.value)
