"""Where one sentence ends and the next begins."""

import regex

# A mark that ends a sentence, with the quotes and brackets that close behind it, and the space
# after; a full stop after a title or a single letter ends none. A line break always ends one.
# Marks without a space behind them are matched too, so that none is looked at twice.
_END = regex.compile(
    r"""(?P<title> (?<= \b (?: Mr|Mrs|Ms|Dr|Prof|St|vs|\p{Lu} ) ) \. (?! [.!?…।॥] ) )
      | [.!?…।॥]++ ['"’”»)\]]*+ (?: \s++ | $ | (?P<goes_on>) )
      | [。！？]++ [」』”]*+ \s*+
      | \n \s*+""",
    regex.VERBOSE,
)


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, each with the space after it; together they are the text.

    Args:
        text: A text in any script.

    Example:
        >>> split_sentences("Mr. Roy left. Why?")
        ['Mr. Roy left. ', 'Why?']
    """
    sentences, start = [], 0
    for end in _END.finditer(text):
        is_end = end["title"] is None and end["goes_on"] is None
        if is_end and text[start : end.end()].strip():
            sentences.append(text[start : end.end()])
            start = end.end()
    rest = text[start:]
    if rest.strip() or not sentences:
        return [*sentences, rest] if rest else sentences
    return [*sentences[:-1], sentences[-1] + rest]
