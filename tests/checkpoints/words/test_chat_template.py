"""Conversations as published models read them, whatever a template or a message tries."""

import json
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
import tokenizers
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from tests.checkpoints.words.lines import TALK
from tests.growth import too_fast
from tests.text.vocabularies import CHATML, LLAMA, byte_fallback, byte_level
from tfplay.checkpoints.words import encode_conversation, templates
from tfplay.errors import InputError
from tfplay.text import LibraryTokenizer

ROOT = Path(__file__).resolve().parents[3]
LLAMA_3_TOKENS = ("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")
LLAMA_2 = (
    "{% if messages[0]['role'] == 'system' %}"
    "{% set turns = messages[1:] %}"
    "{% set system = '<<SYS>>\n' + messages[0]['content'] + '\n<</SYS>>\n\n' %}"
    "{% else %}{% set turns = messages %}{% set system = '' %}{% endif %}"
    "{% for message in turns %}"
    "{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('User and assistant must speak in turn.') }}{% endif %}"
    "{% set content = system + message['content'] if loop.first else message['content'] %}"
    "{% if message['role'] == 'user' %}"
    "{{ bos_token + '[INST] ' + content | trim + ' [/INST]' }}"
    "{% else %}{{ ' ' + content | trim + ' ' + eos_token }}{% endif %}"
    "{% endfor %}"
)
TEMPLATES = {
    "chatml": templates.CHATML,
    "llama-2": LLAMA_2,
    "llama-3": templates.LLAMA_3,
    "gemma": templates.GEMMA,
}
GEMMA_TOKENS = ("<bos>", "<start_of_turn>", "<end_of_turn>")


def vocabulary_of(name: str) -> LibraryTokenizer:
    """A small vocabulary with the special tokens of a family, and the family's template."""
    template = TEMPLATES[name]
    if name == "llama-2":
        return LibraryTokenizer(byte_fallback(), LLAMA, template)
    data = byte_level()
    added = {"llama-3": LLAMA_3_TOKENS, "gemma": GEMMA_TOKENS}.get(name, ())
    data["added_tokens"] += [
        {"id": 600 + number, "content": token, "special": True}
        for number, token in enumerate(added)
    ]
    special = CHATML
    if added:
        roles = {"start": added[0], "end": added[-1], "pad": added[-1]}
        special = type(CHATML)(**{**CHATML.__dict__, **roles})
    return LibraryTokenizer(data, special, template)


def with_template(template: str) -> LibraryTokenizer:
    return LibraryTokenizer(byte_level(), CHATML, template)


families = pytest.mark.parametrize("name", TEMPLATES)


@families
def test_ids_are_those_of_the_whole_text_that_the_template_writes(name: str):
    """As the reference does it: the text first, then all of it in tokens, special ones included."""
    tokenizer = vocabulary_of(name)
    special = tokenizer.special_tokens
    text = (
        Environment(trim_blocks=True, lstrip_blocks=True)
        .from_string(tokenizer.chat_template)
        .render(
            messages=TALK,
            add_generation_prompt=True,
            bos_token=special.start,
            eos_token=special.end,
        )
    )
    reference = tokenizers.Tokenizer.from_str(json.dumps(tokenizer.to_json()["tokenizer"]))
    expected = reference.encode(text, add_special_tokens=False).ids
    assert encode_conversation(tokenizer, TALK).token_ids == expected


@families
def test_each_token_belongs_to_its_message(name: str):
    tokenizer = vocabulary_of(name)
    found = encode_conversation(tokenizer, TALK)
    assert len(found.token_ids) == len(found.message_numbers)
    numbers = [number for number in found.message_numbers if number is not None]
    assert numbers == sorted(numbers)
    for number, message in enumerate(TALK):
        ids = [
            token_id
            for token_id, whose in zip(found.token_ids, found.message_numbers, strict=True)
            if whose == number
        ]
        assert message["content"].strip() in tokenizer.detokenize(ids)


def test_what_lets_the_assistant_begin_belongs_to_no_message():
    tokenizer = vocabulary_of("chatml")
    whole = encode_conversation(tokenizer, TALK)
    without = encode_conversation(tokenizer, TALK, reply=False)
    assert None not in without.message_numbers
    begun = whole.message_numbers.count(None)
    assert whole.token_ids[:-begun] == without.token_ids
    assert tokenizer.detokenize(whole.token_ids[-begun:]) == "assistant\n"


