"""Messages of people in distress: recognised by phrases, and answered with a prepared text.

No model of ours understands such a message, so none is asked. What is looked for, and how it is
written down, stands in `distress.toml`.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any
from unicodedata import normalize

import regex

from tfplay.text import Message

ANSWERS = {
    "english": (
        "Not written by the model: this answer is the same for everybody who may be in distress. A "
        "small program cannot help with this, but people can, and you deserve their help. If you "
        "or somebody else is in danger now, please call your local emergency number, or ask "
        "somebody near you to call. Please also tell a person you trust: a friend, a parent, a "
        "teacher, a doctor. Most countries have help lines where somebody listens, free and at any "
        "hour; a doctor, a school or a search for “help line” knows yours. You do not have to bear "
        "this alone."
    ),
    "hindi": (
        "मॉडल ने यह नहीं लिखा: यह उत्तर हर उस व्यक्ति के लिए एक ही है जो शायद कष्ट में है। एक छोटा प्रोग्राम "
        "इसमें मदद नहीं कर सकता, लेकिन लोग कर सकते हैं, और आप उनकी मदद के हक़दार हैं। अगर आप या कोई और "
        "अभी ख़तरे में है, तो कृपया अपने यहाँ के आपातकालीन नंबर पर फ़ोन करें, या पास के किसी व्यक्ति से "
        "फ़ोन करने को कहें। किसी भरोसे के व्यक्ति को भी बताइए: दोस्त, माता-पिता, शिक्षक या डॉक्टर। बहुत से "
        "देशों में हेल्पलाइन होती हैं, जहाँ कोई किसी भी समय और मुफ़्त में आपकी बात सुनता है। आपको यह "
        "अकेले नहीं सहना है।"
    ),
    "hindi in Latin letters": (
        "Model ne yeh nahin likha: yeh uttar har us vyakti ke liye ek hi hai jo shayad kasht mein "
        "hai. Ek chhota program ismein madad nahin kar sakta, lekin log kar sakte hain, aur aap "
        "unki madad ke haqdaar hain. Agar aap ya koi aur abhi khatre mein hai, to kripya apne "
        "yahan ke emergency number par phone karein, ya paas ke kisi vyakti se phone karne ko "
        "kahein. Kisi bharose ke vyakti ko bhi bataiye: dost, mata-pita, teacher ya doctor. Bahut "
        "se deshon mein helpline hoti hain, jahan koi kisi bhi samay aur muft mein aapki baat "
        "sunta hai. Aapko yeh akele nahin sehna hai."
    ),
}
"""One text for every kind of distress, by the language of the message."""

LONGEST = 50_000
"""Characters that are searched at most: more than any of our models could read."""

NO_XRAY = (
    "This answer was not written by the model: the message sounded like distress, so no model was "
    "asked, and there is nothing to look into."
)

_PLAIN = str.maketrans({"'": "", "’": "", "‘": "", "`": "", "ʼ": "", "*": "", ",": " ", "-": " "})
_LETTERS_FOR_DIGITS = str.maketrans("013457@$", "oieastas")
_MANY_MARKS = regex.compile(r"(\p{M}{4})\p{M}+")
_HIDDEN = regex.compile(r"[\p{Cf}\u0300-\u036f\u093c]")
_SPELLED_OUT = re.compile(r"(?<![a-z0-9])(?:[a-z0-9][ .\-_*]+){2,}[a-z0-9](?![a-z0-9])")
_SENTENCE_END = re.compile(r"[.!?;:।\n…]+")
_WORD = re.compile(r"[\w\u0900-\u0963@$]+")
_REPEATED = re.compile(r"([^\d\W])\1+")
_MUCH_REPEATED = re.compile(r"([^\d\W])\1{2,}")
_GAPS = {"..": r"(?:\S+ ){0,2}", "....": r"(?:\S+ ){0,5}"}


def distress_answer(text: str) -> str | None:
    """The answer to somebody in distress; `None` if the message does not sound like that.

    It takes time in proportion to the length of the text.

    Args:
        text: A message of the user.

    Example:
        >>> distress_answer("I want to kill a process") is None
        True
    """
    lexicon = _lexicon()
    sentences = lexicon.sentences(text[:LONGEST])
    sentences = _without(sentences, _found(sentences, lexicon.harmless))
    for language, phrases in lexicon.phrases.items():
        if next(_found(sentences, phrases), None):
            return ANSWERS[language]
    return None


def answer_to(messages: Sequence[Message]) -> str | None:
    """The answer to a conversation in which the user's newest message sounds like distress."""
    said = [message["content"] for message in messages if message["role"] == "user"]
    return distress_answer(said[-1]) if said else None


