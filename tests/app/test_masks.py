from tfplay.app.understand.words import with_masks, word_places

TEXT = "The [MASK] barked, at the cat."


def test_words_are_found_without_marks_and_masks():
    words = [TEXT[start:end] for start, end in word_places(TEXT)]
    assert words == ["The", "barked", "at", "the", "cat"]


def test_a_mask_takes_the_place_of_a_word_and_leaves_the_rest():
    _, barked, _, _, cat = word_places(TEXT)
    assert with_masks(TEXT, [cat, barked]) == "The [MASK] [MASK], at the [MASK]."