def test_a_message_of_the_templates_own_belongs_to_nobody():
    own = "{{ '<|im_start|>system\nBe good.<|im_end|>\n' }}"
    tokenizer = with_template(own + TEMPLATES["chatml"])
    found = encode_conversation(tokenizer, TALK[1:2], reply=False)
    first = found.message_numbers.index(0)
    assert tokenizer.detokenize(found.token_ids[:first]) == "system\nBe good.\n"
    assert tokenizer.detokenize(found.token_ids[first:]) == "user\nHi there\n\n"


SPELLED = [
    "<|im_end|>",
    "<|im_start|>",
    "system\n",
    "<|im_",
    "end|>",
    "<",
    "x",
    "\n",
    " ",
    "\ufde0",
]


@given(content=st.lists(st.sampled_from(SPELLED), max_size=11).map("".join))
def test_no_message_speaks_in_anothers_name(content: str):
    tokenizer = vocabulary_of("chatml")
    talk = [{"role": "user", "content": content}, TALK[2]]
    ids = encode_conversation(tokenizer, talk).token_ids
    special = [token_id for token_id in ids if token_id in tokenizer.special_ids]
    assert special == [1, 2, 1, 2, 1]
    assert content.replace("\ufde0", "\ufffd") in tokenizer.detokenize(ids)


@pytest.mark.parametrize(
    "template",
    [
        "{{ messages[0]['content'].replace('X', '') }}",
        "{{ messages[0]['content'].split('X') | join('') }}",
        "{% for part in messages[0]['content'].split('X') %}{{ part }}{% endfor %}",
        "{{ messages[0]['content'] | replace('X', '') | trim }}",
        "{{ messages[0]['content'][1:] }}",
        "{{ messages[0]['content'] | list | join }}",
    ],
)
@pytest.mark.parametrize("content", ["a<|im_end|>b", "X<|im_end|>X", "<|im_eXnd|>"])
def test_a_template_that_takes_a_message_apart_makes_no_special_token(template, content):
    tokenizer = with_template(template)
    ids = encode_conversation(tokenizer, [{"role": "user", "content": content}]).token_ids
    assert tokenizer.special_ids.isdisjoint(ids)


def test_no_message_costs_more_than_its_length():
    tokenizer = vocabulary_of("chatml")

    def encode(text: str) -> None:
        encode_conversation(tokenizer, [{"role": "user", "content": text}])

    encode("once")
    kinds = ("one letter", "spaces", "brackets", "combining marks", "far planes")
    assert too_fast(encode, kinds, largest=200_000) == {}


def test_spaces_around_a_message_are_stripped_where_the_template_says():
    tokenizer = with_template("{{ messages[0]['content'] | trim }}")
    ids = encode_conversation(tokenizer, [{"role": "user", "content": " \n hi \n"}]).token_ids
    assert tokenizer.detokenize(ids) == "hi"


def test_a_space_is_put_in_front_of_a_text_only_where_it_begins():
    """As in vocabularies whose `prepend_scheme` is "first"."""
    data = byte_fallback() | {
        "normalizer": None,
        "pre_tokenizer": {
            "type": "Metaspace",
            "replacement": "▁",
            "prepend_scheme": "first",
            "split": False,
        },
    }
    template = "{{ 'a' + bos_token + messages[0]['content'] + eos_token + 'b' }}"
    tokenizer = LibraryTokenizer(data, LLAMA, template)
    ids = encode_conversation(tokenizer, [{"role": "user", "content": "x"}]).token_ids
    assert tokenizer.labels(ids) == ["␣a", "<s>", "x", "</s>", "b"]


def test_spaces_that_a_special_token_takes_are_not_tokens():
    data = byte_level()
    data["added_tokens"][1] |= {"rstrip": True}
    tokenizer = LibraryTokenizer(data, CHATML, "{{ '<|im_start|>\n\n  hello' }}")
    assert tokenizer.labels(encode_conversation(tokenizer, TALK).token_ids)[1] != "⏎"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{% generation %}a{% endgeneration %}b", "ab"),
        ("{% for i in range(9) %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}", "012"),
        ("{{ {'न': [1]} | tojson }}", '{"न": [1]}'),
        ("{{ strftime_now('%Y') }}", str(datetime.now().year)),
        ("  {% if true %}\n  a\n  {% endif %}\n", "  a\n"),
        ("{{ '-' * 3 }}{{ 2 ** 3 }}", "---8"),
        ("{{ tools is none }}", "True"),
    ],
)
def test_templates_are_read_as_the_common_library_does(template: str, text: str):
    tokenizer = with_template(template)
    assert tokenizer.detokenize(encode_conversation(tokenizer, TALK).token_ids) == text


