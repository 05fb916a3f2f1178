from html import unescape

import regex
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import too_fast
from tfplay.app.run_panel.samples import answers_html
from tfplay.app.run_panel.word_diff import diff_html

TEXTS = st.text("ab <>&\n", max_size=20)


def without(tag, html):
    kept = regex.sub(f"<{tag}>.*?</{tag}>", "", html, flags=regex.DOTALL)
    return unescape(regex.sub("</?(ins|del)>", "", kept))


def test_new_words_and_words_that_are_gone_are_marked():
    assert diff_html("I am cold", "I am tired") == "I am <del>cold</del><ins>tired</ins>"
    assert diff_html("the same", "the same") == "the same"
    assert diff_html("", "new") == "<ins>new</ins>"


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_from_it(before, after):
    html = diff_html(before, after)
    assert without("del", html) == after
    assert without("ins", html) == before


def test_what_a_model_writes_never_becomes_markup():
    evil = "<script>alert(1)</script>"
    rows = [
        {"step": step, "samples": [{"input": evil, "output": output, "wanted": evil}]}
        for step, output in ((1, "x"), (2, evil))
    ]
    for index in (0, 1):
        assert "<script" not in answers_html(rows, index, marks_changes=index > 0)
    assert "alert" in answers_html(rows, 1, marks_changes=True)


def test_a_right_answer_is_marked_and_a_wrong_one_stands_beside_what_is_right():
    def html(output):
        sample = {"input": "2", "output": output, "wanted": "two"}
        return answers_html([{"step": 1, "samples": [sample]}], 0, marks_changes=False)

    assert "✓" in html("two")
    assert "✓" not in html("one")
    assert "right is" in html("one")


def test_of_long_texts_all_between_the_first_and_the_last_change_is_new():
    before, after = (
        "same " * 500 + "old word here" + " end" * 500,
        "same " * 500 + "new" + " end" * 500,
    )
    html = diff_html(before, after)
    assert html == "same " * 500 + "<del>old word here</del><ins>new</ins>" + " end" * 500


def test_a_comparison_costs_no_more_than_the_length_of_the_texts():
    assert too_fast(lambda text: diff_html(text, f"x {text[1:]}"), ("alternating", "spaces")) == {}
