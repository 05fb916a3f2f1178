"""What the data of each task looks like, in words and in an example."""

from typing import NamedTuple


class DataKind(NamedTuple):
    """The data of a task."""

    explanation: str
    """What stands in which file, in Markdown."""
    ending: str
    """Of a file that is written here."""
    pasted_example: str
    """What may be pasted; empty if that makes no sense."""


_GZIP = "Each may be gzipped (**.gz**)."

DATA_KINDS = {
    "translation": DataKind(
        "One pair a line: **.tsv** or **.txt** with a tab between the columns, **.csv** with a "
        "comma or semicolon, **.jsonl** with objects. Columns that are no sentences, such as "
        f"ids, are passed over. {_GZIP}",
        ".tsv",
        "Good morning.\tसुप्रभात।",
    ),
    "chat": DataKind(
        'One conversation a line in a **.jsonl**: a list of messages with a "role" (system, user '
        'or assistant) and a "content"; the user speaks before the assistant. Or a **.json**: what '
        f"ChatGPT or Open WebUI exports, or lists like ShareGPT's or Alpaca's. {_GZIP}",
        ".jsonl",
        '[{"role": "user", "content": "Hello."}, {"role": "assistant", "content": "Hi!"}]',
    ),
    "language-model": DataKind(
        "Plain text as **.txt**, in any language. The more the better: 100,000 characters are a "
        f"good start. {_GZIP}",
        ".txt",
        "Once upon a time …",
    ),
    "classification": DataKind(
        "A text and its class on each line, in any order: **.csv** with a comma or semicolon, "
        f"**.tsv** or **.txt** with a tab, **.jsonl** with objects. {_GZIP}",
        ".csv",
        "It was not bad at all.,positive",
    ),
    "tagging": DataKind(
        "CoNLL's columns in a **.conll**, **.conllu**, **.txt** or **.tsv**: a word a line, its "
        "tag in the last column, a blank line after each sentence. Tags are IOB1, IOB2 (B-PER, "
        f"I-PER, O) or any others. {_GZIP}",
        ".conll",
        "Ada B-PER\nlives O\nin O\nRome B-LOC",
    ),
    "masked-words": DataKind(
        f"Plain text as **.txt**, a sentence or paragraph a line, in any language. {_GZIP}",
        ".txt",
        "The dog barked at the cat.",
    ),
    "answers": DataKind(
        "SQuAD's **.json**, or **.jsonl** with a question, its context, the answer and where it "
        f"starts. {_GZIP}",
        ".jsonl",
        '{"question": "Where is Ada?", "context": "Ada is in Rome.", "answer": "Rome"}',
    ),
    "images": DataKind(
        "A square grey picture a row in a **.csv**: the label first, then a number for each pixel, "
        f"as MNIST is spread. {_GZIP}",
        ".csv",
        "",
    ),
}
"""By the task's name."""