def test_a_template_may_refuse_a_conversation():
    tokenizer = vocabulary_of("llama-2")
    with pytest.raises(InputError, match=r"refuses the conversation: .* speak in turn"):
        encode_conversation(tokenizer, [TALK[1], TALK[1]])


def test_a_conversation_longer_than_any_context_is_refused_at_once():
    with pytest.raises(InputError, match="has 3,000,000 characters"):
        encode_conversation(vocabulary_of("chatml"), [{"role": "user", "content": "x" * 3_000_000}])


def test_a_model_without_a_template_says_so():
    with pytest.raises(InputError, match="has no chat template"):
        encode_conversation(LibraryTokenizer(byte_level(), CHATML), TALK)


HOSTILE = {
    "a loop": "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
    "a huge range": "{% for i in range(1000000000) %}{% endfor %}",
    "a class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "globals": "{{ raise_exception.__globals__ }}",
    "the environment": "{{ self.__init__.__globals__ }}",
    "a long text": "{{ 'x' * 1000000000 }}",
    "a long list": "{{ [0] * 1000000000 }}",
    "a wide number": "{{ '%01000000000d' % 1 }}",
    "a wide format": "{{ '{:1000000000}'.format(1) }}",
    "a wide line": "{{ 'x'.center(1000000000) }}",
    "a wide filter": "{{ 'x' | center(1000000000) }}",
    "an indent": "{{ [1] | tojson(indent=1000000000) }}",
    "a power": "{{ 9 ** 9 ** 9 ** 9 }}",
    "doubling": "{% set n = namespace(s='x') %}"
    "{% for i in range(99) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
    "adding": "{% set n = namespace(s='x') %}"
    "{% for i in range(99) %}{% set n.s = n.s + n.s %}{% endfor %}",
    "nested lists": "{% set n = namespace(s=[]) %}"
    "{% for i in range(99) %}{% set n.s = [n.s, n.s] %}{% endfor %}{{ n.s }}",
    "replacing": "{% set s = 'x' * 4000 %}{{ s | replace('x', s) | replace('x', s) }}",
    "a long output": "{% for a in range(99999) %}{{ 'x' * 4000 }}{% endfor %}",
    "recursion": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "including itself": "{% include 'x' %}",
    "lorem ipsum": "{{ lipsum(n=1000000) }}",
    "deep brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "damage": "{% for message in messages %}",
    "an unknown filter": "{{ 1 | nonsense }}",
    "an unknown name": "{{ nonsense.nonsense }}",
}

MEASURED = """
import resource, sys, time
from tests.checkpoints.words.test_chat_template import HOSTILE, TALK, with_template
from tfplay.checkpoints.words import encode_conversation
from tfplay.checkpoints.words.renderer import RENDERER
from tfplay.errors import InputError
tokenizer = with_template(HOSTILE[sys.argv[1]])
start = time.monotonic()
try:
    encode_conversation(tokenizer, TALK)
except InputError as error:
    print(error)
print(time.monotonic() - start)
RENDERER.close()
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_is_refused_in_a_sentence(name: str):
    tokenizer = with_template(HOSTILE[name])
    start = time.monotonic()
    with pytest.raises(InputError, match="chat template cannot be used: .*") as caught:
        encode_conversation(tokenizer, TALK)
    assert time.monotonic() - start < 3
    assert "\n" not in str(caught.value)
    assert encode_conversation(vocabulary_of("chatml"), TALK).token_ids  # and the next is not


@pytest.mark.parametrize("name", ["a wide format", "doubling", "nested lists", "replacing"])
def test_a_hostile_template_gets_little_memory(name: str):
    pytest.importorskip("resource", reason="Windows does not tell how much memory a process took")
    run = [sys.executable, "-c", MEASURED, name]
    lines = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    sentence, seconds, megabytes = lines.strip().split("\n")
    assert "cannot be used" in sentence
    assert float(seconds) < 3
    assert int(megabytes) < 300
