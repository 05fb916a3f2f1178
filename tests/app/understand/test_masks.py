from tfplay.app.understand.words import word_places

TEXT = "The [MASK] barked, at\nthe cat."


def test_words_marks_and_masks_are_found_in_their_places():
    words = [TEXT[start:end] for start, end in word_places(TEXT)]
    assert words == ["The", "[MASK]", "barked", ",", "at", "the", "cat", "."]
