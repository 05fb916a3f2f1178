from tfplay.text import BytePairTokenizer, CharacterTokenizer, WordTokenizer
from tfplay.text.unfamiliar import unfamiliar_words

KNOWN = "we saw the dog and the cat. we saw the cow. " * 5


def found(tokenizer, text):
    return [text[word.start : word.end] for word in unfamiliar_words(tokenizer, text)]


def test_words_outside_a_vocabulary_are_found_with_their_places():
    tokenizer = WordTokenizer.train([KNOWN], 50)
    [word] = unfamiliar_words(tokenizer, "we saw, the zebra.")[1:]
    assert (word.start, word.end, word.is_unknown) == (12, 17, True)
    assert found(tokenizer, "we saw the dog") == []


def test_a_word_that_falls_into_letters_is_found_though_no_token_is_unknown():
    tokenizer = BytePairTokenizer.train([KNOWN], 300)
    [word] = unfamiliar_words(tokenizer, "we saw the jukebox")
    assert not word.is_unknown
    assert word.num_pieces >= 4
    assert found(tokenizer, "we saw the dog.") == []
    assert found(tokenizer, "the 🦊 2024") == ["🦊"]


def test_where_every_character_is_a_token_only_unknown_ones_are_found():
    tokenizer = CharacterTokenizer.train([KNOWN], 50)
    assert found(tokenizer, "the dog") == []
    assert found(tokenizer, "the qux") == ["qux"]
