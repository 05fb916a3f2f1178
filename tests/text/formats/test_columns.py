"""A column is what it holds: files as people have them."""

import json

import pytest

from tfplay.errors import InputError
from tfplay.text import LabelledText, Pair, Report, read_conll, read_labelled, read_pairs
from tfplay.text.formats.grid import columns_to_text, parse_columns

GERMAN = [
    Pair("It is raining again, bring a coat.", "Es regnet wieder, nimm einen Mantel."),
    Pair("Nobody knew the answer.", "Niemand wusste die Antwort."),
    Pair("The library opens at nine.", "Die Bibliothek öffnet um neun."),
    Pair("She sold her old bicycle.", "Sie verkaufte ihr altes Fahrrad."),
]
REVIEWS = [
    LabelledText("A warm, clever little film.", "positive"),
    LabelledText("Two hours that I want back.", "negative"),
    LabelledText("The cast is wonderful; see it twice.", "positive"),
    LabelledText("Loud, long and empty.", "negative"),
    LabelledText("I laughed all the way home.", "positive"),
]


def write(path, text: str, encoding: str = "utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def quoted(cell: str) -> str:
    return f'"{cell}"'


def tabbed(*columns) -> str:
    return "".join("\t".join(map(str, row)) + "\n" for row in zip(*columns, strict=True))


SOURCES, TARGETS = zip(*GERMAN, strict=True)
TEXTS, LABELS = zip(*REVIEWS, strict=True)
REMARK = "CC-BY 2.0 (France) Attribution: tatoeba.org #{} (ann) & #{} (bob)"


@pytest.mark.parametrize(
    "content",
    [
        tabbed([4410, 4411, 4417, 5003], SOURCES, [77, 79, 83, 89], TARGETS),
        tabbed(SOURCES, TARGETS, [REMARK.format(n, n + 7) for n in range(4)]),
        "English\tGerman\n" + tabbed(SOURCES, TARGETS),
        "id\ten\tde\n" + tabbed([1, 2, 3, 4], SOURCES, TARGETS),
        "Satz\tÜbersetzung\n" + tabbed(SOURCES, TARGETS),
        "English words/sentences\tGerman words/sentences\n" + tabbed(SOURCES, TARGETS),
        tabbed(["2021-03-04", "2021-03-05", "2021-04-01", "2021-05-02"], SOURCES, TARGETS),
        tabbed(SOURCES, [f"https://example.org/{n}" for n in range(4)], TARGETS),
        tabbed(["48.1, 11.5", "52.5, 13.4", "50.9, 6.9", "53.5, 9.9"], SOURCES, TARGETS),
        tabbed(["a1b2c3d4e5", "b1b2c3d4e6", "c1b2c3d4e7", "d1b2c3d4e8"], SOURCES, TARGETS),
        "target\tsource\n" + tabbed(TARGETS, SOURCES),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_pairs_are_found_among_other_columns(tmp_path, content, encoding):
    assert read_pairs(write(tmp_path / "a.tsv", content, encoding)) == GERMAN


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
@pytest.mark.parametrize("header", ["", "en{}de\n", "Source{}Target\n"])
def test_pairs_are_read_whatever_stands_between_their_columns(tmp_path, delimiter, header):
    rows = "".join(f"{quoted(s)}{delimiter}{quoted(t)}\r\n" for s, t in GERMAN)
    path = write(tmp_path / "a.csv", header.format(delimiter) + rows)
    assert read_pairs(path) == GERMAN


@pytest.mark.parametrize(
    "record",
    [
        lambda s, t: {"translation": {"en": s, "de": t}},
        lambda s, t: {"id": 7, "sentence_de": t, "source": s, "target": t},
        lambda s, t: {"score": 0.93, "src": s, "tgt": t, "tags": ["x"]},
    ],
)
def test_pairs_in_objects_are_found_by_their_keys(tmp_path, record):
    lines = "\n".join(json.dumps(record(*pair)) for pair in GERMAN)
    assert read_pairs(write(tmp_path / "a.jsonl", lines)) == GERMAN


@pytest.mark.parametrize(
    "pairs",
    [
        [("one", "eins"), ("two", "zwei"), ("three", "drei")],
        [("1", "one"), ("2", "two"), ("12", "twelve"), ("30", "thirty")],
        [("12+7", "19"), ("3+5", "8"), ("20+1", "21")],
        [("Tuesday 5 March 2024", "2024-03-05"), ("1 May 1999", "1999-05-01")],
        [("text", "पाठ"), ("label", "लेबल"), ("word", "शब्द")],
        [("Hi", "Hallo"), *GERMAN],
        [("x = 1", "let x = 1;"), ("print(x)", "console.log(x);")],
        [("Wow!", "वाह!")],
        [("Yes.", "Ja."), ("Yes!", "Ja!"), ("No.", "Nein."), ("No!", "Nein!")],
    ],
)
def test_short_pairs_numbers_in_words_and_code_are_pairs(tmp_path, pairs):
    path = write(tmp_path / "a.tsv", tabbed(*zip(*pairs, strict=True)))
    assert read_pairs(path) == [Pair(*pair) for pair in pairs]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (tabbed([21, 22, 23, 24], SOURCES), "column 1 holds ids and no sentences"),
        (tabbed(SOURCES, ["a-1", "a-2", "a-3", "a-4"]), "column 2 holds ids"),
        (tabbed(["1.25", "3.5", "7.75"], ["2.5", "9.25", "8.5"]), "holds numbers"),
        (tabbed(TEXTS, LABELS), r"column 2 holds labels \(negative, positive\).*classification"),
        ("review\tsentiment\n" + tabbed(TEXTS[:2], LABELS[:2]), "holds labels"),
        (tabbed(LABELS, TEXTS), "column 1 holds labels"),
        (tabbed(SOURCES, [" "] * 4), "column 2 holds nothing"),
    ],
)
def test_columns_without_sentences_are_refused_with_the_reason(tmp_path, content, complaint):
    with pytest.raises(InputError, match=complaint):
        read_pairs(write(tmp_path / "a.tsv", content))


@pytest.mark.parametrize(
    ("columns", "complaint"),
    [
        ({"source": 1, "target": 1}, "would be both source and target"),
        ({"source": 5}, "no column 5 for the source; it has 2 columns"),
        ({"source": "fr"}, "no column 'fr' for the source"),
        ({"label": 1}, "no column for 'label': those are source, target"),
        ({"source": 0}, "give its number, from 1, or its name"),
        ({"source": True}, "give its number"),
        ({"header": "maybe"}, 'must be "yes" or "no"'),
    ],
)
def test_columns_that_cannot_be_are_told(tmp_path, columns, complaint):
    with pytest.raises(InputError, match=complaint):
        read_pairs(write(tmp_path / "a.tsv", tabbed(SOURCES, TARGETS)), columns)


def test_chosen_columns_are_taken_by_number_and_by_name(tmp_path):
    path = write(tmp_path / "a.tsv", "x\ty\tz\n" + tabbed(TARGETS, "abcd", SOURCES))
    report = Report()
    assert read_pairs(path, {"source": "Z", "target": 1}, report) == GERMAN
    assert report.text() == "Source: column 3 'z'; target: column 1 'x'. 4 rows read."
    as_data = read_pairs(path, {"source": 3, "target": 1, "header": "no"})
    assert as_data == [Pair("z", "x"), *GERMAN]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", tabbed(LABELS, TEXTS)),
        ("a.txt", tabbed(TEXTS, LABELS)),
        ("a.tsv", tabbed([311, 312, 313, 314, 315], LABELS, TEXTS)),
        ("a.csv", "v1,v2,,,\n" + "".join(f'{b},"{a}",,,\n' for a, b in REVIEWS)),
        ("a.csv", "Texte;Étiquette\n" + "".join(f'"{a}";{b}\n' for a, b in REVIEWS)),
        ("a.csv", "पाठ,लेबल\n" + "".join(f'"{a}",{b}\n' for a, b in REVIEWS)),
        ("a.csv", "review|sentiment\n" + "".join(f'"{a}"|{b}\n' for a, b in REVIEWS)),
        ("a.csv", "airline_sentiment_gold,airline_sentiment,text\n"
         + "".join(f',{b},"{a}"\n' for a, b in REVIEWS)),
        ("a.csv", "class,title,description\n"
         + "".join(f'{b},Film {n},"{a}"\n' for n, (a, b) in enumerate(REVIEWS))),
    ],
)  # fmt: skip
def test_text_and_label_are_found_wherever_they_stand(tmp_path, name, content):
    assert read_labelled(write(tmp_path / name, content)) == REVIEWS


