"""What is counted for the team and the annual report: numbers by day and nothing about anybody.

Conversations are erased after some months; their numbers must outlive them. Days are therefore
settled: once enough time has passed for answers and opinions to have come, a day is counted once
and for all, and only its numbers are kept. The days since are counted each time they are asked for.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Protocol

SETTLED_AFTER_DAYS = 14
ALL = ""


class Measure(str, Enum):
    conversations = "conversations"
    questions = "questions"
    answered = "answered"
    unanswered = "unanswered"
    opinions = "opinions"
    cases = "cases"
    endings = "endings"
    first_answers = "first_answers"
    satisfaction = "satisfaction"


class Dimension(str, Enum):
    total = "total"
    theme = "theme"
    reason = "reason"
    institution = "institution"
    origin = "origin"
    campaign = "campaign"
    channel = "channel"
    opinion = "opinion"
    ending = "ending"
    delay = "delay"
    promise = "promise"
    grade = "grade"


DELAYS = {
    "one_hour": timedelta(hours=1),
    "four_hours": timedelta(hours=4),
    "one_day": timedelta(days=1),
    "three_days": timedelta(days=3),
}
LONGER, NEVER = "longer", "never"
KEPT, LATE = "kept", "late"

Key = tuple[Measure, Dimension, str]
Counts = Mapping[Key, int]


@dataclass(frozen=True)
class Figure:
    """How many in one month (« 2026-11 »); `value` is empty for a total."""

    month: str
    measure: Measure
    dimension: Dimension
    value: str
    count: int


class IndicatorStore(Protocol):
    async def settle(self, through: date, *, at_most: int = 30) -> int:
        """Count the days not settled yet, the oldest first, up to `through`; how many."""

    async def figures(self, first: date, last: date) -> Sequence[Figure]:
        """By month, for whole days in Québec's time, both included."""

    async def answered_with(self, since: date) -> Mapping[str, int]:
        """How many people the assistant answered with each topic, from that day on."""


def tally(counted: Iterable[tuple[Key, int]]) -> Counts:
    total: Counter[Key] = Counter()
    for key, count in counted:
        total[key] += count
    return total


@dataclass(frozen=True)
class Report:
    """The figures of some months, asked by measure and dimension."""

    figures: Sequence[Figure]

    def total(self, measure: Measure) -> int:
        return sum(each.count for each in self._of(measure, Dimension.total))

    def by_value(self, measure: Measure, dimension: Dimension) -> dict[str, int]:
        """The largest first."""
        counts: Counter[str] = Counter()
        for each in self._of(measure, dimension):
            counts[each.value] += each.count
        return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))

    def by_month(self, measure: Measure, months: Sequence[str]) -> list[int]:
        counts: Counter[str] = Counter()
        for each in self._of(measure, Dimension.total):
            counts[each.month] += each.count
        return [counts[month] for month in months]

    def _of(self, measure: Measure, dimension: Dimension) -> list[Figure]:
        return [
            each for each in self.figures if (each.measure, each.dimension) == (measure, dimension)
        ]


def months_between(first: date, last: date) -> list[str]:
    """« 2026-11 »… both included."""
    whole = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in whole]
