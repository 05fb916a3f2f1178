import json

import pytest

from tfplay.errors import InputError
from tfplay.text import Question, Report, read_questions

CONTEXT = "Ada was born in London. She died in London too."
BORN = Question(CONTEXT, "Where was Ada born?", "London", 16)
BORN_JSON = {"context": CONTEXT, "question": "Where was Ada born?"}


def squad(*records: dict, context: str = CONTEXT) -> str:
    return json.dumps(
        {"version": "2.0", "data": [{"paragraphs": [{"context": context, "qas": records}]}]}
    )


def asked(*answers: tuple[str, int]) -> dict:
    return {
        "id": "5",
        "question": " Where was Ada born?",
        "answers": [{"text": text, "answer_start": start} for text, start in answers],
    }


def test_squad_is_read_with_the_first_answer_of_each_question(tmp_path):
    (tmp_path / "a.json").write_text(squad(asked(("London", 16), ("in London", 13))))
    assert read_questions(tmp_path / "a.json") == [BORN]


def test_a_question_without_an_answer_is_skipped(tmp_path):
    impossible = asked() | {"is_impossible": True, "plausible_answers": [{"text": "Ada"}]}
    (tmp_path / "a.json").write_text(squad(impossible, asked(("London", 16))))
    assert read_questions(tmp_path / "a.json") == [BORN]


@pytest.mark.parametrize(
    "answer",
    [
        {"answer": "London", "answer_start": 16},
        {"answers": [{"text": "London", "answer_start": 16}, {"text": "Ada", "answer_start": 0}]},
        {"answers": {"text": ["London"], "answer_start": [16]}},
    ],
)
def test_json_lines_give_answers_in_several_ways(tmp_path, answer):
    (tmp_path / "a.jsonl").write_text(json.dumps(BORN_JSON | answer) + "\n\n")
    assert read_questions(tmp_path / "a.jsonl") == [BORN]


@pytest.mark.parametrize("answer", [{"answer": "She"}, {"answers": ["She", "Ada"]}])
def test_an_answer_that_stands_once_needs_no_start(tmp_path, answer):
    (tmp_path / "a.jsonl").write_text(json.dumps(BORN_JSON | answer))
    [question] = read_questions(tmp_path / "a.jsonl")
    assert (question.answer, question.start) == ("She", 24)


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_the_start_moves_with_the_letters_that_composing_joins(tmp_path, name, escaped):
    context, answer = "Cafe\u0301 is in e\u0301lan \u0958", "e\u0301lan"
    start = context.index(answer)
    if name == "a.json":
        text = squad(asked((answer, start)), context=context)
    else:
        record = {"context": context, "question": "?", "answer": answer, "answer_start": start}
        text = json.dumps(record)
    if not escaped:
        text = json.dumps(json.loads(text), ensure_ascii=False)
    (tmp_path / name).write_text(text, encoding="utf-8")
    [question] = read_questions(tmp_path / name)
    assert question.context == "Caf\u00e9 is in \u00e9lan \u0915\u093c"
    assert question.context[question.start :].startswith("\u00e9lan")


def test_a_start_counted_in_utf_16_is_understood(tmp_path):
    context = "🎭 and 👩 met in London."
    (tmp_path / "a.json").write_text(squad(asked(("London", 17)), context=context))
    [question] = read_questions(tmp_path / "a.json")
    assert question.start == context.index("London") == 15


def line(**changes) -> str:
    record = BORN_JSON | {"answer": "London", "answer_start": 16} | changes
    return json.dumps({key: value for key, value in record.items() if value != "left out"})


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.jsonl", line(answer_start="left out"), r"line 1: the answer 'London' stands more than"),
        (
            "a.jsonl",
            line() + "\n" + line(answer="Paris", answer_start="left out"),
            r"a\.jsonl, line 2: the answer 'Paris' does not stand in its context",
        ),
        ("a.jsonl", line(answer_start=19), r"line 1: the answer 'London' .* 19, but 'don\. S'"),
        ("a.jsonl", line(answer_start=-7), r"\"answer_start\" is -7; it must be a whole number"),
        ("a.jsonl", line(answer_start="16"), r"\"answer_start\" is '16'; it must be"),
        ("a.jsonl", line(answer=" "), r"a\.jsonl, line 1 has no answer; it must be a string"),
        ("a.jsonl", line(answer="left out"), r"line 1 has no \"answer\" and no \"answers\""),
        ("a.jsonl", line(answer="left out", answers=[]), r"a\.jsonl has no question with an"),
        ("a.jsonl", line(context="left out"), r"a\.jsonl, line 1 has no context"),
        ("a.jsonl", line(question=7), r"a\.jsonl, line 1 has no question"),
        ("a.jsonl", line()[:-5], r"a\.jsonl, line 1 is cut short"),
        ("a.json", squad(asked(("London", 16)))[:-7], r"a\.json is cut short or damaged"),
        (
            "a.json",
            squad(asked(("London", 16)), asked(("London", 11))),
            r"a\.json, question 2: the answer 'London' does not stand .* at character 11",
        ),
        ("a.json", '{"data": [{"paragraphs": [{"qas": [{}]}]}]}', r"not in the format of SQuAD"),
        ("a.json", "[5, 7]", r"a\.json is not in the format of SQuAD .* after question 0"),
        ("a.json", squad(), r"a\.json has no question with an answer"),
        ("a.csv", line(), r"a\.csv must end in \.json, \.jsonl"),
    ],
)
def test_a_file_that_will_not_do_gets_one_sentence(tmp_path, name, content, complaint):
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=complaint) as caught:
        read_questions(tmp_path / name)
    assert "\n" not in str(caught.value)


