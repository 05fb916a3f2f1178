"""Tables as other programs write them: what stands around the cells and over the columns."""

import pytest

from tfplay.errors import InputError
from tfplay.text import LabelledText, Pair, Report, read_labelled, read_pairs, write_pairs

PAIRS = [
    Pair("The shop is closed today.", "Der Laden ist heute zu."),
    Pair("My brother repairs clocks.", "Mein Bruder repariert Uhren."),
    Pair("Please, wait outside.", "Bitte warte draußen."),
]
REVIEWS = [
    LabelledText("A slow but honest play.", "good"),
    LabelledText("The sound was awful.", "bad"),
    LabelledText("I would go again.", "good"),
]


def rows(*columns, between: str = "\t") -> str:
    return "".join(between.join(map(str, row)) + "\n" for row in zip(*columns, strict=True))


def in_quotes(cells) -> list[str]:
    return [f'"{cell}"' for cell in cells]


def write(folder, name: str, content: str):
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    return path


SOURCES, TARGETS = zip(*PAIRS, strict=True)
TEXTS, LABELS = zip(*REVIEWS, strict=True)


@pytest.mark.parametrize(
    "content",
    [
        "id\ttext\tid\ttranslation\n" + rows([7, 8, 9], SOURCES, [70, 80, 90], TARGETS),
        rows(["eng"] * 3, SOURCES, ["deu"] * 3, TARGETS),
        rows(["ann", "bob", "ann"], SOURCES, TARGETS),
        "\t0\t1\n" + rows([0, 1, 2], SOURCES, TARGETS),
        "0\t1\n" + rows(SOURCES, TARGETS),
        "英語\tドイツ語\n" + rows(SOURCES, TARGETS),
        "sep=;\nen;de\n" + rows(SOURCES, TARGETS, between=";"),
        '"sep=|"\n' + rows(SOURCES, TARGETS, between="|"),
        rows(in_quotes(SOURCES), in_quotes(TARGETS)),
        "en\tde\n" + rows([7, 8, 9], SOURCES, TARGETS),  # R names rows, but not their column
    ],
)
def test_sentences_are_found_beside_ids_languages_and_authors(tmp_path, content):
    assert read_pairs(write(tmp_path, "a.tsv", content)) == PAIRS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", "text\ttext\tlabel\n" + rows(TEXTS, ["-"] * 3, LABELS)),
        ("a.tsv", "label\tlabel\ttext\n" + rows(LABELS, ["x", "y", "z"], TEXTS)),
        ("a.tsv", '"text"\t"label"\n' + rows(*map(in_quotes, (["1", "2", "3"], TEXTS, LABELS)))),
        ("a.csv", "Kommentar;Bewertung\n" + rows(TEXTS, LABELS, between=";")),
        ("a.csv", "Bewertung;Sterne\n" + rows(TEXTS, LABELS, between=";")),
        ("a.csv", "लेख,वर्गीकरण\n" + rows(TEXTS, LABELS, between=",")),
        ("a.csv", "レビュー,評価\n" + rows(TEXTS, LABELS, between=",")),
        ("a.csv", ",0,1\n" + rows([0, 1, 2], TEXTS, LABELS, between=",")),
        ("a.csv", "Sep=,\r\n" + rows(TEXTS, LABELS, between=",").replace("\n", "\r\n")),
    ],
)
def test_texts_and_labels_are_found_under_headers_of_other_programs(tmp_path, name, content):
    assert read_labelled(write(tmp_path, name, content)) == REVIEWS


def test_of_few_rows_the_labels_are_where_a_value_stands_twice(tmp_path):
    texts = ["good one", "bad one", "so so"]
    labels = ["__label__enjoyable", "__label__terrible", "__label__enjoyable"]
    read = read_labelled(write(tmp_path, "a.tsv", rows(labels, texts)))
    assert read == [LabelledText(*each) for each in zip(texts, labels, strict=True)]


def test_cells_of_a_spreadsheet_lose_their_quotes_and_keep_their_tabs_and_lines(tmp_path):
    content = 'text\tlabel\n"She said ""no""."\tbad\nfine\tgood\n"two\nlines"\tgood\n"a\tb"\tbad\n'
    report = Report()
    assert read_labelled(write(tmp_path, "a.tsv", content), report=report) == [
        LabelledText('She said "no".', "bad"),
        LabelledText("fine", "good"),
        LabelledText("two\nlines", "good"),
        LabelledText("a\tb", "bad"),
    ]
    assert report.text().endswith("4 rows read. The quotes around its cells were taken away.")


@pytest.mark.parametrize(
    "pairs",
    [
        [('"Run," he said.', "x y"), ('"Stay."', "z w"), ("Go.", "u v")],
        [('"Stay."', '"z w"'), ("Go on.", "u v"), ("He is.", "o p")],
        [('5" pipe', '5"-Rohr'), ('"', "quote"), ("Go.", "u v")],
    ],
)
def test_quotes_of_the_text_are_kept(tmp_path, pairs):
    path = write(tmp_path, "a.tsv", rows(*zip(*pairs, strict=True)))
    assert read_pairs(path) == [Pair(*pair) for pair in pairs]