def test_tweets_as_sentiment140_has_them(tmp_path):
    users = ["ann", "bob", "cy", "ann", "dan"]
    content = "".join(
        f'"{4 if label == "positive" else 0}","{1467810369 + n}","Mon Apr 06 22:19:4{n} PDT 2009",'
        f'"NO_QUERY","{users[n]}","{text}"\n'
        for n, (text, label) in enumerate(REVIEWS)
    )
    report = Report()
    examples = read_labelled(write(tmp_path / "a.csv", content, "cp1252"), report=report)
    assert [example.label for example in examples] == ["4", "0", "4", "0", "4"]
    assert [example.text for example in examples] == list(TEXTS)
    assert report.columns == {"text": "column 6", "label": "column 1"}


def test_windows_letters_are_read_and_told(tmp_path):
    report = Report()
    content = "text,label\n" + "".join(f'"{a} Café £5",{b}\n' for a, b in REVIEWS)
    examples = read_labelled(write(tmp_path / "a.csv", content, "cp1252"), report=report)
    assert examples[0].text.endswith("Café £5")
    assert "Windows-1252" in report.text()


def test_rows_that_will_not_do_are_left_out_and_counted(tmp_path):
    bad = '"no label",\n,positive\n"one",two,three\nonly one cell\n"open quote,positive\n'
    rows = "".join(f'"{a}",{b}\n' for a, b in REVIEWS * 2)
    report = Report()
    path = write(tmp_path / "a.csv", "text,label\n" + rows + bad)
    assert read_labelled(path, report=report) == REVIEWS * 2
    assert report.num_rows == 15
    assert report.left_out == {
        "without a label": 1,
        "without a text": 1,
        "with too many columns": 1,
        "with too few columns": 1,
        "that cannot be read as CSV": 1,
    }
    assert "15 rows read, 5 left out: 1 without a label" in report.text()


