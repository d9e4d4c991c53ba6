"""How far a guard is to be believed, and which messages it is to read twice.

`python -m benchmarks.development.alarms`: each guard learns from four fifths of what it is taught
and judges the last fifth, five times. It prints, for each `alarm_above`, the share of the alarms
that are found and of the other messages that are taken for one; for each `doubt_above`, the share
of messages that are read twice and of the alarms that are still found.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from benchmarks.development.trained import part
from bot.quiet import send_noise_to

_FOLDS = 5
_ALARM_ABOVE = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
_DOUBT_ABOVE = (0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2)


@dataclass(frozen=True)
class Taught:
    """All that a guard is taught: a row of `words` a text."""

    words: csr_matrix
    texts: Any
    labels: Any

    def only(self, places: Any) -> "Taught":
        return Taught(self.words[places], self.texts[places], self.labels[places])


@dataclass(frozen=True)
class Judged:
    """Of each message, the chance that it is an alarm of any kind, after one reading and two."""

    is_alarm: Any
    once: Any
    twice: Any

    def lines(self, alarm_above: float) -> Iterator[str]:
        yield "   alarm above  found  false (%)"
        for threshold in _ALARM_ABOVE:
            yield f"   {threshold:11} {self._line(self.twice > threshold)}"
        yield "   doubt above  found  false  read twice (%)"
        for threshold in _DOUBT_ABOVE:
            doubted = self.once > threshold
            alarms = self._line(doubted & (self.twice > alarm_above))
            yield f"   {threshold:11} {alarms} {100 * doubted[~self.is_alarm].mean():11.1f}"

    def _line(self, alarms: Any) -> str:
        found, false = alarms[self.is_alarm].mean(), alarms[~self.is_alarm].mean()
        return f"{100 * found:6.1f} {100 * false:6.2f}"


def judged(guard: Any, taught: Taught) -> Judged:
    """Each message by a guard that was taught without it."""
    from bot.understanding.components.sentence_meaning import meanings
    from bot.understanding.components.two_readings import USUAL, usual, with_meaning

    once, twice = np.zeros(len(taught.texts)), np.zeros(len(taught.texts))
    fold = np.random.default_rng(0).integers(_FOLDS, size=len(taught.texts))
    for number in range(_FOLDS):
        rest = np.flatnonzero(fold == number)
        known, unseen = taught.only(fold != number), taught.only(rest)
        readings = guard.learnt.fit(known.words, [*known.texts], known.labels, **_settings(guard))
        once[rest] = 1 - usual(readings.first, unseen.words)
        asked = once[rest] > min(_DOUBT_ABOVE)
        both = with_meaning(unseen.words[asked], meanings(unseen.texts[asked]))
        twice[rest[asked]] = 1 - usual(readings.second, both)
    return Judged(taught.labels != USUAL, once, twice)


def _settings(guard: Any) -> dict[str, Any]:
    return {name: guard.config[name] for name in ("confused", "strength", "sharpness")}


def _examples() -> Sequence[Any]:
    from rasa.shared.importers.importer import TrainingDataImporter

    importer = TrainingDataImporter.load_from_config("config.yml", "domain", ["data"])
    return [each for each in importer.get_nlu_data().intent_examples if each.get("text")]


def main() -> int:
    send_noise_to(None)
    from bot.understanding.components.distress_guard import DistressGuard
    from bot.understanding.components.french_features import FrenchFeatures, stacked
    from bot.understanding.components.personal_case_guard import PersonalCaseGuard

    features, examples = part(FrenchFeatures), _examples()
    texts = np.array([example.get("text") for example in examples], dtype=object)
    words = stacked([features.row(text) for text in texts])
    for kind in (PersonalCaseGuard, DistressGuard):
        guard = part(kind)
        labels = np.array([guard.label(example) for example in examples])
        print(f"{kind.__name__} ({len(texts)} messages)")
        found = judged(guard, Taught(words, texts, labels))
        print("\n".join(found.lines(guard.config["alarm_above"])), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