def phrases_as_data() -> dict[str, Any]:
    """All that messages are compared with, for another program that shall hear the same.

    A phrase is a list of numbers of `slots`: regular expressions that follow one another, which
    Python and JavaScript understand alike.
    """
    lexicon = _lexicon()
    slots: dict[str, int] = {}

    def numbers(phrases: Iterable[_Phrase]) -> list[list[int]]:
        return [
            [
                slots.setdefault(slot.pattern().replace(r"\Z", "$"), len(slots))
                for slot in phrase.slots
            ]
            for phrase in phrases
        ]

    return {
        "phrases": {language: numbers(each) for language, each in lexicon.phrases.items()},
        "harmless": numbers(lexicon.harmless),
        "slots": list(slots),
        "answers": ANSWERS,
        "spellings": lexicon.spellings,
        "common": sorted(lexicon.common),
        "near": lexicon.near,
        "runs": sorted(lexicon.run_on),
        "telling": sorted(lexicon.telling),
    }


def is_distress_answer(message: Message) -> bool:
    """Whether this is one of `ANSWERS`, which no model has written."""
    return message.get("role") == "assistant" and message.get("content") in ANSWERS.values()


def without_distress(messages: Sequence[Message]) -> list[Message]:
    """The messages as a model is given them: without the answers that it did not write.

    An answer of `ANSWERS` becomes empty, and so does the message that it answered: both count for
    nothing, and all others keep their places.
    """
    answers = {place for place, message in enumerate(messages) if is_distress_answer(message)}
    silent = answers | {place - 1 for place in answers if place}
    return [
        {**message, "content": ""} if place in silent and message["role"] != "system" else message
        for place, message in enumerate(messages)
    ]


