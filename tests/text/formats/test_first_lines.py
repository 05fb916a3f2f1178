"""What stands before a table or before its texts: remarks, Anki's words, labels."""

import pytest

from tests.growth import MOST_GROWTH, growth
from tfplay.errors import InputError
from tfplay.text import LabelledText, Pair, Report, read_conll, read_labelled, read_pairs
from tfplay.text.formats.moses import join_halves

PAIRS = [Pair(f"Where is dog {n}?", f"Wo ist Hund {n}?") for n in range(5)]
TEXTS = [LabelledText(f"How far is town {n} ?", ("LOC", "NUM")[n % 2]) for n in range(5)]


def write(folder, name: str, content: str):
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    return path


def rows(separator: str = "\t") -> str:
    return "".join(separator.join(pair) + "\n" for pair in PAIRS)


@pytest.mark.parametrize(
    "content",
    [
        "# made in 2020, by me\n# do not edit\nen\tde\n" + rows(),
        "#separator:tab\n#html:false\n" + rows(),
        "#separator:Semicolon\n" + rows(";"),
        "#separator:tab\n#columns:Front\tBack\n" + rows(),
        "#separator:tab\n#html:true\n#guid column:1\n#deck column:2\n#tags column:5\n"
        + "".join(f"aB{n}#\tWords\t<b>{a}</b>&nbsp;\t{b}\tnew\n" for n, (a, b) in enumerate(PAIRS)),
    ],
)
def test_remarks_and_what_anki_says_are_no_pairs(tmp_path, content):
    report = Report()
    assert read_pairs(write(tmp_path, "cards.txt", content), report=report) == PAIRS
    assert not report.left_out


def test_a_text_that_begins_with_a_hash_sign_is_no_remark(tmp_path):
    tweets = [LabelledText(f"#happy day {n}", ("good", "bad")[n % 2]) for n in range(5)]
    content = "".join(f"{text}\t{label}\n" for text, label in tweets)
    assert read_labelled(write(tmp_path, "tweets.tsv", content)) == tweets


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("train.label", "{label}:other {text}\n"),
        ("train.txt", "{label}:other {text}\n"),
        ("train.txt", "__label__{label} {text}\n"),
    ],
)
def test_a_label_may_stand_before_each_text(tmp_path, name, line):
    content = "".join(line.format(**example._asdict()) for example in TEXTS)
    assert read_labelled(write(tmp_path, name, content)) == TEXTS


def test_the_fine_label_of_trec_can_be_chosen(tmp_path):
    path = write(tmp_path, "a.label", "LOC:city Where is Rome ?\nLOC:other Where is Mars ?\n")
    read = read_labelled(path, {"label": "fine label"})
    assert [example.label for example in read] == ["city", "other"]


@pytest.mark.parametrize("name", ["a.bio", "a.iob", "a.txt.conll", "a.iob2", "a.bioes", "a.ner"])
def test_files_named_after_their_tags_are_tagged_sentences(tmp_path, name):
    path = write(tmp_path, name, "#id=1\nAda\tB-PER\nslept\tO\n\nIn\tO\nRome\tB-LOC\n")
    assert [sentence.words for sentence in read_conll(path)] == [("Ada", "slept"), ("In", "Rome")]


def test_quotes_around_all_texts_of_a_column_are_the_tables(tmp_path):
    examples = TEXTS * 3
    content = "text\tlabel\n" + "".join(f'"{text}"\t{label}\n' for text, label in examples)
    assert read_labelled(write(tmp_path, "a.tsv", content)) == examples


def test_two_files_become_pairs_named_after_their_languages(tmp_path):
    halves = [
        write(tmp_path, f"train.{language}", "".join(f"{pair[place]}\n" for pair in PAIRS))
        for place, language in enumerate(("en", "de"))
    ]
    path, report = join_halves(*halves, tmp_path), Report()
    assert path.name == "train.en-de.tsv"
    assert read_pairs(path, report=report) == PAIRS
    assert report.columns == {"source": "column 1 'en'", "target": "column 2 'de'"}


def test_two_files_of_different_lengths_are_refused(tmp_path):
    halves = write(tmp_path, "a.en", "One.\nTwo.\n"), write(tmp_path, "a.de", "Eins.\n")
    with pytest.raises(InputError, match=r"a\.en has 2 lines and a\.de has 1 line;"):
        join_halves(*halves, tmp_path)


def test_one_half_alone_is_told_that_the_other_is_missing(tmp_path):
    with pytest.raises(InputError, match="only the German half"):
        read_pairs(write(tmp_path, "a.de", "Eins.\n"))


@pytest.mark.parametrize(
    ("name", "advice"), [("a.pdf", "plain text"), ("a.xls", "as CSV"), ("a.zip", "unpack it")]
)
def test_files_without_plain_data_are_refused_with_what_to_do(tmp_path, name, advice):
    with pytest.raises(InputError, match=advice):
        read_labelled(write(tmp_path, name, "a"))


def test_one_bad_row_among_many_is_left_out_and_shown(tmp_path):
    lines = [f"{text},{label}\n" for text, label in TEXTS * 9]
    lines.insert(20, '"never closed,LOC\n')
    report = Report()
    path = write(tmp_path, "a.csv", "text,label\n" + "".join(lines))
    assert read_labelled(path, report=report) == TEXTS * 9
    assert "1 left out: 1 that cannot be read as CSV (the first: a.csv, line 22" in report.text()


@pytest.mark.parametrize("kind", ["#html:true\n", "#columns:", "__label__", "AB:c ", "# "])
def test_first_lines_cost_no_more_than_their_length(tmp_path, kind):
    def make(size: int):
        return write(tmp_path, "a.txt", kind + "<&#" * (size // 6) + f"\n{kind}" * (size // 20))

    def read(path):
        try:
            read_pairs(path)
        except InputError:
            return

    assert growth(read, make) < MOST_GROWTH
