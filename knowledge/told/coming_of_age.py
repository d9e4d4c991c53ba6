"""When who leaves turns 18, as people say it: « elle aura 18 ans en mars 2028 », « 16 ans ».

What counts is the age on arrival (canada.ca, « Étudier au Canada en tant qu’enfant mineur »): who
is a minor when they write may be none when they come.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.at_hand import library
from knowledge.folding import fold
from knowledge.schema import Age

_FILE = Path(__file__).with_suffix(".yml")
_OF_AGE = 18
# Farther than this, it is the birthday of nobody who plans their studies.
_FARTHEST = 9
_MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True)
class Eighteen:
    """The birthday is from the first to the last of these months, written as (year, month)."""

    first: tuple[int, int]
    last: tuple[int, int]

    @classmethod
    def read(cls, said: str) -> "Eighteen | None":
        """What `str` wrote."""
        found = [_month(words) for words in _written().findall(fold(said))]
        months = [(year, month) for year, month in found if year]
        return cls(months[0], months[-1]) if months else None

    @classmethod
    def of(cls, years: int, on: date) -> "Eighteen":
        """Of who is that old on that day: within the year that follows."""
        left = _OF_AGE - years
        return cls((on.year + left - 1, on.month), (on.year + left, on.month))

    def __str__(self) -> str:
        """« mars 2028 », « entre novembre 2027 et novembre 2028 »."""
        words, first, last = _words()["said"], _spoken(self.first), _spoken(self.last)
        return str(words["month" if first == last else "between"].format(first=first, last=last))

    def on(self, day: date) -> Age | None:
        """Of age or not that day; None when it may be either."""
        if day < date(*self.first, 1):
            return Age.minor
        year, month = self.last
        return Age.adult if day > date(year, month, monthrange(year, month)[1]) else None


def told_eighteen(text: str, on: date) -> Eighteen | None:
    """What a message says of one's 18 years, or of an age under 18; a month alone is to come."""
    folded = fold(text)
    if (found := _turns().search(folded)) is not None:
        return _dated(found, on)
    younger = _years().search(folded)
    return Eighteen.of(int(younger["years"]), on) if younger else None


def replied_eighteen(text: str, on: date) -> Eighteen | None:
    """The same to « a-t-elle 18 ans? », where « 16 » or « en mars 2028 » is enough."""
    if (told := told_eighteen(text, on)) is not None:
        return told
    folded = fold(text)
    if re.fullmatch(r"1[0-7](?: ans)?", folded):
        return Eighteen.of(int(folded[:2]), on)
    dated = _written().fullmatch(folded.removeprefix("en ").removeprefix("le "))
    return _dated(dated, on) if dated and dated["year"] else None


def _dated(found: re.Match[str], on: date) -> Eighteen | None:
    if found["name"] is None:
        year = int(found["alone"])
        return Eighteen((year, 1), (year, _MONTHS_IN_A_YEAR)) if _is_near(year, on) else None
    year, month = _month((found["name"], found["year"] or ""))
    if not year:
        year = on.year if month >= on.month else on.year + 1
    return Eighteen((year, month), (year, month)) if _is_near(year, on) else None


def _is_near(year: int, on: date) -> bool:
    return on.year - 1 <= year <= on.year + _FARTHEST


def _month(words: tuple[str, ...]) -> tuple[int, int]:
    name, year = words
    return int(year or 0), _names().index(name) + 1


def _spoken(month: tuple[int, int]) -> str:
    return f"{library().wording.months[month[1] - 1]} {month[0]}"


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return words


@cache
def _names() -> list[str]:
    return [fold(month) for month in library().wording.months]


@cache
def _written() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>{'|'.join(_names())})(?: (?P<year>20\d\d))?")


@cache
def _turns() -> re.Pattern[str]:
    words = _words()
    day = r"(?:(?:1er|[0-3]?\d) )?"
    when = rf"(?:{day}{_written().pattern}|(?P<alone>20\d\d))"
    return re.compile(rf"\b(?:{words['turns']}){words['until']} {when}\b")


@cache
def _years() -> re.Pattern[str]:
    return re.compile(rf"\b{_words()['years']}\b")