def test_a_file_of_pairs_has_no_labels(tmp_path):
    with pytest.raises(InputError, match="has no column of labels"):
        read_labelled(write(tmp_path / "a.tsv", tabbed(SOURCES, TARGETS)))


def test_many_labels_are_no_classes_and_are_told_in_time_linear_in_them(tmp_path):
    content = "text,label\n" + "".join(f"text {n},{n}\n" for n in range(20_011))
    with pytest.raises(InputError, match=r"20,011 different labels; the most is 1,000"):
        read_labelled(write(tmp_path / "a.csv", content))


def test_many_tags_are_no_classes(tmp_path):
    content = "".join(f"word B-{n}\n\n" for n in range(10_007))
    with pytest.raises(InputError, match=r"10,007 different tags; the most is 1,000"):
        read_conll(write(tmp_path / "a.conll", content))


def test_one_column_of_many_megabytes_is_one_sentence(tmp_path):
    path = write(tmp_path / "a.tsv", "a sentence of its own\n" * 20_011)
    with pytest.raises(InputError, match="line 1 needs two columns"):
        read_pairs(path)
    with pytest.raises(InputError, match="has 1 of at least 2 columns"):
        read_labelled(path)


def test_columns_are_written_as_text_that_gives_them_back():
    columns = {"source": 2, "target": "a, b", "header": "yes"}
    assert parse_columns(columns_to_text(columns)) == columns
    for name in ("2", "0", "'v2'", "a=b", '"', "'", "it's", "लेबल"):
        assert parse_columns(columns_to_text({"text": name, "label": 3})) == {
            "text": name,
            "label": 3,
        }
    assert columns_to_text({"text": 2, "label": 1}) == "text=2,label=1"


@pytest.mark.parametrize("text", ["", "source", "source=", "=2", "a=1,a=2", "text=0", ","])
def test_columns_that_are_no_such_text_are_told(text):
    with pytest.raises(InputError, match="not understood|from 1"):
        parse_columns(text)
