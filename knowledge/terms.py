"""A session one begins in: « automne 2027 »."""

import re
from dataclasses import dataclass

from knowledge.folding import fold
from knowledge.plan_schema import Season

_ORDER = (Season.winter, Season.summer, Season.autumn)
# The month in which a session of that season begins at the earliest, in all the sources.
_MONTH = {Season.winter: 1, Season.summer: 5, Season.autumn: 8}
_WRITTEN = re.compile(r"(\w+) (20\d\d)")


@dataclass(frozen=True)
class Term:
    season: Season
    year: int

    @classmethod
    def read(cls, text: str) -> "Term | None":
        """« automne 2027 », whatever its case and accents; None when it is not a term."""
        written = _WRITTEN.fullmatch(fold(text))
        season = next((s for s in _ORDER if written and fold(s.value) == written[1]), None)
        return cls(season, int(written[2])) if season and written else None

    def __str__(self) -> str:
        return f"{self.season.value} {self.year}"

    @property
    def month(self) -> int:
        """The month in which it begins at the earliest."""
        return _MONTH[self.season]

    @property
    def next_term(self) -> "Term":
        following = _ORDER.index(self.season) + 1
        if following == len(_ORDER):
            return Term(_ORDER[0], self.year + 1)
        return Term(_ORDER[following], self.year)
