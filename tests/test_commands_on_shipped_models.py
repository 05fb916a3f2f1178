"""The commands that use a model, on the models that come with TFPlay."""

import io
import json
import time

import pytest

import tfplay
from tests.jobs.samples import write_text
from tests.jobs.test_supervisor import mounted
from tfplay.__main__ import main
from tfplay.showing.flow import Flow, example_flow
from tfplay.text import read_pairs
from tfplay.trust import NEW_WORDS, UNLIKE


@pytest.fixture
def result(capsys):
    """Runs a command; its result."""

    def run(*arguments):
        assert main([str(argument) for argument in arguments]) == 0
        return json.loads(capsys.readouterr().out.splitlines()[-1])

    return run


@pytest.fixture
def refusal(capsys):
    """Runs a command that must be refused; the sentence it says."""

    def run(*arguments):
        assert main([str(argument) for argument in arguments]) == 2
        [sentence] = capsys.readouterr().err.splitlines()
        return sentence

    return run


def test_the_sentence_of_the_notes_is_translated(result):
    told = result("translate", "--model", "translator", "We are friends.")
    assert told["translation"] == "हम दोस्त हैं।"


@pytest.mark.parametrize(
    ("text", "label"),
    [("I love this film.", "positive"), ("What a waste of time.", "negative")],
)
def test_a_sentiment_is_told_with_probabilities(result, text, label):
    told = result("classify", text)
    assert told["label"] == label
    assert sum(told["probabilities"].values()) == pytest.approx(1, abs=1e-5)
    assert told["probabilities"][label] > 0.5


def test_a_flow_is_what_start_draws_and_may_be_kept_in_a_file(result, refusal, tmp_path):
    example = example_flow("sentiment")
    asked = ("flow", "--model", "sentiment", example.text)
    assert result(*asked)["choices"] == example.choices
    place = tmp_path / "flow.json"
    assert result(*asked, "--out", place) == {"out": str(place)}
    assert Flow.from_json(json.loads(place.read_text(encoding="utf-8"))).text == example.text
    assert "digits" in refusal("flow", "--model", "digits", "seven").lower()


@pytest.mark.parametrize(
    ("text", "judgement", "unfamiliar"),
    [
        ("The film was not bad at all.", "", []),
        ("The film was a glimmerpot.", NEW_WORDS, ["glimmerpot"]),
        ("Der Zug kommt zu spät", UNLIKE, ["Der", "Zug", "kommt", "zu", "spät"]),
    ],
)
def test_an_answer_is_told_with_whether_to_doubt_it(result, text, judgement, unfamiliar):
    told = result("classify", "--model", "sentiment", text)
    assert (told["judgement"], told["unfamiliar"]) == (judgement, unfamiliar)
    assert told["certainty"] == pytest.approx(max(told["probabilities"].values()))


@pytest.mark.parametrize(
    "arguments",
    [
        ("translate", "--model", "translator", "Quarterly dividends plummeted amid turmoil."),
        ("tag", "Quarterly dividends plummeted amid regulatory turmoil."),
        ("fill", "Quarterly [MASK] plummeted amid regulatory turmoil."),
        ("answer", "Why did dividends plummet?", "--context", "They plummeted amid turmoil."),
        ("generate", "--model", "text", "--prompt", "Quarterly dividends plummeted amid turmoil."),
    ],
)
def test_every_answer_to_unfamiliar_text_is_doubted(result, arguments):
    assert result(*arguments)["judgement"] == UNLIKE


def test_entities_are_told_with_their_place_in_the_text(result):
    text = "Maria Lopez moved to Lisbon in March."
    told = result("tag", text)
    spans = {entity["label"]: text[entity["start"] : entity["end"]] for entity in told["entities"]}
    assert spans["PER"] == "Maria Lopez"
    assert spans["LOC"] == "Lisbon"


def test_masks_are_filled_with_probabilities(result):
    told = result("fill", "The [MASK] barked at the cat.", "--top", "3")
    [candidates] = told["masks"]
    assert len(candidates) == 3
    probabilities = [candidate["probability"] for candidate in candidates]
    assert probabilities == sorted(probabilities, reverse=True)


def test_an_answer_stands_in_its_passage(result):
    context = "Ella has a white hamster. One day the hamster ran away, and Rosa found it."
    told = result("answer", "Who found the hamster?", "--context", context)
    assert told["answer"] == "Rosa"
    assert context[told["start"] : told["end"]] == told["answer"]


def test_a_chat_remembers_a_name_that_nobody_has(result, tmp_path):
    messages = [
        {"role": "user", "content": "My name is Zorimel."},
        {"role": "assistant", "content": "Nice to meet you, Zorimel."},
        {"role": "user", "content": "What is 2 plus 3?"},
        {"role": "assistant", "content": "2 plus 3 is 5."},
        {"role": "user", "content": "What is my name?"},
    ]
    path = tmp_path / "conversation.json"
    path.write_text(json.dumps(messages), encoding="utf-8")
    told = result("chat", "--messages", path)
    assert (told["role"], told["content"]) == ("assistant", "Your name is Zorimel.")
    assert told["judgement"] == ""


def test_a_model_is_measured_on_a_file(result, tmp_path):
    data = tmp_path / "reviews.csv"
    data.write_text("text,label\nI love this film.,positive\nThis is terrible.,negative\n")
    told = result("evaluate", "--model", "sentiment", "--data", data)
    assert told["accuracy"] == told["macro_f1"] == 1


def test_a_model_is_measured_on_a_corpus_by_its_name(result, tfplay_home):
    told = result("evaluate", "--model", "digits", "--data", "digits", "--examples", "50")
    assert told["data"] == "digits.csv"
    assert told["accuracy"] > 0.9


