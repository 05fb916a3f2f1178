"""The commands, one file each: their arguments, and what they do.

Each has `HELP`, `add_arguments(parser)` and `run(options)`, which returns the result.
"""
