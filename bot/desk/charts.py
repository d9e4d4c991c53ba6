"""Numbers as drawings: where each bar stands, for templates that draw SVG. Pure.

A drawing is for the eye; the table beside it says the same to everyone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_HEIGHT = 160.0
_GROUP = 48.0
_GAP = 8.0
_FULL = 100.0


@dataclass(frozen=True)
class Bar:
    """A rectangle in the drawing's own units, from its top left corner."""

    x: float
    y: float
    width: float
    height: float
    series: int


@dataclass(frozen=True)
class MonthChart:
    width: float
    height: float
    top: int
    bars: tuple[Bar, ...]
    middles: tuple[float, ...]
    """Where the name of each month stands."""


@dataclass(frozen=True)
class Line:
    """One value of a list, and how long its bar is, in percent of the longest."""

    name: str
    count: int
    share: float
    """Of all, between 0 and 1."""
    length: float


def by_month(series: Sequence[Sequence[int]]) -> MonthChart:
    """Bars side by side, one a series, month after month; the tallest fills the height."""
    months = len(series[0]) if series else 0
    top = max((number for numbers in series for number in numbers), default=0)
    thick = (_GROUP - _GAP) / max(len(series), 1)
    bars = tuple(
        Bar(
            x=month * _GROUP + _GAP / 2 + place * thick,
            y=_HEIGHT - _tall(number, top),
            width=thick - 1,
            height=_tall(number, top),
            series=place,
        )
        for place, numbers in enumerate(series)
        for month, number in enumerate(numbers)
    )
    middles = tuple(month * _GROUP + _GROUP / 2 for month in range(months))
    return MonthChart(max(months, 1) * _GROUP, _HEIGHT, top, bars, middles)


def _tall(number: int, top: int) -> float:
    return 0.0 if top == 0 else round(number / top * _HEIGHT, 2)


def lines(counts: Mapping[str, int]) -> list[Line]:
    """In the order they come."""
    total, longest = sum(counts.values()), max(counts.values(), default=0)
    return [
        Line(name, count, count / total, round(count / longest * _FULL, 2))
        for name, count in counts.items()
        if longest
    ]
