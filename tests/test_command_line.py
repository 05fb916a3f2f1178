"""`python -m tfplay`: real processes for what they do, this process for what they refuse."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.checkpoints.keras_files.originals import miniature_gpt
from tests.jobs.samples import SMALLEST, smallest_recipe, write_pairs, write_text
from tfplay.__main__ import main
from tfplay.commands.progress import ProgressLine
from tfplay.errors import DivergenceError
from tfplay.store import Status, create_run, open_model, open_run
from tfplay.tasks import TASKS
from tfplay.zoo import ZOO

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = [f"--set={name}={value}" for name, value in SMALLEST.items()]
JUDGED = ["judgement", "unfamiliar", "certainty"]
TINY = ["--preset", "tiny", "--tokenizer", "word", *SETTINGS]


def start_process(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "tfplay", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def run_process(*arguments):
    process = start_process(*arguments)
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    return json.loads(output.splitlines()[-1]), errors


@pytest.fixture(scope="module")
def translator(tmp_path_factory):
    """A run folder and what the command printed."""
    folder = tmp_path_factory.mktemp("translator")
    out, data = folder / "run", write_pairs(folder)
    result, errors = run_process("train", "--task=translation", "--data", data, "--out", out, *TINY)
    return out, result, errors


@pytest.fixture(scope="module")
def writer(tmp_path_factory):
    """The run folder of a language model."""
    folder = tmp_path_factory.mktemp("writer")
    out, data = folder / "run", write_text(folder)
    run_process("train", "--task=language-model", "--data", data, "--out", out, *TINY)
    return out


@pytest.fixture
def tell(capsys):
    """Runs a command in this process: its exit code, its result, what it told of itself."""

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        output, errors = capsys.readouterr()
        return code, json.loads(output) if output else None, errors

    return run


@pytest.fixture
def refusal(tell):
    """Runs a command that must be refused with one sentence, which it returns.

    Before it a training may have told, in a line, how it read the data.
    """

    def run(*arguments):
        code, result, errors = tell(*arguments)
        assert (code, result) == (2, None)
        *told, sentence = errors.splitlines()
        assert all(" read" in line for line in told) and len(told) < 2
        return sentence

    return run


def test_training_prints_what_came_of_it(translator):
    out, result, errors = translator
    assert Path(result["run"]) == out
    assert result["steps"] == SMALLEST["steps"]
    assert result["parameters"] == open_model(out).load().model.count_params()
    assert open_run(out).status().result == result
    numbers = {"seconds", "tokens_per_second", "train_loss", "validation_loss", "bleu", "chrf"}
    assert all(result[name] >= 0 for name in numbers)
    *told, verdict = errors.splitlines()
    assert any(f"validation {result['validation_loss']:.3f}" in line for line in told)
    assert f"chrF {result['chrf']:.1f}, and without a network" in verdict
    assert [each["name"] for each in result["baselines"]][0] == "The source, copied"


def test_translating_shows_where_the_model_looked(translator, tell):
    out, *_ = translator
    code, result, _ = tell("translate", "--model", out, "one two", "--json")
    assert code == 0
    assert result["source"] == "one two"
    assert result["source_tokens"] == ["one", "two", "[END]"]
    attention = np.array(result["cross_attention"])
    heads = SMALLEST["num_heads"]
    assert attention.shape == (1, heads, len(result["target_tokens"]), 3)
    np.testing.assert_allclose(attention.sum(axis=-1), 1, rtol=1e-5)


@pytest.mark.parametrize("text", ["🙂 two", "שלום עולם", "one\ntwo", "\udce9t\udce9"])
def test_any_script_is_translated(translator, tell, text):
    out, *_ = translator
    code, result, _ = tell("translate", "--model", out, text)
    assert code == 0
    assert result.keys() == {"source", "translation", *JUDGED}


def test_beam_search_gives_all_its_translations(translator, tell):
    out, *_ = translator
    _, result, _ = tell("translate", "--model", out, "three four", "--beams", "3", "--json")
    assert result["translation"] == result["hypotheses"][0]["text"]
    assert len(result["hypotheses"]) == 3


def test_a_seed_repeats_what_is_generated(writer, tell):
    command = ["generate", "--model", writer, "--prompt", "one two", "--max-new-tokens", "7"]
    first, again, other = (tell(*command, "--seed", seed)[1] for seed in (5, 5, 6))
    assert first == again != other
    assert first["prompt"] == "one two"
    assert len(first["tokens"]) == 7


def test_greedy_generation_needs_no_seed(writer, tell):
    command = ["generate", "--model", writer, "--prompt", "one", "--temperature", "0"]
    assert tell(*command, "--seed", 5)[1] == tell(*command, "--seed", 6)[1]


def test_trained_models_are_listed_and_used_by_id(translator, tfplay_home, tell):
    out, result, _ = translator
    code, listed, _ = tell("models")
    assert (code, {each["id"] for each in listed["models"]}) == (0, set(ZOO))
    shutil.copytree(out, tfplay_home / "runs" / "first")
    [model] = [each for each in tell("models")[1]["models"] if each["id"] not in ZOO]
    assert model["id"] == "first"
    assert model["task"] == "translation"
    assert model["architecture"] == "encoder-decoder"
    assert model["parameters"] == result["parameters"]
    assert model["validation_loss"] == result["validation_loss"]
    assert tell("translate", "--model", "first", "one")[0] == 0


def test_ctrl_c_keeps_what_was_learned(tmp_path):
    data, out = write_text(tmp_path), tmp_path / "run"
    arguments = ["--task=language-model", "--data", data, "--out", out, *TINY]
    process = start_process("train", *arguments, "--set=steps=1000000")
    while not process.stderr.readline().startswith("step"):
        assert process.poll() is None
    os.kill(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    result = json.loads(output.splitlines()[-1])
    assert 1 <= result["steps"] < 1_000_000
    assert open_run(out).status().state == "stopped"
    assert open_run(out).is_usable


def test_an_interrupted_training_goes_on(tmp_path, tell, refusal):
    data, out = write_text(tmp_path), tmp_path / "run"
    run = create_run(smallest_recipe("language-model", data), data, out)
    run.write_status(Status("lost"))
    code, result, _ = tell("resume", out)
    assert (code, result["steps"]) == (0, SMALLEST["steps"])
    assert open_run(out).status().state == "done"
    assert "is done; only an interrupted run can be resumed" in refusal("resume", out)


def test_refusals_are_one_sentence_of_a_real_process_too(tmp_path):
    out = tmp_path / "run"
    process = start_process("train", "--task=chess", "--data", ROOT / "README.md", "--out", out)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert output == ""
    assert errors == "There is no task 'chess'; there are {}.\n".format(", ".join(TASKS))


def test_a_training_whose_loss_is_no_number_is_not_called_bad_input(tell, monkeypatch):
    def diverge(options):
        raise DivergenceError("The loss became nan at step 2.")

    monkeypatch.setattr("tfplay.commands.models.run", diverge)
    assert tell("models") == (3, None, "The loss became nan at step 2.\n")


def test_help_loads_no_keras():
    code = "import sys; from tfplay.__main__ import main; main(sys.argv[1:])"
    watched = f"import atexit, sys; atexit.register(lambda: print('keras' in sys.modules)); {code}"
    command = [sys.executable, "-c", watched, "train", "--help"]
    output = subprocess.check_output(command, cwd=ROOT, text=True)
    assert "--data FILE_OR_CORPUS" in output
    assert output.endswith("False\n")


@pytest.mark.parametrize(
    ("task", "name", "content", "sentence"),
    [
        ("translation", "a.tsv", b"", "a.tsv is empty"),
        ("translation", "a.tsv", b"only one column\n", "a.tsv, line 1 needs two columns"),
        ("translation", "a.tsv", b"\x89PNG\0\0\x1a", "a.tsv is a binary file"),
        ("translation", "a.tsv", "he\tà¤¹à¤¿\n".encode(), "a.tsv, line 1: 'à¤¹' looks like Hindi"),
        ("translation", "a.tsv", b"one\t" + b"x" * 200_000, "a.tsv, line 1 has 200,003 characters"),
        ("translation", "a.tsv", b"one\tun\n", "Of 1 example none can be set aside for validation"),
        ("translation", "a.pdf", b"one\tun\n", "a.pdf must end in .tsv"),
        ("translation", "a.tsv.gz", b"\x1f\x8bno", "a.tsv.gz is not a whole gzip file"),
        ("language-model", "a.txt", b"", "a.txt is empty"),
        ("language-model", "a.txt", b"two words", "The text is too short"),
        ("classification", "a.csv", b"text,label\ngood,\n", "a.csv, line 2"),
        ("tagging", "a.conll", b"Anna\n", "a.conll, line 1"),
        ("chat", "a.jsonl", b'[{"role": "assistant", "content": "Hi"}]\n', "a.jsonl, line 1"),
        ("chat", "a.jsonl", b'[{"role": "pirate", "content": "Hi"}]\n', "a.jsonl, line 1"),
        ("answers", "a.json", b'{"data": [', "a.json is cut short"),
        ("images", "a.csv", b"3,1,2,3\n", "a.csv, line 1"),
    ],
)
def test_data_that_will_not_do_leaves_nothing_behind(
    tmp_path, refusal, task, name, content, sentence
):
    data, out = tmp_path / name, tmp_path / "run"
    data.write_bytes(content)
    assert sentence in refusal("train", "--task", task, "--data", data, "--out", out, *TINY)
    assert list(tmp_path.iterdir()) == [data]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--set", "num_heads=7"], "is not divisible by num_heads 7"),
        (["--set", "layers=7"], "There is no setting 'layers'"),
        (["--set", "dropout"], "dropout is ''"),
        (["--steps", "0"], "steps is 0"),
        (["--steps", "many"], "Argument --steps: invalid int value: 'many'"),
        (["--tokenizer", "syllable"], "Argument --tokenizer: invalid choice: 'syllable'"),
        (["--preset", "colossal"], "There is no preset 'colossal'"),
        (["--preset", "bert-base"], "Preset 'bert-base' is encoder-only, not encoder-decoder"),
        (["--data", "missing.tsv"], "missing.tsv cannot be read: No such file or directory"),
        (["--out", "."], "is not an empty folder"),
    ],
)
def test_an_impossible_training_is_refused(tmp_path, tfplay_home, refusal, arguments, sentence):
    command = ["train", "--task=translation", "--data", write_pairs(tmp_path), "--preset=tiny"]
    assert sentence in refusal(*command, *arguments)
    assert not tfplay_home.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["translate", ""], "the text is empty"),
        (["translate", "one " * 16], "The text has 16 tokens; this model reads at most 15"),
        (["translate", "one", "--beams", "0"], "num_beams is 0"),
        (
            ["generate", "--prompt", "one"],
            "learned translation; this takes one that learned language-model or chat",
        ),
    ],
)
def test_a_translator_refuses_what_it_cannot_do(translator, refusal, arguments, sentence):
    out, *_ = translator
    assert sentence in refusal(*arguments, "--model", out)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["generate", "--prompt", ""], "The prompt is empty"),
        (["generate", "--prompt", "one " * 16], "The prompt has 16 tokens and leaves no room"),
        (["generate", "--prompt", "one", "--temperature", "-1"], "temperature is -1.0"),
        (["generate", "--prompt", "one", "--top-p", "2"], "top_p is 2.0"),
        (["translate", "one"], "learned language-model; this takes one that learned translation"),
    ],
)
def test_a_writer_refuses_what_it_cannot_do(writer, refusal, arguments, sentence):
    assert sentence in refusal(*arguments, "--model", writer)


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.keras"])
@pytest.mark.parametrize("damage", ["missing", "cut short"])
def test_a_run_folder_cut_short_is_told_by_the_file(translator, tmp_path, refusal, name, damage):
    out, *_ = translator
    broken = shutil.copytree(out, tmp_path / "broken") / name
    content = broken.read_bytes()
    broken.unlink()
    if damage == "cut short":
        broken.write_bytes(content[: len(content) // 2])
    assert name in refusal("translate", "--model", broken.parent, "one")


def test_a_run_that_is_not_trained_yet_is_told(tmp_path, refusal):
    data = write_pairs(tmp_path)
    run = create_run(smallest_recipe("translation", data), data)
    told = refusal("translate", "--model", run.id, "one")
    assert "cannot be used yet: its training has not begun." in told


def test_a_run_that_does_not_exist_is_told(refusal):
    assert "There is no model 'nowhere'" in refusal("translate", "--model", "nowhere", "one")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_on_a_terminal_progress_is_one_line_that_changes(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("COLUMNS", "41")
    progress = {
        "step": 1250,
        "steps": 2000,
        "loss": 2.1314,
        "validation_loss": None,
        "tokens_per_second": 21345.4,
        "remaining_seconds": 61.2,
    }
    line = ProgressLine()
    line.show(Status("running", "Training."))
    line.show(Status("running", "Training.", progress=progress))
    line.show(Status("running", "Training.", progress=progress | {"validation_loss": 2.2137}))
    line.show(Status("done", "Trained."))
    assert sys.stderr.getvalue().split("\r\x1b[K") == [
        "",
        "Training.",
        "step 1,250 of 2,000 · loss 2.131 · 21,34",
        "step 1,250 of 2,000 · loss 2.131 · valid\n",
        "",
    ]


def test_a_keras_file_is_added_with_its_vocabulary_and_what_it_was_taken_for(
    tell, refusal, tmp_path
):
    miniature_gpt(1).save(tmp_path / "mini.keras")
    words = tmp_path / "words.txt"
    words.write_text("\n".join(["", "[UNK]", "once", "upon"]), encoding="utf-8")
    added = ("models", "add", tmp_path / "mini.keras", "--vocabulary", words)
    code, model, told = tell(*added, "--name", "mini", "--answer", "activation=gelu")
    assert (code, model["task"]) == (0, "language-model")
    assert "a decoder of 1 block" in told and "--answer norm=after; it can be after" in told
    assert open_model("mini").load_tokenizer().tokenize("Once upon") == [2, 3]
    sentence = refusal(*added, "--name", "other", "--answer", "norm=sideways")
    assert "The answer to norm is 'sideways'" in sentence
    assert "are for Keras files alone" in refusal(
        "models", "add", tmp_path, "--name", "x", *added[3:]
    )