def test_a_corpus_is_written_to_a_file_that_its_task_reads(result, tmp_path):
    path = tmp_path / "pairs.tsv"
    told = result("corpora", "write", "english-hindi", "--examples", "7", "--out", path)
    assert told["examples"] == len(read_pairs(path)) == 7


def test_corpora_are_listed_with_licence_and_size(result, tfplay_home, monkeypatch):
    monkeypatch.delenv("TFPLAY_DATA", raising=False)
    told = result("corpora", "list")
    assert "english-hindi" in {corpus["name"] for corpus in told["written_for_tfplay"]}
    for corpus in told["published"]:
        assert corpus["licence"] and corpus["bytes"] > 0 and corpus["is_here"] is False


@pytest.mark.parametrize(
    ("messages", "sentence"),
    [
        ('[{"role": "user"', "is cut short or damaged"),
        ('{"role": "user", "content": "Hi"}', "is not a JSON list"),
        ('[{"role": "teacher", "content": "Hi"}]', "teacher"),
        ('[{"role": "assistant", "content": "Hi"}]', "assistant"),
    ],
)
def test_a_conversation_that_will_not_do_is_refused(refusal, tmp_path, messages, sentence):
    path = tmp_path / "conversation.json"
    path.write_text(messages)
    assert sentence in refusal("chat", "--messages", path)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["classify", " "], "the text is empty"),
        (["classify", "Hi", "--model", "translator"], "takes one that learned classification"),
        (["fill", "No mask here."], "[MASK]"),
        (["answer", "Who?"], "--context"),
        (["evaluate", "--model", "digits", "--data", "english-hindi"], "is for translation"),
        (["evaluate", "--model", "digits", "--data", "nothing.csv"], "nothing.csv"),
        (["corpora", "write", "nothing"], "no corpus 'nothing'"),
        (["corpora", "fetch", "nothing"], "no published corpus 'nothing'"),
        (["zoo", "train"], "Name the models to train"),
        (["zoo", "evaluate", "nothing"], "no shipped model 'nothing'"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(refusal, tfplay_home, arguments, sentence):
    assert sentence in refusal(*arguments)


def test_a_corpus_that_is_not_here_is_told_with_licence_and_size(refusal, tfplay_home, monkeypatch):
    monkeypatch.delenv("TFPLAY_DATA", raising=False)
    told = refusal("train", "--task", "tagging", "--data", "wikigold")
    assert "corpora fetch wikigold" in told
    assert "CC BY 4.0" in told


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("classify", "I love this film."), "label"),
        (("tag", "Anna lives in Rome."), "entities"),
        (("fill", "The [MASK] barked."), "masks"),
        (("answer", "Who came?", "--context", "Anna came."), "answer"),
        (("generate", "--model", "text", "--prompt", "One day", "--seed", "1"), "text"),
        (("translate", "--model", "translator", "We are friends."), "translation"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_a_model_is_used_where_nothing_can_be_written(tfplay_home, result, arguments, answer):
    with mounted(tfplay_home, "ro"):
        assert answer in result(*arguments)


def test_a_training_is_refused_at_once_where_nothing_can_be_written(tfplay_home, tmp_path, refusal):
    data = write_text(tmp_path)
    with mounted(tfplay_home, "ro"):
        start = time.monotonic()
        told = refusal("train", "--task", "language-model", "--data", data, "--preset", "tiny")
        assert time.monotonic() - start < 3
    assert "Read-only file system" in told
    assert told.endswith(".")


def test_a_model_is_written_for_other_programs(result, tmp_path):
    folder = tmp_path / "sentiment"
    told = result("models", "export", "sentiment", "--to", "hugging-face", "--out", folder)
    assert told.pop("format") == "hugging-face"
    assert told == {"id": "sentiment", "family": "MegatronBERT", "path": str(folder)}
    config = json.loads((folder / "config.json").read_text())
    assert config["id2label"] == {"0": "negative", "1": "positive"}
    assert (folder / "README.md").read_text().startswith("# Sentiment")
    loaded = tfplay.load(folder)
    assert loaded.tokenizer.labels(loaded.tokenizer.tokenize("Good!"))
    assert "chat_template" not in (folder / "tokenizer_config.json").read_text()


def test_a_chat_model_is_written_with_its_template(result, tmp_path):
    folder = tmp_path / "chat"
    result("models", "export", "chat", "--to", "hugging-face", "--out", folder)
    about = json.loads((folder / "tokenizer_config.json").read_text())
    assert "<|assistant|>" in about["chat_template"]


def test_a_model_that_no_other_program_has_is_refused_in_a_sentence(refusal, tmp_path):
    arguments = ("models", "export", "answers", "--to", "gguf", "--out", tmp_path / "m.gguf")
    assert refusal(*arguments) == (
        "No family of published models is made like this one; the nearest is MegatronBERT: "
        "position is rotary and there it would be learned."
    )


def test_many_texts_are_answered_from_a_file_and_from_standard_input(result, tmp_path, monkeypatch):
    texts = ["I love this film.", "What a waste of time."]
    (tmp_path / "texts.txt").write_text("\n\n".join(texts), encoding="utf-8")
    told = result("classify", "--file", tmp_path / "texts.txt")["answers"]
    assert [each["text"] for each in told] == texts
    assert [each["label"] for each in told] == ["positive", "negative"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(texts)))
    assert result("classify", "-")["answers"] == told


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["classify"], "Give a text, or --file"),
        (["answer", "Who?", "--context", " "], "The passage is empty"),
    ],
)
def test_a_command_without_a_text_is_refused(refusal, arguments, sentence):
    assert sentence in refusal(*arguments)
