"""The page needs nothing from anywhere, and no token becomes markup."""

import json
import re
import time
from base64 import b64decode, b64encode
from hashlib import sha256
from html import unescape

import numpy as np
import pytest

from tfplay.errors import InputError
from tfplay.showing import Shown
from tfplay.showing.findings import Attention, Findings

NAMESPACE = "http://www.w3.org/2000/svg"
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\u202egnirts",
    "\u2066a\u2069",
    "&amp;'\"",
    "\ud800",
    "",
    "x" * 5000,
    "क्\u200dष",
]


def random_attention(layers: int, heads: int, tokens: list[str]) -> Attention:
    """A causal model's, with names of positions."""
    size = len(tokens)
    logits = np.random.default_rng(0).normal(size=(layers, heads, size, size))
    weights = np.where(np.tri(size, dtype=bool), np.exp(2 * logits), 0)
    scores = (weights / weights.sum(axis=-1, keepdims=True)).astype("float32")
    names = [f"block {number + 1}" for number in range(layers)]
    return Attention("Masked self-attention", names, scores, tokens, tokens, (size, size))


def shown_of(attention: Attention) -> Shown:
    return Shown(Findings("</title><b>", [attention]))


def data_of(html: str) -> dict:
    return json.loads(
        re.search(r'<script type="application/json" id="data">(.*?)</script>', html)[1]
    )


@pytest.fixture(scope="module")
def large():
    return random_attention(12, 12, [f"token {n}" for n in range(64)])


@pytest.fixture(scope="module")
def hostile():
    return shown_of(random_attention(2, 3, HOSTILE))


def test_no_host_is_named_and_the_policy_lets_nothing_but_the_own_script_run(hostile):
    html = hostile.html
    assert set(re.findall(r"\w+://[^\s\"'`<]+", html)) == {NAMESPACE}
    assert not re.search(r"\b(src|href|import|fetch|url)\s*[=(]\s*[\"'`]?(https?:)?//", html)
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', html)[1]
    assert "default-src 'none'" in policy and "connect-src 'none'" in policy
    [script] = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in policy


def test_hostile_tokens_are_neither_markup_nor_invisible(hostile):
    html = hostile.html
    assert len(re.findall(r"<script", html)) == 2
    assert "alert(1)</script>" not in html and "<img" not in html and "</title><b>" not in html
    assert not re.search("[\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html)
    names = data_of(html)["attention"][0]["rows"]
    assert names[0] == HOSTILE[0]
    assert names[2] == "\\u202egnirts" and names[5:7] == ["\\ud800", "∅"]
    assert len(names[7]) == 60 and names[8] == HOSTILE[8]


def test_twelve_blocks_of_twelve_heads_on_64_tokens_are_small_and_quick(large):
    start = time.perf_counter()
    frame = shown_of(large)._repr_html_()
    assert time.perf_counter() - start < 3
    assert len(frame.encode()) < 3_000_000


@pytest.mark.parametrize("size", [64, 97])
def test_the_page_has_the_scores_as_rounded_as_it_says(size):
    attention = random_attention(12, 12, list(map(str, range(size))))
    [data] = data_of(shown_of(attention).html)["attention"]
    numbers = np.frombuffer(b64decode(data["scores"]), f"<u{data['bytes']}")
    shares = numbers.reshape(attention.scores.shape) / (256 ** data["bytes"] - 1)
    difference = np.abs(shares * np.array(data["largest"])[..., None, None] - attention.scores)
    assert difference.max() <= data["rounding"] + 1e-7
    assert data["rounding"] < (1e-5 if size == 64 else 2e-3)


def test_more_scores_than_a_page_holds_are_refused(monkeypatch, hostile):
    monkeypatch.setattr("tfplay.showing.document.MOST_SCORES", 100)
    with pytest.raises(InputError, match="486 scores; a page holds 100"):
        shown_of(random_attention(2, 3, HOSTILE)).html  # noqa: B018


def test_a_notebook_gets_the_page_in_a_frame_that_reaches_nothing_else(hostile):
    frame = hostile._repr_html_()
    assert unescape(re.search(r'srcdoc="(.*?)"', frame, re.DOTALL)[1]) == hostile.html
    assert 'sandbox="allow-scripts allow-downloads"' in frame
    assert "<b>" not in repr(hostile) or "Attention of" in repr(hostile)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, hostile):
    path = tmp_path / "new folder" / "attention.html"
    hostile.save_html(path)
    assert path.read_text(encoding="utf-8") == hostile.html
    assert [each.name for each in path.parent.iterdir()] == ["attention.html"]
    (tmp_path / "folder.html").mkdir()
    for bad, reason in [("folder.html", "is a folder"), ("attention.txt", "does not end in .html")]:
        with pytest.raises(InputError, match=reason):
            hostile.save_html(tmp_path / bad)
    with pytest.raises(InputError, match="cannot be written"):
        hostile.save_html(path / "below.html")


def test_a_head_is_also_had_as_plotly_figures(hostile):
    found = hostile.figures(layer=2, head=3)
    assert list(found) == ["Masked self-attention", "Masked self-attention, lines"]
    scores = hostile._findings.attention[0].scores[1, 2]
    np.testing.assert_array_equal(found["Masked self-attention"].data[0].z, scores)
    with pytest.raises(InputError, match="no layer 3"):
        hostile.figures(layer=3)
