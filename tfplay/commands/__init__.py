"""One file for each command: what it takes, and what it does.

Each has `HELP`, `add_arguments(parser)` and `run(options)`, which returns the result.
"""
