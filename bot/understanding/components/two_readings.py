"""Reads a message's words and, only where they leave a doubt, what the whole sentence means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack

from bot.understanding.components import sentence_meaning
from bot.understanding.components.linear_model import LinearModel
from bot.understanding.components.sentence_meaning import meaning, meanings

USUAL = "usual"
_FIRST, _SECOND = "first", "second"


@dataclass(frozen=True)
class TwoReadings:
    """Tells alarms from what is `usual`. `first` knows the words of all examples; `second`, at ten
    times the cost, words and meaning of the alarms and of what words confuse most with them."""

    first: LinearModel
    second: LinearModel

    @classmethod
    def fit(
        cls,
        words: csr_matrix,
        texts: Sequence[str],
        labels: Sequence[str],
        *,
        confused: int,
        strength: float,
        sharpness: float,
    ) -> "TwoReadings":
        """`words`: a row of features a text; `confused`: how many usual examples are read twice."""
        first = LinearModel.fit(words, [*labels], strength=strength, sharpness=sharpness)
        near = _near(usual(first, words), np.array(labels), confused)
        second = LinearModel.fit(
            with_meaning(words[near], meanings([texts[place] for place in near])),
            [labels[place] for place in near],
            strength=strength,
            sharpness=sharpness,
        )
        return cls(first, second)

    def chances(self, words: csr_matrix, text: str, *, doubt_above: float) -> Mapping[str, float]:
        """Of each label, 1 in all, for one text; from the second reading if the first gives more
        than `doubt_above` to the alarms together."""
        first = _by_label(self.first, words)
        if 1 - first[USUAL] <= doubt_above:
            return first
        return _by_label(self.second, with_meaning(words, [meaning(text)]))

    def save(self, folder: Path) -> None:
        for name, model in ((_FIRST, self.first), (_SECOND, self.second)):
            (folder / name).mkdir()
            model.save(folder / name)

    @classmethod
    def load(cls, folder: Path) -> "TwoReadings":
        sentence_meaning.read_weights()
        return cls(*(LinearModel.load(folder / name) for name in (_FIRST, _SECOND)))


def usual(model: LinearModel, features: csr_matrix) -> Any:
    """One chance a row."""
    return model.probabilities(features)[:, model.labels.index(USUAL)]


def with_meaning(words: csr_matrix, meant: Any) -> csr_matrix:
    return hstack([words, csr_matrix(meant)], format="csr", dtype=np.float32)


def _near(usuals: Any, labels: Any, count: int) -> Any:
    """The places of all alarms, and of so many usual ones that are most easily taken for one."""
    is_alarm = labels != USUAL
    others = [place for place in np.argsort(usuals) if not is_alarm[place]]
    return np.sort([*np.flatnonzero(is_alarm), *others[:count]]).astype(int)


def _by_label(model: LinearModel, features: csr_matrix) -> dict[str, float]:
    [chances] = model.probabilities(features)
    return {label: float(chance) for label, chance in zip(model.labels, chances, strict=True)}
