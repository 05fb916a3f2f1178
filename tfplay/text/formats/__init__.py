"""Reading and writing files of examples, a module for each kind."""

from tfplay.text.formats.conll import read_conll, to_iob2, write_conll
from tfplay.text.formats.conversations import (
    check_conversation,
    read_conversations,
    write_conversations,
)
from tfplay.text.formats.images import read_images, write_images
from tfplay.text.formats.labelled import read_labelled, write_labelled
from tfplay.text.formats.lines import read_lines, write_lines
from tfplay.text.formats.pairs import read_pairs, write_pairs
from tfplay.text.formats.pictures import read_picture_file
from tfplay.text.formats.squad import read_questions, write_questions

__all__ = [
    "check_conversation",
    "read_conll",
    "read_conversations",
    "read_images",
    "read_picture_file",
    "read_labelled",
    "read_lines",
    "read_pairs",
    "read_questions",
    "to_iob2",
    "write_conll",
    "write_conversations",
    "write_images",
    "write_labelled",
    "write_lines",
    "write_pairs",
    "write_questions",
]
