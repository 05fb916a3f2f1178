import pytest

from tfplay.errors import InputError
from tfplay.text import Report, TaggedSentence, read_conll, to_iob2

SENTENCES = [
    TaggedSentence(("Ada", "Lovelace", "met", "Mary"), ("B-PER", "I-PER", "O", "B-PER")),
    TaggedSentence(("Rome", "."), ("B-LOC", "O")),
]
IOB2 = "Ada B-PER\nLovelace I-PER\nmet O\nMary B-PER\n\nRome B-LOC\n. O\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.conll", IOB2),
        ("a.txt", IOB2.replace("B-", "I-")),
        ("a.tsv", IOB2.replace(" ", "\t")),
        ("a.conll", IOB2.replace(" ", " NNP I-NP ")),
        ("a.conll", "-DOCSTART- -X- O O\n\n" + IOB2.replace("\n\n", "\n \n\n-DOCSTART- O\n\n")),
        ("a.conll", IOB2.replace("\n", "\r\n").rstrip()),
        ("a.conll", IOB2.replace(" ", "   ").replace("Ada", "  Ada")),
    ],
    ids=["IOB2", "IOB1", "tabs", "four columns", "documents", "CRLF", "spaces"],
)
def test_every_way_to_write_tags_is_read(tmp_path, name, content):
    (tmp_path / name).write_bytes(content.encode())
    assert read_conll(tmp_path / name) == SENTENCES


@pytest.mark.parametrize(
    ("tags", "iob2"),
    [
        ("I-A I-A B-A I-A", "B-A I-A B-A I-A"),
        ("I-A I-B O I-B", "B-A B-B O B-B"),
        ("B-A I-B I-B", "B-A B-B I-B"),
        ("O O", "O O"),
        ("", ""),
    ],
)
def test_every_span_begins_with_b(tags, iob2):
    assert to_iob2(tags.split()) == tuple(iob2.split())
    assert to_iob2(to_iob2(tags.split())) == tuple(iob2.split())


def test_a_word_with_a_space_is_kept_between_tabs(tmp_path):
    (tmp_path / "a.tsv").write_text("New York\tB-LOC\n")
    assert read_conll(tmp_path / "a.tsv") == [TaggedSentence(("New York",), ("B-LOC",))]


def test_wikigold_is_read(shared_data):
    sentences = read_conll(shared_data / "wikigold" / "wikigold.conll.txt")
    assert len(sentences) == 1_696
    assert sum(len(sentence.words) for sentence in sentences) == 39_007
    spans = [tag[2:] for sentence in sentences for tag in sentence.tags if tag.startswith("B-")]
    assert {kind: spans.count(kind) for kind in set(spans)} == {
        "LOC": 1014,
        "MISC": 712,
        "ORG": 898,
        "PER": 934,
    }


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.conll", "Ada B-PER\nmet\n", r"a\.conll, line 2 has one column, 'met'; it needs a word"),
        ("a.tsv", "Ada\tB-PER\n\tO\n", r"a\.tsv, line 2 has one column, 'O'"),
        ("a.conll", "Ada B-PER\nmet X-PER\n", r"a\.conll, line 2 has the tag 'X-PER'; it must be"),
        ("a.conll", "Ada B-\n", r"a\.conll, line 1 has the tag 'B-'"),
        ("a.conll", "Ada PER\n", r"a\.conll, line 1 has the tag 'PER'"),
        ("a.conll", "Ada O\n\nmet O\n", r"a\.conll tags no word as part of a span"),
        ("a.conll", "-DOCSTART- O\n", r"a\.conll tags no word"),
        ("a.conll", " \n", r"a\.conll is empty"),
        ("a.csv", "Ada,B-PER", r"a\.csv must end in \.conll, \.conllu, \.txt, \.tsv"),
    ],
)
def test_a_file_that_will_not_do_gets_one_sentence(tmp_path, name, content, complaint):
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=complaint) as caught:
        read_conll(tmp_path / name)
    assert "\n" not in str(caught.value)


LINES = IOB2.split("\n")