@pytest.mark.parametrize(
    "header",
    [("en-US", "de_AT"), ("eng_Latn", "deu_Latn"), ("sentence_eng_Latn", "sentence_deu_Latn")]
    + [("en_text", "de_text"), ("Text (EN)", "Text (DE)"), ("From", "To"), ("Front", "Back")]
    + [("Question", "Answer"), ("prompt", "completion"), ("Englisch", "Deutsch")],
)
def test_a_first_line_of_names_is_no_pair(tmp_path, header):
    report = Report()
    path = write(tmp_path, "a.tsv", "\t".join(header) + "\n" + rows(SOURCES, TARGETS))
    assert read_pairs(path, report=report) == PAIRS
    assert report.columns == {
        "source": f"column 1 {header[0]!r}",
        "target": f"column 2 {header[1]!r}",
    }
    assert not report.is_guess


@pytest.mark.parametrize(
    "first",
    [
        ("What is the score?", "The title is nice."),
        ("Read the review", "The label on my coat"),
        ("from me", "to you"),
        ("back to work", "answer him"),
    ],
)
def test_a_first_pair_with_a_word_that_columns_have_is_a_pair(tmp_path, first):
    path = write(tmp_path, "a.tsv", "\t".join(first) + "\n" + rows(SOURCES, TARGETS))
    assert read_pairs(path) == [Pair(*first), *PAIRS]


@pytest.mark.parametrize("above", ["Answers of spring,,\n", "# made by hand\n", "a\nb\n"])
def test_a_title_above_the_names_is_left_out_and_told(tmp_path, above):
    content = above + "who,comment,rating\n" + rows("xyz", TEXTS, LABELS, between=",")
    content += rows("uvw", TEXTS, LABELS, between=",")
    report = Report()
    assert read_labelled(write(tmp_path, "a.csv", content), report=report) == REVIEWS * 2
    assert report.num_rows - sum(report.left_out.values()) == 6
    assert report.columns == {"text": "column 2 'comment'", "label": "column 3 'rating'"}


def test_of_a_poll_the_questions_are_names(tmp_path):
    days = ["3/4/2026 10:00:07", "3/4/2026 10:02:11", "3/5/2026 9:00:13"]
    content = '"When","What did you think?","Again?"\n' + rows(days, TEXTS, LABELS, between=",")
    assert read_labelled(write(tmp_path, "a.csv", content)) == REVIEWS


def test_a_column_that_is_mostly_empty_is_neither_text_nor_label(tmp_path):
    texts = [f"{text} {number}" for number, text in enumerate(TEXTS * 5)]
    reasons = ["slow", "slow", "loud", "loud"] + [""] * 11
    remarks = ["Seen from the last row on a very cold evening in January"] + [""] * 14
    path = write(tmp_path, "a.tsv", rows(remarks, reasons, LABELS * 5, texts))
    assert read_labelled(path) == [LabelledText(*e) for e in zip(texts, LABELS * 5, strict=True)]


def test_what_pandas_writes_for_nothing_is_no_label(tmp_path):
    lines = [f'{{"text": "{text}", "label": "{label}"}}' for text, label in REVIEWS]
    report = Report()
    path = write(tmp_path, "a.jsonl", "\n".join([*lines, '{"text": "A play.", "label": NaN}']))
    assert read_labelled(path, report=report) == REVIEWS
    assert report.left_out == {"without a label": 1}


def test_objects_whose_labels_are_lists_are_refused_with_their_reason(tmp_path):
    path = write(tmp_path, "a.jsonl", '{"text": "A play.", "labels": [3]}\n')
    with pytest.raises(InputError, match="strings or numbers, and no lists. It has: 'text'"):
        read_labelled(path)


def test_text_that_goes_on_in_a_column_without_a_name_is_told(tmp_path):
    lines = [f'{label},"{n}: {text}",,' for n, (text, label) in enumerate(REVIEWS * 5)]
    content = "\n".join(["v1,v2,,", *lines, "good,Well,if you ask me,", ""])
    report = Report()
    assert len(read_labelled(write(tmp_path, "a.csv", content), report=report)) == 16
    assert report.notes == ["1 row goes on in a column without a name, which is not read."]


def test_quotes_in_what_was_written_here_are_kept(tmp_path):
    pairs = [Pair('" """', '"a"'), Pair('"b ""c"""', '"d"')]
    write_pairs(tmp_path / "a.tsv", pairs)
    assert read_pairs(tmp_path / "a.tsv") == pairs


@pytest.mark.parametrize("header", ["text,label", "label,text"])
def test_commas_that_split_most_texts_are_refused_by_what_the_first_line_names(tmp_path, header):
    said = [("No, it was awful", "bad"), ("Well, it was fine", "good"), ("Slow", "bad")]
    order = slice(None) if header == "text,label" else slice(None, None, -1)
    content = header + "\n" + "".join(",".join(row[order]) + "\n" for row in said)
    with pytest.raises(
        InputError, match="line 2 has 3 columns, but the first line names 2; a cell"
    ):
        read_labelled(write(tmp_path, "a.csv", content))


@pytest.mark.parametrize(
    "content", ["hi\ten\nhallo\tde\nbye\ten\nciao\tit\n", "no\ten\nja\tde\nso\ten\n"]
)
def test_a_language_that_is_also_further_down_is_no_header(tmp_path, content):
    read = read_labelled(write(tmp_path, "a.tsv", content))
    assert read == [LabelledText(*line.split("\t")) for line in content.splitlines()]
