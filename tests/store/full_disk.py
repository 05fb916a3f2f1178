"""A disk that takes no more."""

import resource
from contextlib import contextmanager


@contextmanager
def largest_file(num_bytes):
    """As on a full disk, no file can grow beyond so many bytes."""
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (num_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))
