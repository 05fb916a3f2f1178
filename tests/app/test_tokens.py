from tfplay.app import tokens_html
from tfplay.text import Piece, WordTokenizer


def test_every_token_is_there_with_its_id():
    tokenizer = WordTokenizer.train(["one two three"], 100)
    html = tokens_html(tokenizer.pieces("three one"))
    for piece in tokenizer.pieces("three one"):
        assert f"{piece.token}<small>{piece.token_id}</small>" in html


def test_text_never_becomes_markup():
    html = tokens_html([Piece("<img src=x onerror=alert(1)>", 5, 0, 28)])
    assert "<img" not in html
    assert "&lt;img" in html


def test_tokens_that_the_vocabulary_lacks_are_marked():
    pieces = [Piece("known", 9, 0, 5), Piece("[UNK]", 1, 6, 7)]
    assert tokens_html(pieces, unknown_id=1).count("unknown") == 1


def test_only_so_many_tokens_are_shown_that_a_browser_stays_quick():
    assert tokens_html([Piece("a", 9, 0, 1)] * 5000).count("<small>") == 2000