class _Phrase:
    """A line of `distress.toml`.

    Attributes:
        needed: For each of its words that may not be missing, one of which it must be; a long text
            that has none of them is not searched.
        first: The words that it may begin with.
    """

    def __init__(self, line: str, groups: Mapping[str, Sequence[str]]):
        self.line = line
        self.slots = [_Slot(element, groups) for element in line.split()]
        required = [slot for slot in self.slots if slot.is_required]
        self.needed = [slot.first for slot in required]
        before = [slot.is_required for slot in self.slots].index(True) + 1
        self.first = frozenset().union(*(slot.first for slot in self.slots[:before]))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The phrase as a regular expression for words with a space after each."""
        return re.compile("".join(slot.pattern() for slot in self.slots))


class _Slot:
    """A place in a phrase, for one of several words."""

    def __init__(self, element: str, groups: Mapping[str, Sequence[str]]):
        self.element = element
        self.is_optional = element.startswith("[") and element.endswith("]")
        words = list(_alternatives(element.strip("[]"), groups))
        self.may_end = "$" in words
        self.words = [_simple(word) for word in words if word not in ("$", "^", *_GAPS)]
        self.first = frozenset(word.split()[0] for word in self.words)

    @property
    def is_required(self) -> bool:
        """Whether one of its words must be there."""
        is_open = self.is_optional or self.may_end or not self.words
        return not is_open and not any(word.endswith("*") for word in self.words)

    def pattern(self) -> str:
        if self.element == "^":
            return r"(?<![^\n])"
        if self.element in _GAPS:
            return _GAPS[self.element]
        longest_first = sorted(set(self.words), key=len, reverse=True)
        ways = [re.escape(word).replace(r"\*", r"\S*") + " " for word in longest_first]
        ways += [r"\Z"] * self.may_end
        return f"(?:{'|'.join(ways)})" + "?" * self.is_optional


def _alternatives(element: str, groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for word in element.split("/"):
        if word.startswith("{"):
            for each in groups[word.strip("{}")]:
                yield from _alternatives(each, groups)
        else:
            yield word


class _Lexicon:
    """The content of `distress.toml`, prepared for searching."""

    def __init__(self, data: Mapping[str, Any]):
        groups = {name: _listed(words) for name, words in data["groups"].items()}

        def phrases(section: str) -> list[_Phrase]:
            return [_Phrase(line, groups) for line in data[section]["phrases"].strip().splitlines()]

        self.phrases = {
            language: [phrase for section in sections for phrase in phrases(section)]
            for language, sections in data["languages"].items()
        }
        self.harmless = phrases("harmless")
        self.spellings = {
            _simple(variant): _simple(word)
            for word, variants in data["spellings"].items()
            for variant in _listed(variants)
        }
        several = [re.escape(variant) for variant in self.spellings if " " in variant]
        self.several_words = re.compile(f"(?<= )(?:{'|'.join(several)})(?= )")
        every = [*self.harmless, *chain.from_iterable(self.phrases.values())]
        said = chain.from_iterable(slot.words for phrase in every for slot in phrase.slots)
        self.common = {each for words in said for each in words.split()} | set(self.spellings)
        self.near = {
            near: word
            for word in map(_simple, _listed(data["run together"]["fuzzy"]))
            for near in _one_letter_less(word)
        }
        self.run_on = {_simple(word) for word in _listed(data["run together"]["words"])}
        self.telling = {_simple(word) for word in _listed(data["run together"]["telling"])}

    def sentences(self, text: str) -> list[str]:
        """The sentences of a text: simple words, misspelt ones put right, a space after each."""
        parts = _SENTENCE_END.split(_without_disguise(text))
        words = ([self._right(each) for each in self._words(part)] for part in parts)
        joined = (f" {' '.join(each)} " for each in words if each)
        return [
            self.several_words.sub(lambda match: self.spellings[match.group()], each)[1:]
            for each in joined
        ]

    def _words(self, part: str) -> Iterator[str]:
        for word in _WORD.findall(part):
            if not word.isdigit():
                word = word.translate(_LETTERS_FOR_DIGITS)
            yield from self._cut_apart(_MUCH_REPEATED.sub(r"\1", word))

    def _right(self, word: str) -> str:
        """The word as the list spells it, if it is a misspelling of one in the list."""
        simple = _simple_word(word)
        simple = self.spellings.get(simple, simple)
        if simple in self.common or not 5 <= len(simple) <= 20:
            return simple
        near = {self.near[each] for each in _one_letter_less(simple) if each in self.near}
        alike = sorted(word for word in near if word[0] == simple[0])
        return min(alike, key=lambda word: abs(len(word) - len(simple)), default=simple)

    def _cut_apart(self, word: str) -> list[str]:
        """The words in one that holds several, as in "iwanttodie"."""
        if not 7 <= len(word) <= 60 or _simple_word(word) in self.common:
            return [word]
        ways: list[list[str] | None] = [[], *[None] * len(word)]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 12), end):
                piece = word[start:end]
                if ways[start] is not None and _simple_word(piece) in self.run_on:
                    ways[end] = [*ways[start], piece]
                    break
        pieces = ways[-1] or []
        return pieces if self.telling & set(map(_simple_word, pieces)) else [word]


def _found(sentences: Sequence[str], phrases: Iterable[_Phrase]) -> Iterator[tuple[int, int, int]]:
    """Which phrases stand where: number of the sentence, start and end in it."""
    words = set(chain.from_iterable(sentence.split() for sentence in sentences))
    by_first_word = defaultdict(list)
    for phrase in phrases:
        if not any(words.isdisjoint(needed) for needed in phrase.needed):
            for word in phrase.first & words:
                by_first_word[word].append(phrase.pattern)
    for number, sentence in enumerate(sentences):
        start = 0
        for word in sentence.split():
            for pattern in by_first_word.get(word, ()):
                if match := pattern.match(sentence, start):
                    yield number, *match.span()
            start += len(word) + 1


def _without(sentences: Sequence[str], harmless: Iterable[tuple[int, int, int]]) -> list[str]:
    """The sentences with a dash for all that only sounds like distress."""
    rest = [list(sentence) for sentence in sentences]
    for number, start, end in harmless:
        for place in range(start, end):
            if rest[number][place] != " ":
                rest[number][place] = "–"
    return ["".join(letters) for letters in rest]


@cache
def _lexicon() -> _Lexicon:
    path = Path(__file__).with_name("distress.toml")
    return _Lexicon(tomllib.loads(path.read_text(encoding="utf-8")))


def _without_disguise(text: str) -> str:
    """The text in small letters, without what hides words: accents, invisible signs, k.i.l.l."""
    text = _MANY_MARKS.sub(r"\1", text)
    text = normalize("NFKD", normalize("NFKC", text).casefold())
    text = _HIDDEN.sub("", text).replace("\u0901", "\u0902")
    text = re.sub(r"(?<=[a-z])!(?=[a-z])", "i", text.translate(_PLAIN))
    text = re.sub(r"(?<=[a-z])2(?=[a-z])|(?<= )2(?= )", " to ", text)
    return _SPELLED_OUT.sub(lambda match: re.sub(r"[ .\-_*]", "", match.group()), text)


@cache
def _simple(words: str) -> str:
    """A word of the list, or several, as the words of a message are compared; `*` may end it."""
    simple = _simple_word(" ".join(_without_disguise(words).split()))
    return simple + "*" * words.endswith("*")


def _simple_word(word: str) -> str:
    return _REPEATED.sub(r"\1", word)


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",")]


def _one_letter_less(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
