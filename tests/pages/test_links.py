"""Whatever a link says, the page shows, or says in a sentence what is wrong with it."""

import random

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.app import shown_text, unopened_app
from tfplay.app.frame.navigation import ATTENTION, LAYERS
from tfplay.app.train.state import _WIDGETS

CHOICES = ("kind", "layer", "head", "seen", "with", "row", "answer", "against", "measure", "stack")
BLOCK = ("block", "at", "cell", "no_mask", "only_head", "activation", "answer_at", "shuffle")
TOKENS = ("tokenizers", "learn_from", "vocabulary", "learned", "merges", "corpus", "width", "user")
EMBEDDINGS = ("map", "tokens", "shuffle", "word", "sentence_1", "said", "path", "token")
LESSON = ("run", "step", "text", "second", "view", "label", "picture", *CHOICES)
SAMPLING = ("run", "step", "temperature", "top_k", "top_p", "longest", "seed")
PARAMETERS = {
    "pages/learn/start.py": ("architecture", "text", "stage"),
    "pages/learn/tokens.py": (*LESSON, *TOKENS),
    "pages/learn/embeddings.py": (*LESSON, *EMBEDDINGS),
    "pages/learn/block.py": (*LESSON, *BLOCK),
    "pages/learn/attention.py": (*LESSON, "from", "to", "other_text", "other_model"),
    "pages/learn/layers.py": LESSON,
    "pages/learn/concepts.py": ("view",),
    "pages/build/train.py": ("run", "task", "data", "corpus", "recipe_of", "seed", *_WIDGETS),
    "pages/build/runs.py": ("compare", "quantity", "over", "smoothing", "shipped", "task"),
    "pages/build/models.py": ("run",),
    "pages/build/break_it.py": ("run",),
    "pages/build/learned.py": ("run", "view"),
    "pages/use/translate.py": (*SAMPLING, "decoding", "beams", "text", "begun", "written", "part"),
    "pages/use/chat.py": (*SAMPLING, "conversation"),
    "pages/use/write.py": (*SAMPLING, "text"),
    "pages/teach/lessons.py": ("edit", "at", "lesson", "lesson_step"),
    "pages/teach/classroom.py": ("class",),
    "pages/use/understand.py": (
        "run",
        "step",
        "text",
        "second",
        "label",
        "picture",
        "xray",
        "from",
    ),
}
JUNK = [
    *("", " ", "None", "true", "NaN", "inf", "-1", "0", "1.5", "1e400", "9" * 5000, "x" * 30_000),
    *("\0", "a\0b", "\ufffd", "\u202e", "💥", "\u0301" * 5000, "²", "५", "../../etc/passwd"),
    *("<script>alert(1)</script>", "[1, 2", "{}", "[" * 3000, "%00", ",,,", "-", "a-9", "--1"),
]


def opened(page: str, query: dict[str, str | list[str]]) -> AppTest:
    return unopened_app(query).switch_page(page).run(timeout=300)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("page", PARAMETERS)
def test_a_page_bears_any_junk_in_its_address(trained_runs, page, seed):
    draw = random.Random(f"{page} {seed}")
    runs = [run.id for run in trained_runs.values()]
    query = {name: draw.choice(JUNK) for name in PARAMETERS[page]}
    if "run" in query and seed:  # also with a model, or else the other parameters are never read
        query["run"] = draw.choice(runs)
    if query and seed == 2:
        query[draw.choice(list(query))] = [draw.choice(JUNK), draw.choice(JUNK)]  # twice
    app = opened(page, query)
    assert not app.exception, (query, [each.message for each in app.exception])
    app.query_params.clear()
    assert not app.switch_page(page).run(timeout=300).exception  # and goes on without the junk


@pytest.mark.parametrize("page", ["pages/learn/tokens.py", "pages/use/understand.py"])
def test_a_text_that_is_too_long_is_refused_before_it_is_read(trained_runs, page, monkeypatch):
    run = trained_runs["classification"]
    monkeypatch.setattr("tfplay.text.Tokenizer.tokenize", None)
    app = opened(page, {"run": run.id, "text": "a" * 150_000})
    assert not app.exception
    [error] = [each.value for each in app.error]
    assert "150,000 characters; the most is" in error


def test_every_box_for_text_has_an_end(trained_runs):
    for page, query in {
        "pages/learn/tokens.py": {"view": "Special tokens and chats"},
        "pages/learn/embeddings.py": {"view": "Through a chat"},
        "pages/use/understand.py": {"run": trained_runs["answers"].id},
        "pages/use/chat.py": {},
        "pages/use/translate.py": {},
    }.items():
        app = opened(page, query)
        boxes = [*app.text_area, *app.text_input, *app.chat_input]
        assert boxes
        assert all(0 < box.proto.max_chars <= 100_000 for box in boxes), page


def test_a_link_opens_the_attention_that_it_was_copied_from(trained_runs):
    chosen = {"kind": "Encoder self-attention", "layer": "1", "head": "2", "seen": "Lines"}
    app = opened(ATTENTION, {"run": trained_runs["translation"].id, **chosen})
    kind = chosen["kind"]
    boxes = [app.segmented_control(key=key) for key in ("kind", f"{kind} layer", f"{kind} head")]
    assert [box.value for box in boxes] == [kind, 1, 2]
    assert "layer 1, head 2" in shown_text(app)
    app.segmented_control(key=f"{kind} head").set_value(1).run()
    assert app.query_params["head"] == "1"
    app.segmented_control(key=f"{kind} head").set_value("average").run()
    assert "head" not in app.query_params  # it is what everybody begins with


def test_a_link_opens_the_question_that_it_was_copied_from(trained_runs):
    query = {"run": trained_runs["chat"].id, "text": "the cat", "view": "Residual stream"}
    app = opened(LAYERS, query)
    app.selectbox(key="asked row").set_value(0).run()
    app.segmented_control(key="stream measure").set_value("Cosine to the end").run()
    again = opened(LAYERS, dict(app.query_params))
    assert again.selectbox(key="asked row").value == 0
    assert again.segmented_control(key="stream measure").value == "Cosine to the end"
