"""Pages that compute: what is in the file, and what is refused. What they compute, a browser tells.

See tests/browser/test_living_page.py.
"""

import json
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest

from tests.exports.test_scripts import make_model, random_model
from tests.showing.test_document import HOSTILE, NAMESPACE
from tfplay.__main__ import main
from tfplay.checkpoints.words.files import bert_json
from tfplay.config import ModelConfig
from tfplay.errors import InputError
from tfplay.exports import FORMATS, export_model
from tfplay.exports.page.words import as_known_kind
from tfplay.lessons import Lesson, Question, Step
from tfplay.store import open_model
from tfplay.store.weights import save_weights
from tfplay.text import LibraryTokenizer, SpecialTokens, WordPieceTokenizer

LINE = "Unaffable   naïve\tÉlan, [x] 日本 don't!"


def block(html: str, name: str):
    """Data of the page, by its id."""
    return json.loads(re.search(rf'json" id="{name}">(.*?)</script>', html, re.DOTALL)[1])


def exported(model, folder, **options) -> str:
    path = folder / "page.html"
    export_model(model, "page", path, **options)
    return path.read_text(encoding="utf-8")


@pytest.fixture
def model(tmp_path):
    return make_model(tmp_path / "model", "turned")


@pytest.mark.parametrize("name", ["translator", "answers", "digits"])
def test_a_page_is_small_and_its_size_is_known_before(name, tmp_path):
    model = open_model(name)
    size = len(exported(model, tmp_path).encode())
    assert size < 2.8 * model.parameters + 300_000
    assert abs(FORMATS["page"].size(model) - size) < 0.05 * size


def test_a_page_has_the_weights_in_16_bits_under_their_names(model, tmp_path):
    html = exported(model, tmp_path)
    numbers = np.frombuffer(b64decode(block(html, "weights")), "<f2")
    start = 0
    shapes = block(html, "data")["model"]["shapes"]
    weights = model.load().model.weights
    assert list(shapes) == [weight.path for weight in weights]
    for weight, shape in zip(weights, shapes.values(), strict=True):
        stop = start + int(np.prod(shape))
        own = weight.numpy().T if weight.path.endswith("/kernel") else weight.numpy()
        np.testing.assert_array_equal(numbers[start:stop].reshape(shape), own.astype("float16"))
        start = stop
    assert start == len(numbers)


def test_nothing_but_the_own_script_runs_and_no_host_is_named(model, tmp_path):
    html = exported(model, tmp_path)
    assert set(re.findall(r"\w+://[^\s\"'`<]+", html)) == {NAMESPACE}
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', html)[1]
    [script] = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    for part in ("default-src 'none'", "connect-src 'none'", f"script-src 'sha256-{digest}';"):
        assert part in policy


def test_a_title_is_the_one_that_is_asked_for_and_text(model, tmp_path):
    html = exported(model, tmp_path, title=f"{HOSTILE[1]}\u202e")
    assert block(html, "data")["title"] == f"{HOSTILE[1]}\\u202e"
    assert "<img" not in html and "\u202e" not in html
    assert len(re.findall("<script", html)) == 3


def test_the_command_writes_a_page_here_under_the_models_name(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["models", "export", "digits", "--to", "page", "--title", "Draw!"]) == 0
    assert json.loads(capsys.readouterr().out)["path"] == "digits.html"
    assert block((tmp_path / "digits.html").read_text(encoding="utf-8"), "data")["title"] == "Draw!"
    assert main(["models", "export", "digits", "--to", "page", "--lesson", "next-word"]) == 2
    assert "No step of the lesson" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"position": "relative"}, "its positions are relative, which"),
        ({"use_causal_mask": False}, "use_causal_mask is false"),
        ({"hidden_dim": 1200, "num_layers": 2}, "has [0-9,]+ parameters, .* is 20,000,000"),
    ],
)
def test_a_setting_that_no_page_knows_is_named(changes, told, model, tmp_path):
    settings = {**model.config.to_json(), "head_dim": None, "intermediate_dim": None, **changes}
    odd = replace(model, config=ModelConfig.from_json(settings))
    for ask in (FORMATS["page"].size, lambda odd: exported(odd, tmp_path)):
        with pytest.raises(InputError, match=told):
            ask(odd)
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


@pytest.mark.parametrize(
    ("value", "told"),
    [(70_000, "has a value of 70,000, and the 16 bits .* at most 65,504"), (np.nan, "NaN")],
)
def test_a_weight_that_16_bits_do_not_hold_is_named(value, told, model, tmp_path):
    built = model.load().model
    norm = built.decoder_norm.gamma
    norm.assign(np.full(norm.shape, value))
    save_weights(built, model.path / "model.npz")
    with pytest.raises(InputError, match=f"its weight decoder_norm/gamma {told}|{told}"):
        exported(model, tmp_path)


def test_a_model_that_answers_with_vectors_is_refused(tmp_path):
    model = random_model(tmp_path / "model", "vectors", "encoder-only", "vectors", {})
    with pytest.raises(InputError, match="its task is 'vectors'"):
        exported(model, tmp_path)


def published(**options) -> LibraryTokenizer:
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "una", "##ffa", "##ble", "naive", ","]
    special = SpecialTokens(start="[CLS]", end="[SEP]", system=None, user=None, assistant=None)
    data = bert_json([*tokens, "elan", "日", "don"], True, "[UNK]", tokens[:5], **options)
    return LibraryTokenizer(data, special)


def test_a_published_vocabulary_like_berts_becomes_ours():
    known = as_known_kind(published())
    assert isinstance(known, WordPieceTokenizer)
    assert known.tokenize(LINE) == published().tokenize(LINE)


def test_a_published_vocabulary_of_another_kind_is_refused():
    with pytest.raises(InputError, match="neither as BERT's .uncased. nor as GPT-2's"):
        as_known_kind(published(chinese_characters=False))


def test_the_answers_of_a_lesson_are_the_models_and_hostile_words_end_no_script(tmp_path):
    model, asked = open_model("sentiment"), {"model": "sentiment", "text": "a good b"}
    count = str(len(model.load_tokenizer().tokenize("a good b")))
    answer = {"compute": "token_count", **asked}
    question = Question("How many?", ("0", count), answer, HOSTILE[0])
    here = Step("tokens?run=sentiment&text=a+good+b", HOSTILE[0], question=question)
    steps = (here, Step("layers", HOSTILE[1], "Press"))
    html = exported(model, tmp_path, lesson=Lesson(HOSTILE[0], HOSTILE[1], 1, steps))
    here, elsewhere = block(html, "data")["lesson"]["steps"]
    found = here["part"], here["text"], here["words"], here["question"]["answer"]
    assert found == ("reading", "a good b", HOSTILE[0], count)
    assert (elsewhere["part"], elsewhere["page"]) == (None, "Layers")
    assert not any(text in html for text in HOSTILE[:2])
