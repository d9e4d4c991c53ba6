"""What is loaded at the start is there to stay: Python need not look for garbage in it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """For what loads modules, the model or the knowledge, and little else.

    Nothing is collected within: a fifth of the start was looking through four hundred thousand
    objects, again and again, for nothing. What is there at the end is never looked through again
    (0.3 s each time, in the middle of somebody's turn).
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
