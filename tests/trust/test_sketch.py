from tfplay.trust import Sketch
from tfplay.trust.sketch import MOST_ENTRIES

TEXTS = ["The cat sleeps in house 12.", "A dog barks at the cat.", "बच्चे किताब पढ़ते हैं।"]


def test_all_that_was_seen_is_known_with_its_neighbours():
    sketch = Sketch.of(TEXTS)
    for text in TEXTS:
        assert sketch.unseen(text) == ((), 0.0)


def test_new_words_are_named_once_as_they_are_written():
    found = Sketch.of(TEXTS).unseen("A zebra barks at the zebra in Paris.")
    assert found.words == ("zebra", "Paris")
    assert 0 < found.share < 1


def test_known_words_in_a_new_order_are_no_new_words_but_less_was_seen():
    found = Sketch.of(TEXTS).unseen("cat the at barks dog A .")
    assert found.words == ()
    assert found.share > 0.3


def test_of_a_text_in_another_script_nothing_was_seen():
    assert Sketch.of(TEXTS).unseen("Привет мир").share == 1.0


def test_digits_are_alike_and_a_word_at_the_beginning_may_have_a_capital():
    sketch = Sketch.of(TEXTS)
    assert sketch.unseen("house 97").words == ()
    assert sketch.unseen("Cat").words == ()
    assert sketch.unseen("CAT").words == ("CAT",)
    assert Sketch.of(TEXTS, has_case=False).unseen("CAT").words == ()


def test_a_text_without_words_has_nothing_new():
    assert Sketch.of(TEXTS).unseen(" \n") == ((), 0.0)


def test_a_sketch_stays_small_and_takes_one_new_word_in_fifty_for_known_at_most():
    words = [
        f"{chr(97 + a)}{chr(97 + b)}{chr(97 + c)}"
        for a in range(26)
        for b in range(26)
        for c in range(26)
    ]
    sketch = Sketch.of(" ".join(words[start : start + 100]) for start in range(0, len(words), 100))
    assert sketch.bits.nbytes <= 10 * MOST_ENTRIES // 8
    assert sketch.unseen(" ".join(words)).words == ()
    new = sketch.unseen(" ".join(word + "qqq" for word in words[:5000])).words
    assert len(new) > 0.98 * 5000
