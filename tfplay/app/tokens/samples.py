"""A text to begin with, so that no page starts empty."""

PARAGRAPH = """\
The transformer reads a whole sentence at once. Each word looks at every other word and decides \
how much attention to pay to it; unbelievable as it sounds, translating, chatting and summarising \
all grow from this one idea.
हर शब्द दूसरे शब्दों को देखता है।"""