CRLF = "First line.\r\nSecond line.\r\nAda lives in Rome, not in Rom."


@pytest.mark.parametrize(
    ("context", "answer", "start", "right"),
    [
        ("🙂🙂🙂🙂🙂 Ada met Bob in Rome. In Rome!", "Rome", 26, 21),
        ("Où est né Æthelred? À Zürich. À Zürich aussi.", "Zürich", 26, 22),
        (CRLF, "Rome", CRLF.replace("\r\n", "\n").index("Rome"), CRLF.index("Rome")),
        (CRLF.replace("\r\n", "\n"), "Rome", CRLF.index("Rome"), CRLF.index("Rome") - 2),
        ("é é é é Rome or Rome", "Rome", 12, 8),
        (CONTEXT, "London", 17, 16),
        (CONTEXT, "London", 14, 16),
        (CONTEXT, " London. ", 15, 16),
        ("Ada was born in Paris.", "Paris", 3, 16),
    ],
    ids=["UTF-16", "UTF-8", "CR LF as one", "LF as two", "NFD", "late", "early", "spaces", "once"],
)
def test_an_answer_is_found_however_its_start_was_counted(tmp_path, context, answer, start, right):
    (tmp_path / "a.json").write_text(squad(asked((answer, start)), context=context))
    report = Report()
    [question] = read_questions(tmp_path / "a.json", report)
    assert (question.answer, question.start) == (answer.strip(), right)
    assert question.context.startswith(question.answer, right)


def test_what_was_moved_and_left_out_is_told(tmp_path):
    records = [asked(("London", 16)), asked(("London", 17)), asked(("Paris", 3)), asked()]
    (tmp_path / "a.json").write_text(squad(*records, asked(("London", 16))))
    report = Report()
    assert read_questions(tmp_path / "a.json", report) == [BORN] * 3
    assert report.num_rows == 4
    assert list(report.left_out.values()) == [1]
    assert "Besides, 1 question without an answer was skipped." in report.text()
    assert "does not stand where the file counts to and was taken where it stands." in report.text()


def flat(*answers) -> dict:
    texts, starts = zip(*answers, strict=True)
    context = json.loads(squad())["data"][0]["paragraphs"][0]["context"]
    question = asked()["question"]
    answers = {"text": texts, "answer_start": starts}
    return {"id": "7", "context": context, "question": question, "answers": answers}


@pytest.mark.parametrize("name", ["a.jsonl", "lines.json", "list.json", "data.json"])
def test_questions_with_a_passage_each_are_read_as_lines_or_as_a_list(tmp_path, name):
    records = [flat(("London", 16)), flat(("Rome", 3), ("London", 16)), flat(("Paris", 3))]
    content = {"list.json": json.dumps(records), "data.json": json.dumps({"data": records})}
    lines = "\n".join(map(json.dumps, records))
    (tmp_path / name).write_text(content.get(name, lines))
    report = Report()
    assert read_questions(tmp_path / name, report) == [BORN] * 2
    assert report.text("question").startswith("3 questions read, 1 left out: 1 whose answer does")


def test_the_first_answer_that_stands_in_the_context_is_taken(tmp_path):
    (tmp_path / "a.json").write_text(squad(asked(("Rome", 3), ("London", 16))))
    assert read_questions(tmp_path / "a.json") == [BORN]


def test_a_damaged_article_does_not_cost_the_others(tmp_path):
    data = json.loads(squad(asked(("London", 16)), asked(("London", 16))))
    data["data"].append({"title": "no paragraphs"})
    (tmp_path / "a.json").write_text(json.dumps(data))
    report = Report()
    assert read_questions(tmp_path / "a.json", report) == [BORN] * 2
    assert report.left_out == {"not in the format of SQuAD": 1}
