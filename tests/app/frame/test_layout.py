import pytest
from markdown_it import MarkdownIt

from tfplay.app.frame.layout import plain


@pytest.mark.parametrize(
    "text",
    [
        "**bold** _it_ `code` ~~gone~~",
        "<img src=x onerror=alert(1)>",
        "[link](javascript:alert(1)) ![image](x)",
        "# heading",
        "- list",
        "1. list",
        "\\*already\\*",
        "a &amp; b",
    ],
)
def test_plain_text_is_shown_letter_by_letter(text):
    [paragraph] = [token for token in MarkdownIt().parse(plain(text)) if token.type == "inline"]
    assert {child.type for child in paragraph.children} <= {"text", "text_special"}
    assert "".join(child.content for child in paragraph.children) == text


@pytest.mark.parametrize("text", ["$x^2$", ":red[x]", ":smile:"])
def test_streamlits_own_marks_are_escaped(text):
    assert plain(text)[0] == "\\"