def with_middle(column: str) -> str:
    return "\n".join(f"{line} {column}" if line else "" for line in IOB2.split("\n"))


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        (IOB2.replace("Mary B-", "Mary S-"), None),
        (IOB2.replace("Lovelace I-", "Lovelace L-").replace("Rome B-", "Rome U-"), None),
        ("\n".join(" ".join(line.split()[::-1]) for line in IOB2.split("\n")), None),
        (IOB2.replace("\n\n", "\n\n# sent_id = 2\n"), None),
        (IOB2.replace("\n\n", "\n\n# id 5c2e\tdomain=en\n"), None),
        (IOB2.replace("Lovelace I-", "Lovelace M-"), None),
        ("Token NER\n" + IOB2, None),
        ("NER\tword\n" + IOB2.replace(" ", "\t"), None),
        ("first second\n" + IOB2, {"header": "yes"}),
        ("\n".join(f"{n} {line}" if line else "" for n, line in enumerate(LINES)), None),
        (with_middle("x"), {"word": 1, "tag": 2}),
    ],
)
def test_other_ways_to_write_spans_are_understood(tmp_path, content, columns):
    (tmp_path / "a.conll").write_text(content)
    assert read_conll(tmp_path / "a.conll", columns) == SENTENCES


def test_tags_without_spans_are_read_as_they_are(tmp_path):
    (tmp_path / "a.tsv").write_text("Ada\tNOUN\nruns\tVERB\n\nDogs\tNOUN\nrun\tVERB\n")
    assert read_conll(tmp_path / "a.tsv")[0] == TaggedSentence(("Ada", "runs"), ("NOUN", "VERB"))


def test_prose_whose_lines_end_alike_has_no_tags(tmp_path):
    lines = ["The night was long .", "= Heading =", "Nobody came .", "= Two =", "We left at dawn ."]
    (tmp_path / "a.txt").write_text("\n\n".join(lines * 3))
    with pytest.raises(InputError, match=r"line 1 has the tag '\.'; it must be O, or B-"):
        read_conll(tmp_path / "a.txt")


def test_of_conll_u_form_and_part_of_speech_are_read(tmp_path):
    words, tags = ("Ada", "runs", "Dogs", "run"), ("NOUN", "VERB", "NOUN", "VERB")
    lines = [
        f"{number}\t{word}\t_\t{tag}\t_\t_\t0\t_\t_\t_"
        for number, (word, tag) in enumerate(zip(words, tags, strict=True), start=1)
    ]
    (tmp_path / "a.conll").write_text("# text = Ada runs\n" + "\n".join(lines))
    assert read_conll(tmp_path / "a.conll") == [TaggedSentence(words, tags)]


def test_of_conll_u_one_short_sentence_will_do_and_only_words_count(tmp_path):
    written = [("1-2", "Don't", "_"), ("1", "Do", "AUX"), ("2", "n't", "PART"), ("3", "go", "VERB")]
    lines = [
        f"{number}\t{word}\t_\t{tag}\t_\t_\t_\t_\t_\t_"
        for number, word, tag in [*written, ("3.1", "there", "ADV")]
    ]
    (tmp_path / "a.conllu").write_text("# sent_id = 1\n" + "\n".join(lines) + "\n")
    [sentence] = read_conll(tmp_path / "a.conllu")
    assert sentence == TaggedSentence(("Do", "n't", "go"), ("AUX", "PART", "VERB"))


def test_a_tag_that_was_chosen_may_be_anything(tmp_path):
    content = "EU NNP B-ORG\nrejects VBZ O\nGerman JJ B-MISC\ncalls NNS O\n"
    (tmp_path / "a.conll").write_text(content)
    [sentence] = read_conll(tmp_path / "a.conll", {"tag": 2})
    assert sentence.tags == ("NNP", "VBZ", "JJ", "NNS")


def test_the_columns_that_were_taken_are_told(tmp_path):
    (tmp_path / "a.tsv").write_text("B-PER\tAda\nO\truns\n\nO\tDogs\nO\trun\n")
    report = Report()
    read_conll(tmp_path / "a.tsv", report=report)
    assert report.text("sentence") == "Word: the last column; tag: column 1. 2 sentences read."


def test_a_bad_line_costs_its_sentence_only(tmp_path):
    (tmp_path / "a.conll").write_text(f"{IOB2}\nAda PERSON\n")
    report = Report()
    assert read_conll(tmp_path / "a.conll", report=report) == SENTENCES
    assert report.left_out == {"with an unknown tag": 1}
